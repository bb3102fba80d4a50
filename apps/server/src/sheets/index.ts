export { readSheet, type SheetCell, type SheetRows } from './read-sheet.js';
export { sendSheet } from './send-sheet.js';
export { newWorkbook } from './workbook.js';
export { safeCell, sheetOf, type Column } from './sheet.js';
