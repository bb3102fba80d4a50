import type { todayRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { useMe } from '../../app/session.js';
import { InboxItems } from './items.js';

/** Today (今天): what waits for me, the most urgent first. The home of everyone who works here. */
export function TodayPage() {
  const { words } = useLanguage();
  const me = useMe();
  const today = useQuery({
    queryKey: ['today'],
    queryFn: () => call<typeof todayRoute>('get', '/api/today', {}),
    refetchInterval: 60_000,
  });
  if (today.isPending) return <p role="status">{words.loading}</p>;
  if (today.isError) return <Faults error={today.error} />;
  const { data } = today;
  const empty = data.overdue.length + data.dueToday.length + data.dueSoon.length + data.fresh.length === 0;
  return (
    <>
      <header className="page-head">
        <h1>{words.today.greeting(me.data?.name ?? '')}</h1>
        <p className="quiet">
          <time dateTime={data.date}>{data.date}</time>
          {data.workingDay ? null : ` · ${words.today.restDay}`}
        </p>
        {data.offices.length === 0 ? (
          <p>{words.session.noOffice}</p>
        ) : (
          <ul className="offices" aria-label={words.session.offices}>
            {data.offices.map((office) => (
              <li key={office.appointment}>
                {office.divisionName} · {office.bodyName} · {office.postTitle}
              </li>
            ))}
          </ul>
        )}
      </header>
      <dl className="tallies">
        {(
          [
            ['open', data.counts.open],
            ['overdue', data.counts.overdue],
            ['paused', data.counts.paused],
            ['endedThisMonth', data.counts.endedThisMonth],
          ] as const
        ).map(([name, count]) => (
          <div key={name} className={name === 'overdue' && count > 0 ? 'late' : ''}>
            <dt>{words.today[name]}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {empty ? (
        <section className="panel empty">
          <p>{words.today.nothing}</p>
          <p className="quiet">{words.today.nothingHint}</p>
        </section>
      ) : null}
      <InboxItems title={words.today.overdue} items={data.overdue} date={data.date} tone="late" />
      <InboxItems title={words.today.dueToday} items={data.dueToday} date={data.date} tone="soon" />
      <InboxItems title={words.today.dueSoon} items={data.dueSoon} date={data.date} />
      <InboxItems title={words.today.fresh} items={data.fresh} date={data.date} />
      <p>
        <Link to="/inbox">{words.today.all}</Link>
      </p>
    </>
  );
}
