import { explainFault, type Locale } from '@lianxin/domain';
import type { PeopleImportProblem, PeopleImportReport } from '@lianxin/contract';
import { sheetOf } from '../../sheets/index.js';
import type { PeopleChecked } from './import-people.js';
import type { RowProblem } from './read-rows.js';

/** Problems that go to a screen; a sheet has all. */
const mostOnScreen = 500;

const inWords =
  (locale: Locale) =>
  ({ row, column, fault, refuses }: RowProblem): PeopleImportProblem => {
    const said = explainFault(fault, locale);
    return { row, column, code: fault.code, why: said.what, suggestion: said.cure, refuses };
  };

/** The report for a screen 核对报告. */
export const reportOf = (checked: PeopleChecked, locale: Locale): PeopleImportReport => ({
  sha256: checked.sha256,
  rows: checked.rows,
  refusedRows: checked.refusedRows,
  ready: checked.refusedRows === 0,
  counts: {
    persons: checked.planned.length,
    idNumbers: checked.planned.filter(({ entry }) => entry.idNumber !== undefined).length,
    phones: checked.planned.filter(({ entry }) => entry.phone !== undefined).length,
    members: checked.planned.filter(({ branch }) => branch !== undefined).length,
    terms: checked.planned.filter(({ office }) => office !== undefined).length,
    villages: new Set(checked.planned.map(({ division }) => division)).size,
  },
  problems: checked.problems.slice(0, mostOnScreen).map(inWords(locale)),
  problemsFound: checked.problems.length,
});

/** The whole report as xlsx, one line a problem: row, column, reason, suggestion. It never repeats a number of a person. */
export const reportSheet = async (checked: PeopleChecked, locale: Locale): Promise<Uint8Array> => {
  const zh = locale === 'zh-CN';
  return sheetOf<PeopleImportProblem>(
    zh ? '核对报告' : 'Report',
    [
      { title: zh ? '行' : 'Row', width: 8, value: (one) => one.row },
      { title: zh ? '列' : 'Column', width: 16, value: (one) => one.column },
      { title: zh ? '原因' : 'Reason', width: 48, value: (one) => one.why },
      { title: zh ? '建议' : 'Suggestion', width: 60, value: (one) => one.suggestion },
      {
        title: zh ? '影响' : 'Effect',
        width: 14,
        value: (one) => (one.refuses ? (zh ? '必须改正' : 'must be corrected') : zh ? '仅提示' : 'hint'),
        red: (one) => one.refuses,
      },
      { title: zh ? '代码' : 'Code', width: 24, value: (one) => one.code },
    ],
    checked.problems.map(inWords(locale)),
  );
};
