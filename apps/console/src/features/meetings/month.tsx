import type { listMeetingsRoute, listPostingsRoute, MeetingRow, myMeetingsRoute, PostingRow } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { Empty, Loading, PageHead, PrintButton } from '../../app/page-head.js';
import { homeOf, useMe } from '../../app/session.js';
import { countyClock, countyToday, dayAfter } from '../../app/today.js';
import { Subscribe } from './list.js';
import { daysOfMonth, monthAfter } from './month-days.js';
import './meetings.css';
import { useMeetingWords } from './words.js';

/** What stands on one day: meetings by the hour, then what ends. */
interface OnDay {
  readonly meetings: readonly MeetingRow[];
  readonly ends: readonly PostingRow[];
  readonly objectionsEnd: readonly PostingRow[];
}

const countyDay = (instant: string): string => countyToday(Date.parse(instant));
const clockOf = (instant: string): string => countyClock(Date.parse(instant));

function Meeting({ meeting }: { readonly meeting: MeetingRow }) {
  const said = useMeetingWords();
  return (
    <li className={`on-day ${meeting.state}`}>
      <Link to="/meetings/$id" params={{ id: meeting.id }}>
        {clockOf(meeting.meetsAt)} {meeting.title}
      </Link>{' '}
      <span className="quiet">
        {[meeting.divisionName, meeting.room, meeting.state === 'cancelled' ? said.states.cancelled : '']
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  );
}

function Ends({ posting, label }: { readonly posting: PostingRow; readonly label: string }) {
  const said = useMeetingWords();
  return (
    <li className="on-day ends">
      <Link to="/matters/$id" params={{ id: posting.matter }}>
        {label}
        {said.colon}
        {posting.subject ?? posting.what}
      </Link>{' '}
      <span className="quiet">
        {[posting.divisionName, posting.waiting === 0 ? '' : said.waitingObjections(posting.waiting)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  );
}

function Day({ day, on }: { readonly day: string; readonly on: OnDay }) {
  const said = useMeetingWords();
  const { meetings, ends, objectionsEnd } = on;
  const isToday = day === countyToday();
  const weekday = said.weekdays[(new Date(day).getUTCDay() + 6) % 7];
  const bare = meetings.length + ends.length + objectionsEnd.length === 0;
  return (
    <td className={[bare ? 'bare' : '', isToday ? 'is-today' : ''].join(' ').trim()}>
      <time dateTime={day} aria-current={isToday ? 'date' : undefined}>
        {Number(day.slice(8))}
        <span className="weekday"> {weekday}</span>
        {isToday ? <span className="quiet"> {said.today}</span> : null}
      </time>
      {bare ? null : (
        <ul className="plain">
          {meetings.map((meeting) => (
            <Meeting key={meeting.id} meeting={meeting} />
          ))}
          {ends.map((posting) => (
            <Ends key={posting.matter + posting.what} posting={posting} label={said.postingEnds} />
          ))}
          {objectionsEnd.map((posting) => (
            <Ends key={posting.matter + posting.what} posting={posting} label={said.objectionsEnd} />
          ))}
        </ul>
      )}
    </td>
  );
}

/** The month (月历) of a village or township: meetings, the ends of postings and of objections; on a phone the days on which there is something, as a list. */
export function MonthPage() {
  const said = useMeetingWords();
  const me = useMe();
  const division = homeOf(me.data);
  const { month = countyToday().slice(0, 7) } = useSearch({ from: '/meetings/month' });
  const weeks = daysOfMonth(month);
  const first = `${month}-01`;
  const last = dayAfter(`${monthAfter(month, 1)}-01`, -1);
  const meetings = useQuery({
    queryKey: ['meetings', division, month],
    queryFn: () =>
      call<typeof listMeetingsRoute>('get', '/api/meetings', { query: { division, from: first, to: last } }),
    enabled: division !== '',
  });
  const postings = useQuery({
    queryKey: ['postings', division],
    queryFn: () => call<typeof listPostingsRoute>('get', '/api/postings', { query: { division } }),
    enabled: division !== '',
  });
  const mine = useQuery({
    queryKey: ['my-meetings'],
    queryFn: () => call<typeof myMeetingsRoute>('get', '/api/my-meetings', {}),
  });
  const held = (meetings.data?.meetings ?? []).filter((one) => countyDay(one.meetsAt).startsWith(month));
  const hanging = postings.data?.postings ?? [];
  const onDay = (day: string): OnDay => ({
    meetings: held.filter((one) => countyDay(one.meetsAt) === day),
    ends: hanging.filter((one) => one.until === day),
    // Where both end on one day, it is said once.
    objectionsEnd: hanging.filter((one) => one.objectUntil === day && one.until !== day),
  });
  const nothing = held.length === 0 && hanging.every((one) => !one.until.startsWith(month));
  const title = said.monthOf(Number(month.slice(0, 4)), Number(month.slice(5)));
  return (
    <>
      <PageHead
        title={title}
        above={
          <p className="quiet crumbs">
            <Link to="/meetings">{said.title}</Link> / {said.month}
          </p>
        }
        actions={<PrintButton />}
      >
        <p className="quiet">{said.monthLead}</p>
        <nav className="row left no-print" aria-label={said.month}>
          <Link className="button" to="/meetings/month" search={{ month: monthAfter(month, -1) }}>
            {said.earlier}
          </Link>
          <Link className="button" to="/meetings/month" search={{}}>
            {said.thisMonth}
          </Link>
          <Link className="button" to="/meetings/month" search={{ month: monthAfter(month, 1) }}>
            {said.later}
          </Link>
        </nav>
      </PageHead>
      <Faults error={meetings.error ?? postings.error} />
      {meetings.isPending || postings.isPending ? <Loading /> : null}
      {nothing && meetings.isSuccess && postings.isSuccess ? <Empty text={said.noMonth} /> : null}
      <table className={`month ${nothing ? 'nothing' : ''}`}>
        <caption className="unseen">{title}</caption>
        <thead>
          <tr>
            {said.weekdays.map((weekday) => (
              <th key={weekday} scope="col">
                {weekday}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find((day) => day !== null)}>
              {week.map((day, at) =>
                // oxlint-disable-next-line react/no-array-index-key -- a place before the first day has no day to be known by
                day === null ? (
                  <td className="bare" key={at}>
                    &nbsp;
                  </td>
                ) : (
                  <Day key={day} day={day} on={onDay(day)} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <Subscribe calendar={mine.data?.calendar} />
    </>
  );
}
