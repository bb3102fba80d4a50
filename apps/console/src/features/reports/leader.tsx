import type { leaderPageRoute } from '@lianxin/contract';
import { addressOf } from '@lianxin/contract/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bars } from '../../app/bars.js';
import { call } from '../../app/call.js';
import { Due } from '../../app/due.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';

/** Leader's Monday (一页清单): what is late and where, what is rising, what was claimed against what was confirmed. */
export function LeaderPage() {
  const { words } = useLanguage();
  const page = useQuery({
    queryKey: ['leader'],
    queryFn: () => call<typeof leaderPageRoute>('get', '/api/reports/leader', { query: {} }),
  });
  if (page.isPending) return <p role="status">{words.loading}</p>;
  if (page.isError) return <Faults error={page.error} />;
  const { data } = page;
  const { satisfaction } = data;
  return (
    <>
      <header className="page-head row">
        <h1>
          {words.nav.leader} · {data.divisionName}
        </h1>
        <span className="row">
          <time dateTime={data.date}>{data.date}</time>
          <a className="button no-print" href={addressOf('/api/reports/{name}/xlsx', { name: 'leader' })} download>
            {words.exportSheet}
          </a>
          <button type="button" className="link no-print" onClick={() => globalThis.print()}>
            {words.print}
          </button>
        </span>
      </header>
      <dl className="tallies">
        <div>
          <dt>{words.today.open}</dt>
          <dd>{data.open}</dd>
        </div>
        <div className={data.late > 0 ? 'late' : ''}>
          <dt>{words.today.overdue}</dt>
          <dd>{data.late}</dd>
        </div>
        <div>
          <dt>{words.leader.claimed}</dt>
          <dd>{satisfaction.claimed}</dd>
        </div>
        <div>
          <dt>{words.leader.confirmed}</dt>
          <dd>{satisfaction.confirmed}</dd>
        </div>
      </dl>
      <div className="two even">
        <section className="panel">
          <h2>{words.leader.late}</h2>
          <Bars
            title={words.leader.byVillage}
            tone="late"
            bars={data.lateByVillage.map((row) => ({
              key: row.division,
              label: row.name,
              count: row.late,
              of: row.open,
            }))}
          />
          <Bars
            title={words.leader.byOffice}
            tone="late"
            bars={data.lateByOffice.map((row) => ({
              key: row.body ?? row.name,
              label: row.name,
              count: row.late,
              of: row.open,
            }))}
          />
          <Bars
            title={words.leader.byProcedure}
            tone="late"
            bars={data.lateByProcedure.map((row) => ({
              key: row.procedure,
              label: row.title,
              count: row.late,
              of: row.open,
            }))}
          />
        </section>
        <section className="panel">
          <h2>{words.leader.satisfaction}</h2>
          <Bars
            title={words.leader.satisfactionHint}
            tone="good"
            bars={[
              {
                key: 'confirmed',
                label: words.leader.confirmedOfClaimed,
                count: satisfaction.confirmed,
                of: satisfaction.claimed,
              },
              { key: 'disputed', label: words.leader.disputed, count: satisfaction.disputed, of: satisfaction.claimed },
              {
                key: 'satisfied',
                label: words.leader.satisfiedOfRated,
                count: satisfaction.satisfied,
                of: satisfaction.rated,
              },
            ]}
          />
          <h2>{words.leader.rising}</h2>
          {data.rising.length === 0 ? <p className="quiet">{words.leader.nothingRising}</p> : null}
          <ul>
            {data.rising.map((topic) => (
              <li key={topic.topic}>
                <strong>{topic.title}</strong> {words.leader.risen(topic.before, topic.now, topic.villages)}
              </li>
            ))}
          </ul>
        </section>
      </div>
      <section className="panel">
        <h2>{words.leader.lateMatters}</h2>
        {data.lateMatters.length === 0 ? <p className="quiet">{words.leader.nothingLate}</p> : null}
        <ul className="items">
          {data.lateMatters.map((matter) => (
            <li key={matter.id}>
              <Link to="/matters/$id" params={{ id: matter.id }}>
                <span className="what">{matter.holderName ?? words.none}</span>
                <span className="subject">{matter.subject}</span>
                <span className="quiet">
                  {matter.divisionName} · {matter.number}
                </span>
                <Due due={matter.due} overdueDays={matter.overdueDays} provisional={false} />
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <section className="panel">
        <h2>{words.matters.followUp}</h2>
        {data.followUps.length === 0 ? <p className="quiet">{words.leader.noFollowUps}</p> : null}
        <ul>
          {data.followUps.map((one) => (
            <li key={one.id}>
              <Link to="/matters/$id" params={{ id: one.matter }}>
                {one.number}
              </Link>{' '}
              {one.text} <span className="quiet">{one.done ? words.leader.answered : words.due.by(one.due)}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
