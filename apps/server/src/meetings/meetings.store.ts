import { plainDate, type Arrival, type Instant, type PlainDate, type Proxy, type SlipCount } from '@lianxin/domain';
import { countsOf, frozenRollOf, type FrozenRoll, type Member, type StoredCount } from '../ballots/index.js';
import { momentOf } from '../matters/index.js';
import type { Tx } from '../storage/index.js';

/** A meeting as it stands. */
export interface StoredMeeting {
  readonly id: string;
  readonly division: string;
  readonly divisionName: string;
  readonly roll: string;
  readonly bodyName: string;
  readonly title: string;
  readonly meetsAt: Instant;
  readonly room: string;
  readonly note: string;
  readonly specialReason: string | null;
  readonly demandedBy: string | null;
  readonly calledBy: string;
  readonly calledAt: Instant;
  readonly party: boolean;
  readonly openToPublic: boolean;
  readonly state: 'called' | 'open' | 'over' | 'cancelled';
  readonly chair: string | null;
  readonly begunAt: Instant | null;
  readonly overAt: Instant | null;
  readonly cancelledReason: string | null;
  readonly changes: number;
}

/** The count of a vote as kept with its item. */
export interface StoredTally extends SlipCount {
  readonly form: 'hands' | 'paper';
  readonly present: number;
  readonly voting: number;
  readonly entitled: number;
  readonly households: { readonly represented: number; readonly all: number };
}

/** An item of the agenda as it stands. */
export interface StoredItem {
  readonly id: string;
  readonly meeting: string;
  readonly number: number;
  readonly title: string;
  readonly raisedBy: string | null;
  readonly matter: string | null;
  readonly stage: string | null;
  readonly state: 'waiting' | 'voting' | 'done';
  readonly form: 'hands' | 'paper' | null;
  readonly round: number;
  readonly result: 'passed' | 'rejected' | 'no-quorum' | 'concluded' | null;
  readonly tally: StoredTally | null;
  readonly conclusion: string | null;
  readonly handedTo: string | null;
}

/** One version of minutes. */
export interface StoredMinutes {
  readonly item: string | null;
  readonly version: number;
  readonly text: string;
  readonly writtenBy: string;
  readonly recordedAt: Instant;
}

/** Everything kept of one meeting, as far as the context may see it. */
export interface MeetingFile {
  readonly meeting: StoredMeeting;
  readonly items: readonly StoredItem[];
  readonly roll: FrozenRoll | undefined;
  readonly arrivals: readonly Arrival[];
  readonly proxies: readonly Proxy[];
  readonly recusals: readonly { readonly item: string; readonly person: string; readonly relation: string }[];
  readonly counts: readonly StoredCount[];
  readonly minutes: readonly StoredMinutes[];
}

const columns = `m.id, m.division, d.name as "divisionName", m.roll, m.body_name as "bodyName", m.title, m.meets_at as "meetsAt", m.room, m.note,
  m.special_reason as "specialReason", m.demanded_by as "demandedBy", m.called_by as "calledBy", m.called_at as "calledAt", m.party,
  m.open_to_public as "openToPublic", m.state, m.chair, m.begun_at as "begunAt", m.over_at as "overAt", m.cancelled_reason as "cancelledReason", m.changes`;

/** A visitor may not read who called it and who leads it. */
const publicColumns = columns.replace('m.called_by', 'null').replace('m.chair', 'null as chair');

type Row<T> = T & Record<string, unknown>;

const moment = (text: string | null): Instant | null => (text === null ? null : momentOf(text));

const meetingOf = (row: StoredMeeting): StoredMeeting => ({
  ...row,
  meetsAt: momentOf(row.meetsAt),
  calledAt: momentOf(row.calledAt),
  begunAt: moment(row.begunAt),
  overAt: moment(row.overAt),
});

/** A meeting, or undefined when the context may not see it. */
export const readMeetingRow = async (tx: Tx, id: string): Promise<StoredMeeting | undefined> => {
  const row = await tx.first<Row<StoredMeeting>>(
    `select ${columns} from lx.meeting m join lx.division d on d.code = m.division where m.county = $1 and m.id = $2`,
    [tx.context.county, id],
  );
  return row === undefined ? undefined : meetingOf(row);
};

const itemColumns = `id, meeting, number, title, raised_by as "raisedBy", matter, stage, state, form, round, result, tally, conclusion, handed_to as "handedTo"`;

/** The agendas of meetings. */
export const itemsOf = (tx: Tx, meetings: readonly string[]): Promise<StoredItem[]> =>
  tx.rows<Row<StoredItem>>(
    `select ${itemColumns} from lx.meeting_item where county = $1 and meeting = any ($2::uuid[]) order by meeting, number`,
    [tx.context.county, meetings],
  );

/** The proxies that hold: the last word on each giver decides. Pure. */
const standingProxies = (rows: readonly (Proxy & { readonly kind: 'given' | 'withdrawn' })[]): Proxy[] => {
  const last = new Map<string, Proxy & { readonly kind: 'given' | 'withdrawn' }>();
  for (const row of rows) last.set(row.giver, row);
  return [...last.values()].flatMap(({ giver, holder, kind }) => (kind === 'given' ? [{ giver, holder }] : []));
};

/** Loads a meeting with all that hangs on it; undefined when the context may not see it. */
export const loadMeeting = async (tx: Tx, id: string): Promise<MeetingFile | undefined> => {
  const meeting = await readMeetingRow(tx, id);
  if (meeting === undefined) return undefined;
  const where = [tx.context.county, id];
  const items = await itemsOf(tx, [id]);
  const ids = items.map((item) => item.id);
  const office = tx.context.role !== 'rt_resident';
  const arrivals = await tx.rows<Row<Arrival>>(
    `select person, kind, channel from lx.attendance where county = $1 and meeting = $2 order by recorded_at, id`,
    where,
  );
  const minutes = office
    ? await tx.rows<Row<StoredMinutes>>(
        `select item, version, text, written_by as "writtenBy", recorded_at as "recordedAt" from lx.minutes
         where county = $1 and meeting = $2 order by item, version`,
        where,
      )
    : [];
  return {
    meeting,
    items,
    roll: await frozenRollOf(tx, id),
    arrivals,
    proxies: office
      ? standingProxies(
          await tx.rows<Row<Proxy & { readonly kind: 'given' | 'withdrawn' }>>(
            `select giver, holder, kind from lx.proxy where county = $1 and meeting = $2 order by recorded_at, id`,
            where,
          ),
        )
      : [],
    recusals: office
      ? await tx.rows(
          `select item, person, relation from lx.recusal where county = $1 and item = any ($2::uuid[]) order by recorded_at, person`,
          [tx.context.county, ids],
        )
      : [],
    counts: office ? await countsOf(tx, ids) : [],
    minutes: minutes.map((one) => ({ ...one, recordedAt: momentOf(one.recordedAt) })),
  };
};

/** Meetings of a range of divisions between two days, or those that concern a matter, the earliest first. */
export const listMeetingRows = async (
  tx: Tx,
  query: {
    readonly lo: string;
    readonly hi: string;
    readonly from: PlainDate | null;
    readonly to: PlainDate | null;
    readonly matter?: string | undefined;
    readonly person?: string | undefined;
    readonly open?: boolean;
  },
): Promise<StoredMeeting[]> => {
  const rows = await tx.rows<Row<StoredMeeting>>(
    `select ${tx.context.role === 'rt_public' ? publicColumns : columns}
     from lx.meeting m join lx.division d on d.code = m.division
     where m.county = $1 and m.division >= $2 and m.division < $3
       and ($4::date is null or m.meets_at >= $4::date::timestamp at time zone 'Asia/Shanghai')
       and ($5::date is null or m.meets_at < ($5::date + 1)::timestamp at time zone 'Asia/Shanghai')
       and ($6::uuid is null or exists (select 1 from lx.meeting_item i where i.county = m.county and i.meeting = m.id and $6 in (i.matter, i.handed_to)))
       ${query.person === undefined ? 'and $7::uuid is null' : 'and exists (select 1 from lx.invitation v where v.county = m.county and v.meeting = m.id and v.person = $7::uuid)'}
       and (not $8 or m.open_to_public)
     order by m.meets_at, m.id limit 500`,
    [
      tx.context.county,
      query.lo,
      query.hi,
      query.from,
      query.to,
      query.matter ?? null,
      query.person ?? null,
      query.open === true,
    ],
  );
  return rows.map(meetingOf);
};

/** Whether a matter already waits for a vote of a meeting that has not ended. */
export const isOnAgenda = async (tx: Tx, matter: string, stage: string): Promise<boolean> =>
  (await tx.first(
    `select 1 from lx.meeting_item i join lx.meeting m on m.county = i.county and m.id = i.meeting
     where i.county = $1 and i.matter = $2 and i.stage = $3 and i.state <> 'done' and m.state in ('called', 'open')`,
    [tx.context.county, matter, stage],
  )) !== undefined;

/** A meeting as it is called. */
export interface NewMeeting {
  readonly id: string;
  readonly division: string;
  readonly roll: string;
  readonly bodyName: string;
  readonly title: string;
  readonly meetsAt: string;
  readonly room: string;
  readonly note: string;
  readonly specialReason: string | null;
  readonly demandedBy: string | null;
  readonly office: { readonly post: string; readonly body: string };
  readonly party: boolean;
  readonly openToPublic: boolean;
  readonly invited: readonly string[];
  readonly items: readonly NewItem[];
}

/** An item of an agenda; without a matter it is a topic that is only talked over. */
export interface NewItem {
  readonly title: string;
  readonly raisedBy: string | null;
  readonly matter: string | null;
  readonly stage: string | null;
}

/** Puts an item on the agenda under a number that nothing there has. */
export const addItem = (
  tx: Tx,
  meeting: { readonly id: string; readonly division: string },
  number: number,
  item: NewItem,
): Promise<unknown> =>
  tx.run(
    `insert into lx.meeting_item (county, id, division, meeting, number, title, raised_by, matter, stage, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting')`,
    [
      tx.context.county,
      tx.makers.newId(),
      meeting.division,
      meeting.id,
      number,
      item.title,
      item.raisedBy,
      item.matter,
      item.stage,
    ],
  );

/** Adds a meeting with its agenda and those who are told. */
export const addMeeting = async (tx: Tx, meeting: NewMeeting): Promise<void> => {
  const now = tx.makers.clock();
  const { county, uid } = tx.context;
  await tx.run(
    `insert into lx.meeting (county, id, division, roll, body_name, title, meets_at, room, note, special_reason, demanded_by, called_by, office_post,
       office_body, called_at, party, open_to_public, state, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'called', $15)`,
    [
      county,
      meeting.id,
      meeting.division,
      meeting.roll,
      meeting.bodyName,
      meeting.title,
      meeting.meetsAt,
      meeting.room,
      meeting.note,
      meeting.specialReason,
      meeting.demandedBy,
      uid,
      meeting.office.post,
      meeting.office.body,
      now,
      meeting.party,
      meeting.openToPublic,
    ],
  );
  await tx.run(
    `insert into lx.invitation (county, meeting, person, division, party, told_at)
     select $1, $2, p.id, $3, $5, $6 from unnest($4::uuid[]) as p (id)`,
    [county, meeting.id, meeting.division, meeting.invited, meeting.party, now],
  );
  for (const [at, item] of meeting.items.entries()) await addItem(tx, meeting, at + 1, item);
};

const settable = {
  meetsAt: 'meets_at',
  room: 'room',
  specialReason: 'special_reason',
  state: 'state',
  chair: 'chair',
  begunAt: 'begun_at',
  overAt: 'over_at',
  cancelledReason: 'cancelled_reason',
  changes: 'changes',
} as const;

/** Changes columns of a meeting. */
export const setMeeting = async (
  tx: Tx,
  id: string,
  set: Partial<Record<keyof typeof settable, string | number | null>>,
): Promise<void> => {
  const entries = Object.entries(set) as [keyof typeof settable, string | number | null][];
  const list = entries.map(([key], at) => `${settable[key]} = $${at + 4}`).join(', ');
  await tx.run(`update lx.meeting set ${list}, updated_at = $3 where county = $1 and id = $2`, [
    tx.context.county,
    id,
    tx.makers.clock(),
    ...entries.map(([, value]) => value),
  ]);
};

const settableOfItem = {
  state: 'state',
  form: 'form',
  round: 'round',
  result: 'result',
  tally: 'tally',
  actSeq: 'act_seq',
  conclusion: 'conclusion',
  handedTo: 'handed_to',
  openedAt: 'opened_at',
  closedAt: 'closed_at',
} as const;

/** Changes columns of an item. */
export const setItem = async (
  tx: Tx,
  id: string,
  set: Partial<Record<keyof typeof settableOfItem, string | number | null>>,
): Promise<void> => {
  const entries = Object.entries(set) as [keyof typeof settableOfItem, string | number | null][];
  const list = entries.map(([key], at) => `${settableOfItem[key]} = $${at + 3}`).join(', ');
  await tx.run(`update lx.meeting_item set ${list} where county = $1 and id = $2`, [
    tx.context.county,
    id,
    ...entries.map(([, value]) => value),
  ]);
};

/** Adds lines of attendance in one statement. */
export const addArrivals = async (
  tx: Tx,
  meeting: Pick<StoredMeeting, 'id' | 'division'>,
  arrivals: readonly (Arrival & { readonly reason: string })[],
  recordedBy: string | null,
): Promise<void> => {
  await tx.run(
    `insert into lx.attendance (county, id, division, meeting, person, kind, channel, reason, recorded_by, recorded_at)
     select $1, a.id, $2, $3, a.person, a.kind, a.channel, a.reason, $5, $6
     from jsonb_to_recordset($4::jsonb) as a (id uuid, person uuid, kind text, channel text, reason text)`,
    [
      tx.context.county,
      meeting.division,
      meeting.id,
      JSON.stringify(arrivals.map((arrival) => ({ ...arrival, id: tx.makers.newId() }))),
      recordedBy,
      tx.makers.clock(),
    ],
  );
};

/** Adds a proxy, or takes it back. */
export const addProxy = async (
  tx: Tx,
  meeting: Pick<StoredMeeting, 'id' | 'division'>,
  proxy: Proxy & { readonly kind: 'given' | 'withdrawn' },
): Promise<void> => {
  await tx.run(
    `insert into lx.proxy (county, id, division, meeting, giver, holder, kind, recorded_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.context.county,
      tx.makers.newId(),
      meeting.division,
      meeting.id,
      proxy.giver,
      proxy.holder,
      proxy.kind,
      tx.context.uid,
      tx.makers.clock(),
    ],
  );
};

/** Adds somebody who stands aside in one vote; a second word on the same person changes nothing. */
export const addRecusal = async (
  tx: Tx,
  item: { readonly id: string; readonly division: string },
  person: string,
  relation: string,
): Promise<void> => {
  await tx.run(
    `insert into lx.recusal (county, item, person, division, relation, recorded_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [tx.context.county, item.id, person, item.division, relation, tx.context.uid, tx.makers.clock()],
  );
};

/** Adds a version of minutes. */
export const addMinutes = async (
  tx: Tx,
  meeting: Pick<StoredMeeting, 'id' | 'division'>,
  minutes: { readonly item: string | null; readonly version: number; readonly text: string },
): Promise<void> => {
  await tx.run(
    `insert into lx.minutes (county, id, division, meeting, item, version, text, written_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.context.county,
      tx.makers.newId(),
      meeting.division,
      meeting.id,
      minutes.item,
      minutes.version,
      minutes.text,
      tx.context.uid,
      tx.makers.clock(),
    ],
  );
};

/** Lets one command at a time decide about a meeting. */
export const decideAlone = async (tx: Tx, meeting: string): Promise<void> => {
  await tx.rows(`select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || 'meeting' || chr(31) || $2, 1))`, [
    tx.context.county,
    meeting,
  ]);
};

/** Names of persons as their roll, their offices or the register have them, as far as the context may see. */
export const namesOf = async (tx: Tx, persons: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const rows = await tx.rows<{ id: string; name: string }>(
    `select id, name from lx.person where county = $1 and id = any ($2::uuid[])`,
    [tx.context.county, [...new Set(persons)]],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
};

/** Persons of the register, to be added to a roll. */
export const membersById = async (tx: Tx, persons: readonly string[]): Promise<Member[]> =>
  (
    await tx.rows<{ person: string; name: string; sex: string | null; household: string | null }>(
      `select p.id as person, p.name, p.sex, h.household from lx.person p
       left join lx.household_member h on h.county = p.county and h.person = p.id and h.valid_to is null
       where p.county = $1 and p.id = any ($2::uuid[]) order by p.id`,
      [tx.context.county, persons],
    )
  ).map(({ sex, ...rest }) => ({ ...rest, posts: [], groups: sex === 'female' ? ['women'] : [] }));

/** The day of a meeting in the county. */
export const dayOfMeeting = (meeting: Pick<StoredMeeting, 'meetsAt'>): PlainDate =>
  plainDate(new Date(Date.parse(meeting.meetsAt) + 8 * 3_600_000).toISOString().slice(0, 10));
