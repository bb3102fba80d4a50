export { documentNumber, paperDate, paperText, withSixBrackets } from './paper.js';
export type { Paper, PaperBlock, PaperCode, PaperTable } from './paper.js';
export { docxOf } from './docx.js';
export { bookletOf, pdfOf, wallSheetOf, type Booklet } from './sheets.js';
export type { Attachment } from './print.js';
export { paperCode, paperCodeFits } from './paper-code.js';
