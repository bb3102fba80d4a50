import type { Workbook } from 'exceljs';

/** An empty workbook. Its library is loaded with the first one: most of the time nobody exports, and it is dear to have at hand. */
export const newWorkbook = async (): Promise<Workbook> => {
  // CommonJS: Node finds only the default export in it.
  const { default: exceljs } = await import('exceljs');
  return new exceljs.Workbook();
};
