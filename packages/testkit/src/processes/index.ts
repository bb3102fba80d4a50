export { clusterProcesses } from './cluster-processes.js';
export { freePort } from './free-port.js';
export { startReceiver, type Got } from './receiver.js';
export { until } from './until.js';
