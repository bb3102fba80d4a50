import { countyDate, type Arrival, type Instant, type PlainDate, type Proxy, type SlipCount } from '@lianxin/domain';
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
export const dayOfMeeting = (meeting: Pick<StoredMeeting, 'meetsAt'>): PlainDate => countyDate(meeting.meetsAt);
