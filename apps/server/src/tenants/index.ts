export { countyTables, leftOut } from './county-tables.js';
export { exportCounty, type CountyExported } from './export-county.js';
export { importCounty, type CountyImported } from './import-county.js';
export { CountyFileRefused, type CountyFileFault } from './refused.js';
