import type { Paper } from './paper.js';
import type * as sheets from './sheets.js';

/*
 * The makers of papers, each loaded with the first paper of its kind: writing docx and PDF takes libraries that are dear to load and to
 * keep, and a server may run for days before somebody prints.
 */

/** See `docx.ts`. */
export const docxOf = async (paper: Paper): Promise<Uint8Array> => (await import('./docx.js')).docxOf(paper);

/** See `sheets.ts`. */
export const pdfOf: typeof sheets.pdfOf = async (...given) => (await import('./sheets.js')).pdfOf(...given);

/** See `sheets.ts`. */
export const wallSheetOf: typeof sheets.wallSheetOf = async (...given) =>
  (await import('./sheets.js')).wallSheetOf(...given);

/** See `sheets.ts`. */
export const bookletOf: typeof sheets.bookletOf = async (...given) => (await import('./sheets.js')).bookletOf(...given);
