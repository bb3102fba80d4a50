import type { coverageRoute, CoverageRow } from '@lianxin/contract';
import { addressOf, coverageReports } from '@lianxin/contract/client';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Bars } from '../../app/bars.js';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Loading, PageHead, SheetLink } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { homeOf, useMe } from '../../app/session.js';

type Report = (typeof coverageReports)[number];

const isReport = (name: string): name is Report => (coverageReports as readonly string[]).includes(name);

/** Coverage (覆盖情况): every figure as count and base, and the places that lack something, row by row. */
export function CoveragePage() {
  const { words } = useLanguage();
  const me = useMe();
  const { report: asked } = useParams({ strict: false });
  const report = asked !== undefined && isReport(asked) ? asked : 'villages-without-branch';
  const division = homeOf(me.data);
  const answer = useQuery({
    queryKey: ['coverage', report, division],
    queryFn: () =>
      call<typeof coverageRoute>('get', '/api/coverage/{report}', { params: { report }, query: { division } }),
    enabled: division !== '',
  });
  const yesNo = (value: string | number | boolean | null | undefined) =>
    typeof value === 'boolean' ? (value ? words.yes : words.no) : (value ?? words.none);
  return (
    <>
      <PageHead
        title={words.coverage[report]}
        above={<p className="quiet crumbs">{words.nav.coverage}</p>}
        actions={<SheetLink href={addressOf('/api/coverage/{report}/workbook', { report }, { division })} />}
      />
      <nav aria-label={words.nav.coverage} className="tabs">
        {coverageReports.map((name) => (
          <Link
            key={name}
            to="/coverage/$report"
            params={{ report: name }}
            {...(name === report ? { 'aria-current': 'page' as const } : {})}
          >
            {words.coverage[name]}
          </Link>
        ))}
      </nav>
      {answer.isPending ? <Loading /> : null}
      <Faults error={answer.error} />
      {answer.data === undefined ? null : (
        <section className="panel">
          <h2>
            {answer.data.title} · {answer.data.divisionName}
          </h2>
          <Bars
            title={answer.data.on}
            tone="good"
            bars={answer.data.figures.map((figure) => ({
              key: figure.id,
              label: figure.title,
              count: figure.count,
              of: figure.of,
            }))}
          />
        </section>
      )}
      {answer.data === undefined ? null : (
        <Records<CoverageRow>
          caption={answer.data.title}
          rows={answer.data.rows}
          keyOf={(row) => JSON.stringify(row)}
          empty={words.coverageEmpty}
          columns={answer.data.columns.map((column, index) => ({
            title: column.title,
            main: index === 0,
            render: (row) => yesNo(row[column.id]),
          }))}
        />
      )}
    </>
  );
}
