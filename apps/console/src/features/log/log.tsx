import type { checkLogRoute, LogCheckView, LogView, readLogRoute } from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { Loading, PageHead } from '../../app/page-head.js';
import './log.css';
import { useLogWords } from './words.js';

type Year = LogView['years'][number];

/** How far a log has come: 入册 or 见证. */
function State({ year }: { readonly year: Year }) {
  const { states } = useLogWords();
  const name = year.witnessed ? 'witnessed' : year.asked ? 'logged' : 'unasked';
  return <strong className={`log-state log-${name}`}>{states[name]}</strong>;
}

/** One year's log: its checkpoint, its key for the poster, and who has seen it. */
function YearPanel({ year }: { readonly year: Year }) {
  const words = useLogWords();
  const { language } = useLanguage();
  return (
    <section className="panel" aria-labelledby={`log-${year.year}`}>
      <h2 id={`log-${year.year}`}>
        {words.year(year.year)} <State year={year} />{' '}
        {year.frozen ? <span className="quiet">{words.frozen}</span> : null}
      </h2>
      {year.stale ? <p className="log-warning">{words.stale}</p> : null}
      <dl className="log-facts">
        <dt>{words.size}</dt>
        <dd>{year.size}</dd>
        <dt>{words.signed}</dt>
        <dd>{moment(year.signedAt, language)}</dd>
        <dt>{words.digits}</dt>
        <dd className="log-digits">{year.digits}</dd>
        <dt>{words.key}</dt>
        <dd className="log-key">{year.key}</dd>
      </dl>
      {year.witnesses.length === 0 ? null : (
        <div className="log-scroll">
          <table className="log-table">
            <thead>
              <tr>
                <th scope="col">{words.witness}</th>
                <th scope="col">{words.seen}</th>
                <th scope="col">{words.when}</th>
                <th scope="col">{words.way}</th>
              </tr>
            </thead>
            <tbody>
              {year.witnesses.map((one) => (
                <tr key={one.name}>
                  <th scope="row">
                    {one.name}
                    {one.silent ? <span className="log-warning">{words.silent}</span> : null}
                  </th>
                  <td>{one.size ?? words.never}</td>
                  <td>{one.cosignedAt === null ? '' : moment(one.cosignedAt, language)}</td>
                  <td>{one.reachable ? words.handed : words.fetched}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** What came of the last check; each finding with its place. */
function Outcome({ check }: { readonly check: LogCheckView }) {
  const words = useLogWords();
  const { language } = useLanguage();
  if (check.state === 'none') return <p className="quiet">{words.neverChecked}</p>;
  if (check.state === 'running')
    return (
      <div role="status">
        <p>{words.running(check.done, check.total)}</p>
        <Progress percent={check.total === 0 ? 0 : Math.floor((check.done * 100) / check.total)} showInfo={false} />
      </div>
    );
  return (
    <div role="status">
      <p className="quiet">{check.finishedAt === null ? null : words.at(moment(check.finishedAt, language))}</p>
      {check.state === 'failed' ? <p className="log-warning">{words.failed}</p> : null}
      {check.state === 'done' && check.findings.length === 0 ? (
        <p className="log-clean">{words.clean(check.done, check.entries)}</p>
      ) : null}
      {check.erased > 0 ? <p className="quiet">{words.erased(check.erased)}</p> : null}
      {check.findings.length === 0 ? null : (
        <>
          <p className="log-warning">{words.found(check.findings.length)}</p>
          <ul className="log-findings">
            {check.findings.map((one) => (
              <li key={`${one.table} ${one.row} ${one.what}`}>
                <code>{one.what}</code> {one.table} {one.row}
                {one.index === null ? '' : ` · ${one.year ?? ''} @${one.index}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** The public log for its auditor 公开册: checkpoints, witnesses, last check, and a check at once. */
export function LogPage() {
  const words = useLogWords();
  const client = useQueryClient();
  const log = useQuery({
    queryKey: ['log'],
    queryFn: () => call<typeof readLogRoute>('get', '/api/log', {}),
    refetchInterval: (query) => (query.state.data?.check.state === 'running' ? 1_000 : false),
  });
  const start = useMutation({
    mutationFn: () => call<typeof checkLogRoute>('post', '/api/log/checks', { commandId: newCommandId() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['log'] }),
  });
  return (
    <>
      <PageHead title={words.title}>
        <p className="quiet">
          {words.lead} <a href="/verify">{words.verify}</a>
        </p>
      </PageHead>
      <Faults error={log.error ?? start.error} />
      {log.isPending ? <Loading /> : null}
      {log.data === undefined ? null : (
        <>
          <section className="panel" aria-labelledby="log-check">
            <h2 id="log-check">{words.check}</h2>
            <Outcome check={log.data.check} />
            <Button
              type="primary"
              className="no-print"
              disabled={log.data.check.state === 'running'}
              loading={start.isPending}
              onClick={() => start.mutate()}
            >
              {words.checkNow}
            </Button>
          </section>
          {log.data.years.length === 0 ? <p>{words.none}</p> : null}
          {log.data.years.map((year) => (
            <YearPanel key={year.year} year={year} />
          ))}
        </>
      )}
    </>
  );
}
