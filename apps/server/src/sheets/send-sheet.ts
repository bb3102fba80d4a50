import { workbookType } from '@lianxin/contract';
import type { Context } from 'hono';
import type { Environment } from '../http/environment.js';

/** Answers with a workbook to keep, under a name in any language; the name comes without its ending. */
export const sendSheet = (c: Context<Environment>, name: string, book: Uint8Array) =>
  c.body(book.slice(), 200, {
    'content-type': workbookType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.xlsx`)}`,
  });
