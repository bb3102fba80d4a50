import type { coverageRoute } from '@lianxin/contract';
import { addressOf } from '@lianxin/contract/client';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Table } from 'antd';
import { Bars } from '../../app/bars.js';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { useMe } from '../../app/session.js';

/** The reports in the order in which a county asks for them. */
const reports = [
  'villages-without-branch',
  'party-tree-gaps',
  'grids-without-party-group',
  'organisations-without-link',
  'estates-and-buildings',
  'committees-due',
  'branch-kinds',
  'sites-without-party-body',
  'convenience-stations',
  'office-management',
  'liaison-offices',
  'service-rooms',
] as const;
type Report = (typeof reports)[number];

const isReport = (name: string): name is Report => (reports as readonly string[]).includes(name);

/** Coverage (覆盖情况): every figure as count and base, and the places that lack something, row by row. */
export function CoveragePage() {
  const { words } = useLanguage();
  const me = useMe();
  const { report: asked } = useParams({ strict: false });
  const report = asked !== undefined && isReport(asked) ? asked : 'villages-without-branch';
  const division = me.data?.offices[0]?.division ?? me.data?.division ?? '';
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
      <header className="page-head row">
        <h1>{words.nav.coverage}</h1>
        <a
          className="button no-print"
          href={addressOf('/api/coverage/{report}/workbook', { report }, { division })}
          download
        >
          {words.exportSheet}
        </a>
      </header>
      <nav aria-label={words.nav.coverage} className="tabs">
        {reports.map((name) => (
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
          <Table
            rowKey={(row) => JSON.stringify(row)}
            dataSource={answer.data.rows}
            pagination={false}
            scroll={{ x: 'max-content' }}
            locale={{ emptyText: words.coverageEmpty }}
            columns={answer.data.columns.map((column) => ({
              title: column.title,
              dataIndex: column.id,
              render: yesNo,
            }))}
          />
        </section>
      )}
    </>
  );
}
