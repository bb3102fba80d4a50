import type { Arrival, Proxy } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';
import type { StoredMeeting } from './meetings.store.js';

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
