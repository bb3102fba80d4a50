import { newWorkbook } from '../../sheets/index.js';
import { peopleColumns, peopleSheet } from './columns.js';

/** Rows of the template that offer the allowed values. */
const offered = 2000;

/**
 * The workbook to fill in 导入模板: first sheet with headings alone, every column as text so that no number loses digits, the allowed
 * values to choose from; second sheet with an example and a note for each column.
 */
export const peopleTemplate = async (): Promise<Uint8Array> => {
  const book = await newWorkbook();
  const sheet = book.addWorksheet(peopleSheet, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = peopleColumns.map((column) => ({
    header: column.title,
    width: column.width,
    style: { numFmt: '@' },
  }));
  sheet.getRow(1).font = { bold: true };
  peopleColumns.forEach((column, at) => {
    if (column.must) sheet.getRow(1).getCell(at + 1).font = { bold: true, color: { argb: 'FFC00000' } };
    if (column.allowed === undefined) return;
    for (let row = 2; row <= offered; row += 1) {
      sheet.getRow(row).getCell(at + 1).dataValidation = {
        type: 'list',
        allowBlank: true,
        formulae: [`"${column.allowed.join(',')}"`],
        showErrorMessage: true,
        errorTitle: column.title,
        error: `可填：${column.allowed.join('、')}`,
      };
    }
  });
  const notes = book.addWorksheet('填写说明');
  notes.columns = [
    { header: '列', width: 14 },
    { header: 'Column', width: 18 },
    { header: '必填', width: 8 },
    { header: '可填的内容', width: 18 },
    { header: '例', width: 18 },
    { header: '说明', width: 70 },
  ];
  notes.getRow(1).font = { bold: true };
  for (const { title, english, must, allowed, example, note } of peopleColumns)
    notes.addRow([title, english, must ? '是' : '', allowed?.join('、') ?? '', example, note]);
  notes.addRow([]);
  notes.addRow(['一行一人，从第二行起填写。先核对，再确认；有一行不对，整个文件都不会导入。']);
  notes.addRow(['不接受公式、宏和对其他文件的链接；一次最多 20000 行。']);
  return new Uint8Array(await book.xlsx.writeBuffer());
};
