import type {
  beginMeetingRoute,
  cancelMeetingRoute,
  changeMeetingRoute,
  endMeetingRoute,
  hereRoute,
  MeetingDetail,
  readMeetingRoute,
} from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { Loading, PageHead, PrintButton } from '../../app/page-head.js';
import { countyClock, countyToday, momentAt } from '../../app/today.js';
import { AddTopic } from './add-topic.js';
import { Attendance } from './attendance.js';
import './meetings.css';
import { Minutes } from './minutes.js';
import { useMeetingCommand } from './on-meeting.js';
import { AgendaItem } from './vote.js';
import { useMeetingWords } from './words.js';

/** Beginning a meeting: who leads it; from then on the roll is fixed. */
function Begin({ meeting }: { readonly meeting: MeetingDetail }) {
  const said = useMeetingWords();
  const [chair, setChair] = useState('');
  const beginning = useMeetingCommand((_: null, commandId) =>
    call<typeof beginMeetingRoute>('post', '/api/meetings/{id}/begin', {
      params: { id: meeting.id },
      json: chair === '' ? {} : { chair },
      commandId,
    }),
  );
  return (
    <section className="panel no-print">
      <p className="quiet">{said.beginHint}</p>
      <div className="field">
        <label htmlFor="chair">{said.chair}</label>
        <select id="chair" value={chair} onChange={(event) => setChair(event.target.value)}>
          <option value="">{said.pick}</option>
          {meeting.roll.map((line) => (
            <option key={line.person} value={line.person}>
              {line.name}
            </option>
          ))}
        </select>
      </div>
      <Faults error={beginning.error} />
      <Button type="primary" loading={beginning.isPending} onClick={() => beginning.mutate(null)}>
        {said.begin}
      </Button>
      <Change meeting={meeting} />
    </section>
  );
}

/** Another day, or none: the notice counts anew, the reason is told. */
function Change({ meeting }: { readonly meeting: MeetingDetail }) {
  const said = useMeetingWords();
  const [day, setDay] = useState(countyToday(Date.parse(meeting.meetsAt)));
  const [clock, setClock] = useState(countyClock(Date.parse(meeting.meetsAt)));
  const [room, setRoom] = useState(meeting.room);
  const [reason, setReason] = useState('');
  const changing = useMeetingCommand((_: null, commandId) =>
    call<typeof changeMeetingRoute>('post', '/api/meetings/{id}/change', {
      params: { id: meeting.id },
      json: {
        meetsAt: momentAt(day, clock),
        room,
        ...(reason === '' ? {} : { specialReason: reason }),
      },
      commandId,
    }),
  );
  const cancelling = useMeetingCommand((_: null, commandId) =>
    call<typeof cancelMeetingRoute>('post', '/api/meetings/{id}/cancel', {
      params: { id: meeting.id },
      json: { reason },
      commandId,
    }),
  );
  return (
    <details>
      <summary>
        {said.change} / {said.cancel}
      </summary>
      <div className="field">
        <label htmlFor="change-day">{said.day}</label>
        <input id="change-day" type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        <label htmlFor="change-clock">{said.clock}</label>
        <input id="change-clock" type="time" value={clock} onChange={(event) => setClock(event.target.value)} />
        <label htmlFor="change-room">{said.where}</label>
        <input id="change-room" value={room} onChange={(event) => setRoom(event.target.value)} />
        <label htmlFor="change-reason">{said.reason}</label>
        <input id="change-reason" value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </div>
      <Faults error={changing.error ?? cancelling.error} />
      <p className="row left">
        <Button loading={changing.isPending} onClick={() => changing.mutate(null)}>
          {said.change}
        </Button>
        <Button danger loading={cancelling.isPending} onClick={() => cancelling.mutate(null)}>
          {said.cancel}
        </Button>
      </p>
    </details>
  );
}

/** A member on the own phone: one press says that they are here; the vote stays in the room. */
function Here({ meeting }: { readonly meeting: MeetingDetail }) {
  const said = useMeetingWords();
  const arriving = useMeetingCommand((_: null, commandId) =>
    call<typeof hereRoute>('post', '/api/meetings/{id}/here', { params: { id: meeting.id }, json: {}, commandId }),
  );
  if (!meeting.me.invited || meeting.state !== 'open') return null;
  return (
    <section className="panel">
      {meeting.me.came ? (
        <p className="told" role="status">
          {said.youAreHere}
        </p>
      ) : (
        <Button type="primary" size="large" loading={arriving.isPending} onClick={() => arriving.mutate(null)}>
          {said.here}
        </Button>
      )}
      <p className="quiet">{said.hereHint}</p>
      <Faults error={arriving.error} />
    </section>
  );
}

const before = ['notice', 'attendance', 'ballots', 'tally', 'slips'] as const;
const after = ['minutes', 'resolution'] as const;

/** What prints: as PDF, and as a docx to be edited and sealed. */
function Papers({ meeting }: { readonly meeting: MeetingDetail }) {
  const said = useMeetingWords();
  const decided = meeting.items.some((item) => item.tally !== null);
  const names = [...before, ...after].filter((name) => name !== 'resolution' || decided);
  const address = (file: string) => `/api/meetings/${meeting.id}/papers/${file}`;
  return (
    <section className="panel no-print" aria-label={said.papers}>
      <h2>{said.papers}</h2>
      <ul className="paper-links">
        {names.map((name) => (
          <li key={name}>
            {said.paperNames[name]}{' '}
            <a href={address(`${name}.pdf`)} target="_blank" rel="noreferrer">
              PDF
            </a>{' '}
            <a href={address(`${name}.docx`)} download>
              docx
            </a>
          </li>
        ))}
        <li>
          <a href={address('notice.wall.pdf')} target="_blank" rel="noreferrer">
            {said.wall}
          </a>
        </li>
      </ul>
    </section>
  );
}

function End({ meeting }: { readonly meeting: MeetingDetail }) {
  const said = useMeetingWords();
  const ending = useMeetingCommand((_: null, commandId) =>
    call<typeof endMeetingRoute>('post', '/api/meetings/{id}/end', { params: { id: meeting.id }, json: {}, commandId }),
  );
  return (
    <>
      <Faults error={ending.error} />
      <Button loading={ending.isPending} onClick={() => ending.mutate(null)}>
        {said.end}
      </Button>
    </>
  );
}

/** A meeting (会议): its notice, its roll, its votes one after the other, its minutes and its papers; for a member the agenda and one button. */
export function MeetingPage() {
  const said = useMeetingWords();
  const { language } = useLanguage();
  const { id } = useParams({ from: '/meetings/$id' });
  const read = useQuery({
    queryKey: ['meeting', id],
    queryFn: () => call<typeof readMeetingRoute>('get', '/api/meetings/{id}', { params: { id } }),
    // Members say on their phones that they are here; whoever keeps the roll sees it.
    refetchInterval: (query) => (query.state.data?.state === 'open' ? 10_000 : false),
  });
  if (read.isPending) return <Loading />;
  if (read.data === undefined) return <Faults error={read.error} />;
  const meeting = read.data;
  return (
    <>
      <PageHead
        title={meeting.title}
        above={
          <p className="quiet crumbs">
            <Link to="/meetings">{said.title}</Link> / {meeting.bodyName}
          </p>
        }
        actions={<PrintButton />}
      >
        <p className="row left">
          <span
            className={`state ${meeting.state === 'open' ? 'open' : meeting.state === 'called' ? 'paused' : 'ended'}`}
          >
            {said.states[meeting.state]}
          </span>
          <span>
            <time dateTime={meeting.meetsAt}>{moment(meeting.meetsAt, language)}</time> · {meeting.room}
          </span>
        </p>
        {meeting.specialReason === null ? null : (
          <p>
            {said.special}
            {said.colon}
            {meeting.specialReason}
          </p>
        )}
        {meeting.demandedBy === null ? null : (
          <p>
            {said.demanded}
            {said.colon}
            {meeting.demandedBy}
          </p>
        )}
        {meeting.cancelledReason === null ? null : (
          <p>
            {said.cancelledBecause}
            {said.colon}
            {meeting.cancelledReason}
          </p>
        )}
        {meeting.note === '' ? null : <p>{meeting.note}</p>}
      </PageHead>
      <Here meeting={meeting} />
      <div className="two">
        <div>
          <section className="panel" aria-label={said.agenda}>
            <h2>{said.agenda}</h2>
            {meeting.items.map((item) => (
              <AgendaItem key={item.id} meeting={meeting} item={item} />
            ))}
            {meeting.manages && meeting.state === 'open' ? <AddTopic meeting={meeting} /> : null}
          </section>
          {meeting.manages && (meeting.state === 'open' || meeting.state === 'over') ? (
            <section className="panel" aria-label={said.minutes}>
              <h2>{said.minutes}</h2>
              <Minutes meeting={meeting} item={null} minutes={meeting.minutes} />
            </section>
          ) : null}
          {meeting.manages && meeting.state === 'open' ? <End meeting={meeting} /> : null}
        </div>
        <div>
          {meeting.manages && meeting.state === 'called' ? <Begin meeting={meeting} /> : null}
          {meeting.manages ? <Attendance meeting={meeting} /> : null}
          {meeting.manages ? <Papers meeting={meeting} /> : null}
          {meeting.manages ? (
            <details className="panel no-print">
              <summary>{said.bodyCalendar}</summary>
              <p className="calendar-address">{meeting.calendar}</p>
            </details>
          ) : null}
        </div>
      </div>
    </>
  );
}
