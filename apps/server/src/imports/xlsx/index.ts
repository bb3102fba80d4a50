export { FileRefused } from './file-refused.js';
export { readSheet, sheetLimits, type Cell, type SheetRead, type SheetRow } from './read-sheet.js';
export { zipLimits } from './zip.js';
