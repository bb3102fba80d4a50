import type { PeopleImportProblem, PeopleImportReport } from '@lianxin/contract';
import { Records } from '../../app/records.js';
import { useImportWords } from './words.js';

/** Numbers of an import in words; nothing is said of what there is none of. */
export function Counts({ counts }: { readonly counts: Readonly<Record<string, number>> }) {
  const said = useImportWords();
  const known = Object.entries(said.counts).filter(([key]) => (counts[key] ?? 0) > 0);
  return <p>{known.map(([key, word]) => `${word} ${counts[key] ?? 0}`).join(' · ')}</p>;
}

/** What the check found (核对结果): whether the file is ready, and every problem with its row, column, reason and suggestion. */
export function ReportView({ report }: { readonly report: PeopleImportReport }) {
  const said = useImportWords();
  const hints = report.problems.filter((one) => !one.refuses).length;
  return (
    <>
      <p role="status">
        <strong>{report.ready ? said.ready(report.rows) : said.refused(report.refusedRows, report.rows)}</strong>
        {hints === 0 ? null : ` ${said.hints(hints)}`}
      </p>
      <Counts counts={report.counts} />
      {report.problems.length === 0 ? null : (
        <Records<PeopleImportProblem>
          caption={said.review}
          rows={report.problems}
          keyOf={(one) => `${one.row} ${one.column} ${one.code}`}
          empty=""
          toneOf={(one) => (one.refuses ? 'late' : '')}
          columns={[
            { title: said.row, figure: true, main: true, render: (one) => one.row },
            { title: said.column, render: (one) => one.column },
            { title: said.why, render: (one) => one.why },
            { title: said.suggestion, render: (one) => one.suggestion },
            {
              title: said.effect,
              render: (one) => (one.refuses ? said.mustCorrect : said.hint),
            },
          ]}
        />
      )}
      {report.problemsFound > report.problems.length ? (
        <p className="quiet">{said.firstOnes(report.problems.length, report.problemsFound)}</p>
      ) : null}
    </>
  );
}
