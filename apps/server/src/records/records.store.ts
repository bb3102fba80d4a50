import type { ChangedValues, FieldValues, GuardedRecord, Instant, PlainDate, RecordChange } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';

/** A record as it stands. */
export interface StoredRecord {
  readonly id: string;
  readonly division: string;
  readonly divisionName: string;
  readonly register: string;
  readonly fields: FieldValues;
  readonly since: string;
  readonly endedOn: string | null;
  readonly version: number;
}

/** A change as kept, with the office that made it. */
export interface StoredChange extends RecordChange {
  readonly by: string;
}

const columns = `r.id, r.division, d.name as "divisionName", r.register, r.fields, r.since, r.ended_on as "endedOn", r.version`;

/** Records of a register in a range, by id, from after one on. */
export const listStored = (
  tx: Tx,
  query: {
    readonly register: string;
    readonly lo: string;
    readonly hi: string;
    /** Single divisions besides the range: what a merged village took over. */
    readonly before?: readonly string[] | undefined;
    readonly after: string | null;
    readonly limit: number;
    readonly ended: boolean;
  },
): Promise<StoredRecord[]> =>
  tx.rows<StoredRecord & Record<string, unknown>>(
    `select ${columns} from lx.record r join lx.division d on d.code = r.division
     where r.county = $1 and r.register = $2 and (r.division >= $3 and r.division < $4 or r.division = any ($8::text[]))
       and ($5::uuid is null or r.id > $5) and (r.ended_on is not null) = $7 order by r.id limit $6`,
    [tx.context.county, query.register, query.lo, query.hi, query.after, query.limit, query.ended, query.before ?? []],
  );

/** What stands in a register, in the whole range of the context: what guards compare with. */
export const standingRecords = (tx: Tx, register: string): Promise<GuardedRecord[]> =>
  tx.rows<GuardedRecord & Record<string, unknown>>(
    `select id, fields from lx.record where county = $1 and register = $2 and ended_on is null order by id`,
    [tx.context.county, register],
  );

/** One record, or undefined when it is not in range. */
export const storedRecord = (tx: Tx, id: string): Promise<StoredRecord | undefined> =>
  tx.first<StoredRecord & Record<string, unknown>>(
    `select ${columns} from lx.record r join lx.division d on d.code = r.division where r.county = $1 and r.id = $2`,
    [tx.context.county, id],
  );

/** Every change of a record, with the name of the office that made it. */
export const changesOf = (tx: Tx, record: string): Promise<StoredChange[]> =>
  tx.rows<StoredChange & Record<string, unknown>>(
    `select c.id, c.kind, c.valid_from as on, c.recorded_at as "recordedAt", c.reason, c.fields as values, c.corrects,
       coalesce(b.name, '') || coalesce(' ' || p.title, '') as by
     from lx.record_change c
     left join lx.body b on b.county = c.county and b.id = c.office_body
     left join lx.post p on p.id = c.office_post
     where c.county = $1 and c.record = $2 order by c.valid_from, c.recorded_at, c.id`,
    [tx.context.county, record],
  );

/** Lets one command at a time decide about a register, so that two that each see a free place do not both take it. */
export const decideAlone = async (tx: Tx, register: string): Promise<void> => {
  await tx.rows(`select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || 'register' || chr(31) || $2, 1))`, [
    tx.context.county,
    register,
  ]);
};

/** A new record as it goes in. */
export interface NewRecord {
  readonly id: string;
  readonly change: string;
  readonly fields: FieldValues;
}

/** Who makes the changes, in which command. */
export interface Maker {
  readonly post: string;
  readonly body: string;
  readonly commandId: string;
}

/** Adds records with their first change: two statements, however many they are. */
export const addRecords = async (
  tx: Tx,
  maker: Maker,
  entry: { readonly register: string; readonly division: string; readonly on: PlainDate; readonly reason: string },
  records: readonly NewRecord[],
): Promise<void> => {
  const now = tx.makers.clock();
  const fields = JSON.stringify(records.map((each) => each.fields));
  const ids = records.map((each) => each.id);
  await tx.run(
    `insert into lx.record (county, id, division, register, fields, since, version, recorded_at, updated_at)
     select $1, e.id, $4, $5, $3::jsonb -> (e.at - 1)::int, $6, 1, $7, $7 from unnest($2::uuid[]) with ordinality as e (id, at)`,
    [tx.context.county, ids, fields, entry.division, entry.register, entry.on, now],
  );
  await tx.run(
    `insert into lx.record_change (county, id, division, record, kind, valid_from, fields, reason, person, office_post, office_body,
       command_id, recorded_at)
     select $1, e.change, $5, e.id, 'enter', $6, $4::jsonb -> (e.at - 1)::int, $7, $8, $9, $10, $11, $12
     from unnest($2::uuid[], $3::uuid[]) with ordinality as e (id, change, at)`,
    [
      tx.context.county,
      ids,
      records.map((each) => each.change),
      fields,
      entry.division,
      entry.on,
      entry.reason,
      tx.context.uid,
      maker.post,
      maker.body,
      maker.commandId,
      now,
    ],
  );
};

/** Adds one change to a record. */
export const addChange = async (
  tx: Tx,
  maker: Maker,
  record: Pick<StoredRecord, 'id' | 'division'>,
  change: {
    readonly id: string;
    readonly kind: RecordChange['kind'];
    readonly on: PlainDate;
    readonly values: ChangedValues;
    readonly reason: string;
    readonly corrects?: string | undefined;
    readonly recordedAt: Instant;
  },
): Promise<void> => {
  await tx.run(
    `insert into lx.record_change (county, id, division, record, kind, valid_from, fields, reason, corrects, person, office_post,
       office_body, command_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      tx.context.county,
      change.id,
      record.division,
      record.id,
      change.kind,
      change.on,
      JSON.stringify(change.values),
      change.reason,
      change.corrects ?? null,
      tx.context.uid,
      maker.post,
      maker.body,
      maker.commandId,
      change.recordedAt,
    ],
  );
};

/** Writes what a record says after its changes; gives whether the row was there and still had the version that was read. */
export const putStanding = async (
  tx: Tx,
  record: Pick<StoredRecord, 'id' | 'version'>,
  standing: { readonly fields: FieldValues; readonly since: string; readonly endedOn: string | null },
): Promise<boolean> => {
  const changed = await tx.run(
    `update lx.record set fields = $4, since = $5, ended_on = $6, version = version + 1, updated_at = $7
     where county = $1 and id = $2 and version = $3`,
    [
      tx.context.county,
      record.id,
      record.version,
      JSON.stringify(standing.fields),
      standing.since,
      standing.endedOn,
      tx.makers.clock(),
    ],
  );
  return changed === 1;
};
