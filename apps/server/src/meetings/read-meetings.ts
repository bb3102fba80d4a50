import type { MeetingDetail, MeetingRow } from '@lianxin/contract';
import { fault, ok, plainDate, refuse, scopeOf, type Locale, type PlainDate, type Result } from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import { membersOn, type Member } from '../ballots/index.js';
import { faultView } from '../http/answer.js';
import { directoryFor, votesOfMatter, type MatterDeps, type VotingMatter } from '../matters/index.js';
import { inContext, type Tx } from '../storage/index.js';
import { bodyCalendar, personCalendar } from './calendar.js';
import { managesAt } from './meetings.access.js';
import { dayOfMeeting, itemsOf, listMeetingRows, loadMeeting, namesOf, type MeetingFile } from './meetings.store.js';
import { itemView, minutesView, rowView, type HandedTo } from './meetings.view.js';
import { channelsOf, named, namesOn, presenceIn } from './standing.js';

/** Meetings of a place, or about a matter, as this person may see them. */
export const listMeetings = (
  deps: MatterDeps,
  session: SessionActor,
  query: {
    readonly division: string;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly matter?: string | undefined;
  },
): Promise<MeetingRow[]> =>
  inContext(deps, session.context, async (tx) => {
    const rows = await listMeetingRows(tx, {
      ...scopeOf(query.division),
      from: query.from === undefined ? null : plainDate(query.from),
      to: query.to === undefined ? null : plainDate(query.to),
      matter: query.matter,
    });
    const items = await itemsOf(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => rowView(row, items));
  });

/** Meetings the person is invited to, and the address of the own calendar (我的会议). */
export const myMeetings = (
  deps: MatterDeps,
  session: SessionActor,
): Promise<{ readonly meetings: MeetingRow[]; readonly calendar: string }> =>
  inContext(deps, session.context, async (tx) => {
    const { county } = tx.context;
    const { person } = session.session;
    const all = { lo: county, hi: `${county}:` };
    const rows = await listMeetingRows(tx, { ...all, from: null, to: null, person });
    const items = await itemsOf(
      tx,
      rows.map(({ id }) => id),
    );
    return {
      meetings: rows.map((row) => rowView(row, items)),
      calendar: personCalendar(deps, county, person),
    };
  });

/** The roll as it is frozen, or as it would be today. */
const rollLines = (
  members: readonly Member[],
  file: MeetingFile,
  titleOf: (post: string) => string,
): MeetingDetail['roll'] => {
  const channels = channelsOf(file);
  const names = namesOn(members);
  return members.map(({ person, name, posts, household, addedBecause }) => {
    const proxy = file.proxies.find((one) => one.giver === person);
    return {
      person,
      name,
      posts: posts.map(titleOf),
      household: household !== null,
      came: channels.get(person) ?? null,
      proxyTo: proxy === undefined ? null : { person: proxy.holder, name: names.get(proxy.holder) ?? '' },
      addedBecause: addedBecause ?? null,
    };
  });
};

/** The matters that conclusions were handed over as: who has each of them, and until when. */
const handedOf = async (tx: Tx, matters: readonly string[]): Promise<ReadonlyMap<string, HandedTo>> => {
  if (matters.length === 0 || tx.context.role === 'rt_public') return new Map();
  const rows = await tx.rows<HandedTo>(
    `select m.id, m.number, m.subject, p.name as holder, m.due from lx.matter m
     left join lx.person p on p.county = m.county and p.id = m.holder_person
     where m.county = $1 and m.id = any ($2::uuid[])`,
    [tx.context.county, matters],
  );
  return new Map(rows.map((row) => [row.id, row]));
};

/**
 * A meeting as this person may see it (会议): the office with its roll, a member with the agenda and the own line.
 * Refuses `not-found`: not there, not in range, not invited.
 */
export const readMeeting = (
  deps: MatterDeps,
  session: SessionActor,
  id: string,
  locale: Locale,
): Promise<Result<MeetingDetail>> =>
  inContext(deps, session.context, async (tx) => {
    const file = await loadMeeting(tx, id);
    if (file === undefined) return refuse(fault('not-found'));
    return ok(await detailOf(deps, tx, session, file, locale));
  });

const detailOf = async (
  deps: MatterDeps,
  tx: Tx,
  session: SessionActor,
  file: MeetingFile,
  locale: Locale,
): Promise<MeetingDetail> => {
  const { meeting } = file;
  const directory = await directoryFor(deps, tx.context.county);
  const manages =
    managesAt(session, meeting.division) && (!meeting.party || session.context.caps.includes('read-members'));
  const titleOf = (post: string): string => directory.postTitle(post) ?? post;
  const day: PlainDate = dayOfMeeting(meeting);
  const members = file.roll?.members ?? (manages ? await membersOn(tx, meeting.roll, meeting.division, day) : []);
  const { person } = session.session;
  const names = new Map([
    ...namesOn(members),
    ...(await namesOf(tx, [
      meeting.calledBy,
      ...(meeting.chair === null ? [] : [meeting.chair]),
      ...file.counts.map((one) => one.countedBy),
      ...file.minutes.map((one) => one.writtenBy),
    ])),
  ]);
  const matters = new Map<string, VotingMatter>();
  for (const item of file.items) {
    if (item.matter === null || session.office === null || matters.has(item.matter)) continue;
    const found = await votesOfMatter(deps, tx, session, item.matter);
    if (found !== undefined) matters.set(item.matter, found);
  }
  const handed = await handedOf(
    tx,
    file.items.flatMap((item) => item.handedTo ?? []),
  );
  const items = file.items.map((item) => {
    const matter = item.matter === null ? undefined : matters.get(item.matter);
    const vote = matter?.votes.find((one) => one.stage === item.stage);
    return itemView(file, item, matter, vote, names, handed, locale);
  });
  const firstVote = file.items.flatMap((item) => {
    const found = item.matter === null ? undefined : matters.get(item.matter);
    return found?.votes.find((one) => one.stage === item.stage) ?? [];
  })[0];
  const counted = manages ? presenceIn(file, null, firstVote?.vote) : undefined;
  const { items: _, ...row } = rowView(meeting, []);
  return {
    ...row,
    note: meeting.note,
    specialReason: meeting.specialReason,
    demandedBy: meeting.demandedBy,
    calledBy: names.get(meeting.calledBy) ?? '',
    calledAt: meeting.calledAt,
    chair: meeting.chair === null ? null : (names.get(meeting.chair) ?? null),
    begunAt: meeting.begunAt,
    overAt: meeting.overAt,
    cancelledReason: meeting.cancelledReason,
    openToPublic: meeting.openToPublic,
    manages,
    me: {
      person,
      invited: await isInvited(tx, meeting.id, person),
      came: channelsOf(file).has(person),
    },
    frozen: file.roll !== undefined,
    roll: manages ? rollLines(members, file, titleOf) : [],
    presence: {
      entitled: manages ? (counted?.roll.entitled.length ?? members.length) : 0,
      present: counted?.presence.present ?? 0,
      inPerson: counted?.presence.inPerson ?? 0,
      byProxy: counted?.presence.byProxy ?? 0,
      byChannel: counted?.presence.byChannel ?? { paper: 0, phone: 0, hands: 0 },
      households: counted?.presence.households ?? { represented: 0, all: 0 },
      faults: named(counted?.faults ?? [], names).map((one) => faultView(one, locale)),
    },
    items,
    minutes: minutesView(
      file.minutes.findLast((one) => one.item === null),
      names,
    ),
    calendar: bodyCalendar(deps, tx.context.county, meeting.division, meeting.roll),
  };
};

const isInvited = async (tx: Tx, meeting: string, person: string): Promise<boolean> =>
  (await tx.first('select 1 from lx.invitation where county = $1 and meeting = $2 and person = $3', [
    tx.context.county,
    meeting,
    person,
  ])) !== undefined;
