import type { CoverageReport } from '@lianxin/contract';
import { sheetOf } from '../../sheets/sheet.js';

/** The rows of a coverage report as a workbook 导出电子表格; the gaps stand out in red. */
export const workbookOf = async (report: CoverageReport): Promise<Uint8Array> =>
  sheetOf(
    `${report.title} ${report.on}`,
    report.columns.map(({ id, title }) => ({
      title,
      width: 20,
      value: (row: CoverageReport['rows'][number]) => row[id],
      red: (row: CoverageReport['rows'][number]) => /gap/i.test(id) && row[id] !== null,
    })),
    report.rows,
  );
