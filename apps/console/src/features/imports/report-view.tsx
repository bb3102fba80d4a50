import type { PeopleImportProblem, PeopleImportReport } from '@lianxin/contract';
import { useLanguage } from '../../app/language.js';
import { Records } from '../../app/records.js';

/** Numbers of an import in words; nothing is said of what there is none of. */
export function Counts({ counts }: { readonly counts: Readonly<Record<string, number>> }) {
  const { words } = useLanguage();
  const known = Object.entries(words.imports.counts).filter(([key]) => (counts[key] ?? 0) > 0);
  return <p>{known.map(([key, word]) => `${word} ${counts[key] ?? 0}`).join(' · ')}</p>;
}

/** What the check found (核对结果): whether the file is ready, and every problem with its row, column, reason and suggestion. */
export function ReportView({ report }: { readonly report: PeopleImportReport }) {
  const { words } = useLanguage();
  const hints = report.problems.filter((one) => !one.refuses).length;
  return (
    <>
      <p role="status">
        <strong>
          {report.ready ? words.imports.ready(report.rows) : words.imports.refused(report.refusedRows, report.rows)}
        </strong>
        {hints === 0 ? null : ` ${words.imports.hints(hints)}`}
      </p>
      <Counts counts={report.counts} />
      {report.problems.length === 0 ? null : (
        <Records<PeopleImportProblem>
          caption={words.imports.review}
          rows={report.problems}
          keyOf={(one) => `${one.row} ${one.column} ${one.code}`}
          empty=""
          toneOf={(one) => (one.refuses ? 'late' : '')}
          columns={[
            { title: words.imports.row, figure: true, main: true, render: (one) => one.row },
            { title: words.imports.column, render: (one) => one.column },
            { title: words.imports.why, render: (one) => one.why },
            { title: words.imports.suggestion, render: (one) => one.suggestion },
            {
              title: words.imports.effect,
              render: (one) => (one.refuses ? words.imports.mustCorrect : words.imports.hint),
            },
          ]}
        />
      )}
      {report.problemsFound > report.problems.length ? (
        <p className="quiet">{words.imports.firstOnes(report.problems.length, report.problemsFound)}</p>
      ) : null}
    </>
  );
}
