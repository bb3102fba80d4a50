import { setImmediate } from 'node:timers/promises';
import { calendarOn, countyDate, deriveProgress, ruleSchemas, type Holidays, type Procedure } from '@lianxin/domain';
import type { PackBody } from '../policy-packs/index.js';
import { answersFor } from '../policy-packs/index.js';
import type { DerivedRows, Projection, Read } from '../storage/projection.js';
import { directoryOf, type Directory, type KnownBody, type KnownDivision } from './directory.js';
import { dayOf, hexOf, momentOf, recordOf, type MatterFile } from './matter-file.js';
import { projectionOf } from './projection.js';

const times = ['accepted_at', 'claimed_at', 'rated_at', 'ended_at'] as const;

/** Moments as one text whatever wrote them. */
const isoText = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const iso = (column: string): string => `${isoText(column)} as ${column}`;

const standing = `select county, id, version, state, stage, level, holder_post, holder_body, holder_person, first_contact, due::text as due, provisional,
  result, settled, confirmed_by, disputes, breaches, rating, kind, ${times.map(iso).join(', ')} from lx.matter`;

/** A body with the moments between which the server knew it as standing. */
interface DatedBody extends KnownBody {
  readonly county: string;
  readonly valid_to: string | null;
  readonly known_from: string;
  readonly ended_at: string | null;
}

const bodiesWithMoments = `select b.county, b.id, b.division, b.kind, b.code, b.name, b.valid_to::text as valid_to,
    ${isoText('b.recorded_at')} as known_from,
    case when b.valid_to is not null then (select max(${isoText('j.recorded_at')}) from lx.journal_entry j
      where j.county = b.county and j.kind = 'body.change' and j.pub->>'change' = 'end' and j.pub->>'body' = b.id::text) end as ended_at
  from lx.body b order by b.division, b.id`;

/**
 * The directory of a county as the server knew it at a moment: a matter was given to a body of that day, and a body that was entered
 * or ended since, even with an earlier date, changes nothing about who holds it.
 */
const directories = async (read: Read): Promise<(county: string, moment: string) => Directory> => {
  const divisions = await read<KnownDivision & { county: string } & Record<string, unknown>>(
    'select code, name, level, county from lx.division where county is not null',
  );
  const bodies = await read<DatedBody & Record<string, unknown>>(bodiesWithMoments);
  const standsAt = (body: DatedBody, moment: string): boolean =>
    body.known_from <= moment &&
    (body.valid_to === null || body.valid_to > dayOf(moment) || (body.ended_at ?? '') > moment);
  const byCounty = new Map<string, DatedBody[]>();
  for (const body of bodies) byCounty.set(body.county, [...(byCounty.get(body.county) ?? []), body]);
  const turns = new Map(
    [...byCounty].map(([county, own]) => [
      county,
      [...new Set(own.flatMap((one) => [one.known_from, one.ended_at ?? '', one.valid_to ?? '']))].toSorted(),
    ]),
  );
  const entered = new Map(
    [...byCounty].map(([county, own]) => [county, own.map((one) => one.known_from).toSorted()[0] ?? '']),
  );
  const made = new Map<string, Directory>();
  return (county, moment) => {
    // A matter replayed from before its county's bodies were entered was given to the first ones there were.
    const first = entered.get(county) ?? '';
    const when = moment < first ? first : moment;
    // Bodies seldom change, so a few directories answer for all matters: one for each turn in the county's bodies.
    const key = `${county} ${turns.get(county)?.findLastIndex((one) => one <= when)}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const mine = directoryOf(
      divisions.filter((one) => one.county === county),
      (byCounty.get(county) ?? []).filter((one) => standsAt(one, when)),
    );
    made.set(key, mine);
    return mine;
  };
};

const procedures = async (read: Read): Promise<(hash: string, id: string, on: string) => Procedure | undefined> => {
  const rows = await read<{ hash: string; body: PackBody }>(
    `select encode(hash, 'hex') as hash, body from lx.pack_version`,
  );
  const bodies = new Map(rows.map((row) => [row.hash, row.body]));
  const parsed = new Map<unknown, Procedure>();
  return (hash, id, on) => {
    const rule = bodies
      .get(hash)
      ?.rules.find((one) => one.kind === 'procedure' && one.id === id && answersFor(one.inForce, on));
    if (rule === undefined) return undefined;
    const known = parsed.get(rule) ?? ruleSchemas.procedure.parse(rule.rule);
    parsed.set(rule, known);
    return known;
  };
};

const norm = (moment: string | null): string | null =>
  moment === null ? null : new Date(Date.parse(moment)).toISOString();

/** Matters of a batch: its answer fits into the buffers of the connection, so the database writes it while the one before is worked on. */
const batchSize = 100;

interface Filed extends Record<string, unknown> {
  readonly county: string;
  readonly id: string;
  readonly file: MatterFile;
}

const filesAfter = (read: Read, last: Filed | undefined): Promise<Filed[]> =>
  read<Filed>(
    `select county, id, file from lx.matter_files
     where $1::text is null or (county, id) > ($1::text, $2::uuid) order by county, id limit ${batchSize}`,
    [last?.county ?? null, last?.id ?? null],
  );

/** All files in batches, the next one asked for while one is worked on: two cores work where there are two. */
async function* filesInBatches(read: Read): AsyncGenerator<readonly Filed[]> {
  let batch = await filesAfter(read, undefined);
  while (batch.length > 0) {
    const next = filesAfter(read, batch.at(-1));
    // Where it fails, `await next` says so; until then nobody listens, and Node would end the process.
    next.catch(() => undefined);
    // The question leaves this process before the work that nothing interrupts begins.
    await setImmediate();
    yield batch;
    batch = await next;
  }
}

/** Rows of the projection, derived from the facts alone: what was opened, and the acts. */
const derived = (holidays: () => Holidays): DerivedRows =>
  async function* (read) {
    const directory = await directories(read);
    const procedure = await procedures(read);
    const known = holidays();
    for await (const batch of filesInBatches(read)) {
      for (const { file } of batch) {
        const { matter } = file;
        const rule = procedure(hexOf(matter.pack_hash), matter.procedure, dayOf(matter.opened_at));
        if (rule === undefined) continue;
        const seen = momentOf(matter.updated_at);
        const progress = deriveProgress(rule, recordOf(file), calendarOn(known, countyDate(seen)), seen);
        const { next_check: _schedule, ...row } = projectionOf({
          procedure: rule,
          progress,
          acts: file.acts,
          place: matter.place,
          kind: matter.kind,
          directory: directory(matter.county, norm(seen) ?? seen),
          postings: [],
          seen,
        });
        yield {
          county: matter.county,
          id: matter.id,
          ...row,
          accepted_at: norm(row.accepted_at),
          claimed_at: norm(row.claimed_at),
          rated_at: norm(row.rated_at),
          ended_at: norm(row.ended_at),
        };
      }
    }
  };

/** What `lianxin rebuild --check` compares for matters: their state, and the counters of the villages. */
export const mattersProjections = (holidays: () => Holidays): readonly Projection[] => [
  { name: 'matter', version: 1, key: ['county', 'id'], standing, derived: derived(holidays) },
  {
    name: 'matter-count',
    version: 1,
    key: ['county', 'division'],
    standing: `select county, division, sum(opened)::int as opened, sum(open)::int as open, sum(paused)::int as paused, sum(ended)::int as ended
      from lx.matter_count group by county, division`,
    derived: `select county, village as division, count(*)::int as opened, count(*) filter (where state = 'open')::int as open,
        count(*) filter (where state = 'paused')::int as paused, count(*) filter (where state = 'ended')::int as ended
      from lx.matter where barred is null group by county, village`,
  },
];
