export { clusterProcesses } from './cluster-processes.js';
export { freePort } from './free-port.js';
export { until } from './until.js';
