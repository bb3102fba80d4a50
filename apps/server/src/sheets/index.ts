export { safeCell, sheetOf, type Column } from './sheet.js';
