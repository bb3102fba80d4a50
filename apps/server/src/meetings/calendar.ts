import { createHmac, timingSafeEqual } from 'node:crypto';
import icalendar, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Deps } from '../deps.js';
import type { MatterDeps } from '../matters/index.js';
import { inContext, systemContext } from '../storage/index.js';
import { itemsOf, listMeetingRows, type StoredItem, type StoredMeeting } from './meetings.store.js';

type CalendarDeps = Pick<MatterDeps, 'keys' | 'config'>;

/** Whose calendar: a person's, or a body's of a place. */
export type CalendarOf =
  | { readonly county: string; readonly kind: 'person'; readonly person: string }
  | { readonly county: string; readonly kind: 'body'; readonly division: string; readonly roll: string };

const wordsOf = (of: CalendarOf): string =>
  of.kind === 'person' ? `person-${of.person}` : `body-${of.division}-${of.roll}`;

const tokenOf = (deps: CalendarDeps, of: CalendarOf): string =>
  createHmac('sha256', deps.keys.keyFor('calendar'))
    .update(`lx-calendar/v1\n${of.county}\n${wordsOf(of)}`)
    .digest('base64url')
    .slice(0, 27);

const addressOf = (deps: CalendarDeps, of: CalendarOf): string =>
  `${deps.config.origin}/calendar/${of.county}/${wordsOf(of)}/${tokenOf(deps, of)}.ics`;

/** Address of a person's calendar (日历订阅): whoever has it reads it, so it stands on pages of that person alone. */
export const personCalendar = (deps: CalendarDeps, county: string, person: string): string =>
  addressOf(deps, { county, kind: 'person', person });

/** Address of the calendar of a body. */
export const bodyCalendar = (deps: CalendarDeps, county: string, division: string, roll: string): string =>
  addressOf(deps, { county, kind: 'body', division, roll });

/** Reads the words of an address; undefined for one that this server did not make. */
export const readCalendarAddress = (
  deps: CalendarDeps,
  county: string,
  words: string,
  token: string,
): CalendarOf | undefined => {
  const person = /^person-([0-9a-f-]{36})$/.exec(words)?.[1];
  const [, division, roll] = /^body-(\d{12})-([a-z-]+)$/.exec(words) ?? [];
  const of: CalendarOf | undefined =
    person !== undefined
      ? { county, kind: 'person', person }
      : division !== undefined && roll !== undefined
        ? { county, kind: 'body', division, roll }
        : undefined;
  if (of === undefined || !/^\d{6}$/.test(county)) return undefined;
  const right = Buffer.from(tokenOf(deps, of));
  const given = Buffer.from(token);
  return right.length === given.length && timingSafeEqual(right, given) ? of : undefined;
};

/** Two hours unless the meeting says when it ended. */
const usualMilliseconds = 2 * 3_600_000;

/** Meetings as a calendar (RFC 5545): an event keeps its identity when it moves, and a cancelled one says so. Pure. */
export const calendarText = (
  meetings: readonly StoredMeeting[],
  items: readonly StoredItem[],
  given: { readonly name: string; readonly origin: string },
): string => {
  const calendar = icalendar({
    name: given.name,
    prodId: '//lianxin//meetings//ZH',
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const meeting of meetings) {
    const agenda = items.filter((item) => item.meeting === meeting.id);
    const begins = new Date(meeting.meetsAt);
    calendar.createEvent({
      id: `${meeting.id}@lianxin`,
      stamp: new Date(meeting.calledAt),
      sequence: meeting.changes,
      start: begins,
      end: meeting.overAt === null ? new Date(begins.getTime() + usualMilliseconds) : new Date(meeting.overAt),
      summary: meeting.title,
      location: meeting.room,
      description: [meeting.bodyName, ...agenda.map(({ number, title }) => `${number}. ${title}`)].join('\n'),
      url: `${given.origin}/console/meetings/${meeting.id}`,
      status: meeting.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
};

/** The calendar of an address, from the meetings of the last and the coming year. */
export const readCalendar = (deps: Deps, of: CalendarOf): Promise<string> =>
  inContext(deps, systemContext(of.county), async (tx) => {
    const all = { lo: of.county, hi: `${of.county}:`, from: null, to: null };
    const rows =
      of.kind === 'person'
        ? await listMeetingRows(tx, { ...all, person: of.person })
        : (await listMeetingRows(tx, { ...all, lo: of.division, hi: `${of.division}:` })).filter(
            (row) => row.roll === of.roll,
          );
    const items = await itemsOf(
      tx,
      rows.map(({ id }) => id),
    );
    const name = of.kind === 'person' ? '我的会议' : (rows.at(-1)?.bodyName ?? '会议');
    return calendarText(rows, items, { name, origin: deps.config.origin });
  });
