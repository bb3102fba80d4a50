import type { listMeetingsRoute, MeetingRow, myMeetingsRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { Loading, PageHead } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { homeOf, useMe, widest } from '../../app/session.js';
import './meetings.css';
import { useMeetingWords } from './words.js';

/** Meetings as a list: the day leads, each result stands with its item. */
export function MeetingList({
  rows,
  caption,
  empty,
}: {
  readonly rows: readonly MeetingRow[];
  readonly caption: string;
  readonly empty: string;
}) {
  const said = useMeetingWords();
  const { language, words } = useLanguage();
  return (
    <Records<MeetingRow>
      caption={caption}
      rows={rows}
      keyOf={(row) => row.id}
      empty={empty}
      columns={[
        {
          title: said.meetingTitle,
          main: true,
          render: (row) => (
            <Link to="/meetings/$id" params={{ id: row.id }}>
              {row.title}
            </Link>
          ),
        },
        { title: said.when, render: (row) => <time dateTime={row.meetsAt}>{moment(row.meetsAt, language)}</time> },
        { title: said.where, render: (row) => row.room },
        { title: words.matters.place, render: (row) => row.divisionName },
        {
          title: words.matters.state,
          render: (row) => (
            <span className={`state ${row.state === 'open' ? 'open' : row.state === 'called' ? 'paused' : 'ended'}`}>
              {said.states[row.state]}
            </span>
          ),
        },
        {
          title: said.agenda,
          render: (row) => (
            <div>
              {row.items.map((item) => (
                <div key={item.number}>
                  {item.number}. {item.title}{' '}
                  {item.result === null ? null : (
                    <span className={`result ${item.result}`}>
                      {said.results[item.result as keyof typeof said.results]}
                    </span>
                  )}
                </div>
              ))}
            </div>
          ),
        },
      ]}
    />
  );
}

/** The address by which a calendar of one's own follows the meetings one is invited to (日历订阅). */
export function Subscribe({ calendar }: { readonly calendar: string | undefined }) {
  const said = useMeetingWords();
  if (calendar === undefined) return null;
  return (
    <details className="no-print">
      <summary>{said.subscribe}</summary>
      <p className="quiet">{said.subscribeHint}</p>
      <p className="calendar-address">{calendar}</p>
    </details>
  );
}

/** Meetings (会议): the office's calendar, and what I am invited to, with the address of my calendar. */
export function MeetingsPage() {
  const said = useMeetingWords();
  const me = useMe();
  const home = homeOf(me.data);
  const works = widest(me.data) !== undefined;
  const all = useQuery({
    queryKey: ['meetings', home],
    queryFn: () => call<typeof listMeetingsRoute>('get', '/api/meetings', { query: { division: home } }),
    enabled: works && home !== '',
  });
  const mine = useQuery({
    queryKey: ['my-meetings'],
    queryFn: () => call<typeof myMeetingsRoute>('get', '/api/my-meetings', {}),
  });
  if (mine.isPending) return <Loading />;
  return (
    <>
      <PageHead
        title={said.title}
        actions={
          works ? (
            <>
              <Link className="button" to="/meetings/month" search={{}}>
                {said.month}
              </Link>
              <Link className="button" to="/decisions">
                {said.decisions}
              </Link>
              <Link className="button" to="/meetings/new">
                {said.call}
              </Link>
            </>
          ) : undefined
        }
      />
      <Faults error={mine.error ?? all.error} />
      <section className="panel" aria-label={said.mine}>
        <MeetingList rows={mine.data?.meetings.toReversed() ?? []} caption={said.mine} empty={said.noMine} />
        <Subscribe calendar={mine.data?.calendar} />
      </section>
      {works ? (
        <section className="panel" aria-label={said.lists}>
          <MeetingList rows={all.data?.meetings.toReversed() ?? []} caption={said.lists} empty={said.noMeetings} />
        </section>
      ) : null}
    </>
  );
}
