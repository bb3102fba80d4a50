export { documentNumber, paperDate, paperText } from './paper.js';
export type { Paper, PaperBlock, PaperCode, PaperTable } from './paper.js';
export { bookletOf, docxOf, pdfOf, wallSheetOf } from './made-on-demand.js';
export type { Booklet } from './sheets.js';
export type { Attachment } from './print.js';
export { paperCode, paperCodeFits } from './paper-code.js';
