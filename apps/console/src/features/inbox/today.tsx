import type { inboxRoute, Today, todayRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Empty, Loading, PageHead } from '../../app/page-head.js';
import { useMe } from '../../app/session.js';
import { InboxItems } from './items.js';

/** How many of the items that are not urgent stand on the first page. */
const mostLater = 10;

/** Figures of the place; each leads to the list it counts. */
function Tallies({ counts }: { readonly counts: Today['counts'] }) {
  const { words } = useLanguage();
  const tallies = [
    ['open', counts.open, { state: 'open' }],
    ['overdue', counts.overdue, { overdue: 'yes', sort: 'due' }],
    ['paused', counts.paused, { state: 'paused' }],
    ['endedThisMonth', counts.endedThisMonth, { state: 'ended' }],
  ] as const;
  return (
    <ul className="tallies">
      {tallies.map(([name, count, search]) => (
        <li key={name} className={name === 'overdue' && count > 0 ? 'late' : ''}>
          <Link to="/matters" search={search}>
            <strong>{count}</strong> {words.today[name]}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Today (今天): what waits for me, the most urgent first. The home of everyone who works here. */
export function TodayPage() {
  const { words } = useLanguage();
  const me = useMe();
  const today = useQuery({
    queryKey: ['today'],
    queryFn: () => call<typeof todayRoute>('get', '/api/today', {}),
    refetchInterval: 60_000,
  });
  const inbox = useQuery({
    queryKey: ['inbox', 'first'],
    queryFn: () => call<typeof inboxRoute>('get', '/api/inbox', { query: { limit: 50 } }),
  });
  if (today.isPending) return <Loading />;
  if (today.data === undefined) return <Faults error={today.error} />;
  const { data } = today;
  const shown = [...data.overdue, ...data.dueToday, ...data.dueSoon, ...data.fresh];
  const later = (inbox.data?.items ?? []).filter((item) => !shown.some((one) => one.id === item.id));
  return (
    <>
      <PageHead title={words.today.greeting(me.data?.name ?? '')}>
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
                {office.bodyName} {office.postTitle}
              </li>
            ))}
          </ul>
        )}
      </PageHead>
      <Tallies counts={data.counts} />
      {shown.length + later.length === 0 && !inbox.isPending ? (
        <section className="panel">
          <Empty text={words.today.nothing} hint={words.today.nothingHint} />
          {me.data?.capabilities.includes('administer') === true ? (
            <p className="centred">
              <Link to="/first-steps">{words.today.newCounty}</Link>
            </p>
          ) : null}
        </section>
      ) : null}
      <InboxItems title={words.today.overdue} items={data.overdue} date={data.date} tone="late" />
      <InboxItems title={words.today.dueToday} items={data.dueToday} date={data.date} tone="soon" />
      <InboxItems title={words.today.dueSoon} items={data.dueSoon} date={data.date} />
      <InboxItems title={words.today.fresh} items={data.fresh} date={data.date} />
      <InboxItems title={words.today.later} items={later.slice(0, mostLater)} date={data.date} />
      <p className="row left">
        <Link to="/inbox">{words.today.all}</Link>
        <Link to="/open">{words.nav.open}</Link>
        <Link to="/field">{words.nav.field}</Link>
      </p>
    </>
  );
}
