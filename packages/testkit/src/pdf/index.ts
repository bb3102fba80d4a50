export { readPdf, type PdfLine, type PdfPage } from './read-pdf.js';
