import {
  addDays,
  addMilliseconds,
  closePrivateDay,
  countyDate,
  daysBetween,
  endOfCountyDay,
  formatNoteKey,
  leafByteLimit,
  laterOf,
  leafProblems,
  logLeaf,
  originOf,
  plainDate,
  publicLeaf,
  startOfCountyDay,
  toBase64Url,
  yearOf,
  type Instant,
  type PlainDate,
} from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { inContext, type Tx } from '../storage/index.js';
import { auditDayOf } from './audit-day.js';
import { entryOf, type EntryRow } from './entry.js';
import { openBuilder, type LogBuilder } from './log-builder.js';
import {
  closeDay,
  freezeYear,
  insertYear,
  lockLog,
  logContext,
  newestYear,
  waitingBefore,
  waitingPublic,
  type LogYear,
} from './log.store.js';
import { sha256 } from './sha256.js';
import { signingKey } from './signing-key.js';
import { readRoot } from './tree-reader.js';

/** What one run of the sequencer did. */
export interface Sealed {
  readonly leaves: number;
  readonly entries: number;
}

/** Most public acts in one transaction; a long one would hold back the next. */
const batchSize = 1000;

/** A day is closed this long after midnight, so that what commits a moment late still joins its own day. */
const closingDelay = 10 * 60_000;

/** Days without any entry get a leaf too, so that none shows that nothing came; older gaps mean the server was off. */
const mostEmptyDays = 31;

/** One thing to be sealed, at its place in time. */
type Unit =
  | { readonly at: Instant; readonly kind: 'act'; readonly row: EntryRow }
  | { readonly at: Instant; readonly kind: 'day'; readonly day: PlainDate; readonly rows: readonly EntryRow[] };

/**
 * Seals 入册 everything of a county that may be sealed now: public acts one by one, private entries as the shuffled leaf of
 * their day. Any number of servers may call it at once; one works, the others wait and then find nothing left to do.
 */
export const sealCounty = async (deps: Deps, county: string): Promise<Sealed> => {
  let leaves = 0;
  let entries = 0;
  for (;;) {
    const sealed = await inContext(deps, logContext(county), async (tx) => sealBatch(tx, deps, county));
    leaves += sealed.leaves;
    entries += sealed.entries;
    if (!sealed.more) return { leaves, entries };
  }
};

const sealBatch = async (tx: Tx, deps: Deps, county: string): Promise<Sealed & { more: boolean }> => {
  await lockLog(tx, county);
  const now = deps.clock();
  const current = await newestYear(tx, county);
  const { units, more } = await unitsOf(tx, county, now, current);
  const [first] = units;
  if (first === undefined) return { leaves: 0, entries: 0, more: false };

  let log = current ?? (await openYear(tx, deps, county, yearOf(dayOf(first)), addDays(dayOf(first), -1), now));
  let builder = await openBuilder(tx, county, log.year);
  if (current === undefined) await appendOpening(builder, county, log, undefined, now);
  let closed = plainDate(log.closed_day);
  let leaves = 0;
  let entries = 0;
  for (const unit of units) {
    const year = yearOf(dayOf(unit));
    if (year > log.year) {
      leaves += await builder.flush(now);
      const previous = { origin: log.origin, size: builder.size(), year: log.year };
      const root = await readRoot(tx, { county, year: log.year, size: previous.size });
      await freezeYear(tx, county, log.year, now);
      log = await openYear(tx, deps, county, year, closed, now);
      builder = await openBuilder(tx, county, year);
      await appendOpening(builder, county, log, { ...previous, root }, now);
    }
    const ends = unit.kind === 'day' && unit.day > closed;
    if (unit.kind === 'day') closed = laterOf(closed, unit.day);
    entries +=
      unit.kind === 'act' ? await sealAct(builder, tx, unit.row) : await sealDay(builder, tx, deps, county, unit);
    if (ends) await sealReadings(builder, tx, county, unit);
  }
  leaves += await builder.flush(now);
  return { leaves, entries, more };
};

/** Older first; the end of a day before what happened at that very moment. */
const inOrder = (a: Unit, b: Unit): number =>
  Date.parse(a.at) - Date.parse(b.at) || Number(a.kind === 'act') - Number(b.kind === 'act');

/** The day, county time, to which a unit belongs. */
const dayOf = (unit: Unit): PlainDate => (unit.kind === 'day' ? unit.day : countyDate(unit.at));

/** Room that the fixed keys of a leaf, its head and its receipt mark take at most, in bytes. */
const fixedRoom = 500;

/** Room of one more commitment with its field's name. */
const commitmentRoom = 128;

/** An act that can be a leaf of its own: its public part fits its kind, and it is not too long. */
const isPublishable = (row: EntryRow): boolean =>
  row.leaf === 'public' &&
  leafProblems(row.kind, row.pub).length === 0 &&
  fixedRoom + Object.keys(row.private).length * commitmentRoom + Buffer.byteLength(JSON.stringify(row.pub)) <=
    leafByteLimit;

const unitsOf = async (
  tx: Tx,
  county: string,
  now: Instant,
  current: LogYear | undefined,
): Promise<{ units: Unit[]; more: boolean }> => {
  const acts: EntryRow[] = [];
  let more = false;
  for (let last: EntryRow | undefined; acts.length === 0;) {
    const rows = await waitingPublic(tx, county, last, batchSize);
    acts.push(...rows.filter((row) => isPublishable(row)));
    more = rows.length === batchSize;
    last = rows.at(-1);
    if (!more) break;
  }
  const lastAct = acts.at(-1)?.recorded_at;
  const days = await closedDays(tx, county, now, current);
  const units: Unit[] = [
    ...acts.map((row): Unit => ({ at: row.recorded_at as Instant, kind: 'act', row })),
    // While acts remain for the next batch, a day after them has to wait: a year's last day must not overtake its acts.
    ...days.filter((unit) => !more || lastAct === undefined || Date.parse(unit.at) <= Date.parse(lastAct)),
  ];
  return { units: units.toSorted(inOrder), more };
};

/** The days that are over: with the entries that wait for them, and those in which nothing came. */
const closedDays = async (
  tx: Tx,
  county: string,
  now: Instant,
  current: LogYear | undefined,
): Promise<Extract<Unit, { kind: 'day' }>[]> => {
  const today = countyDate(addMilliseconds(now, -closingDelay));
  const byDay = new Map<PlainDate, EntryRow[]>();
  if (current !== undefined) {
    const from = addDays(plainDate(current.closed_day), 1);
    const gap = daysBetween(from, today);
    for (let day = gap > mostEmptyDays ? addDays(today, -mostEmptyDays) : from; day < today; day = addDays(day, 1)) {
      byDay.set(day, []);
    }
  }
  for (const row of await waitingBefore(tx, county, startOfCountyDay(today))) {
    if (isPublishable(row)) continue;
    const day = countyDate(row.recorded_at as Instant);
    byDay.set(day, [...(byDay.get(day) ?? []), row]);
  }
  return [...byDay].map(([day, rows]) => ({ at: endOfCountyDay(day), kind: 'day', day, rows }));
};

const sealAct = async (builder: LogBuilder, tx: Tx, row: EntryRow): Promise<number> => {
  const place = await builder.nextPlace(row.division);
  const index = builder.append(publicLeaf(sha256, entryOf(row, tx.makers.random), place));
  builder.mark(row.id, index, null);
  return 1;
};

const sealDay = async (
  builder: LogBuilder,
  tx: Tx,
  deps: Deps,
  county: string,
  unit: Extract<Unit, { kind: 'day' }>,
): Promise<number> => {
  for (const row of unit.rows.filter((waiting) => waiting.leaf === 'public')) {
    const problems = leafProblems(row.kind, row.pub).join('; ');
    deps.log('error', 'public-leaf-refused', { entry: row.id, kind: row.kind, problems });
  }
  const { random } = tx.makers;
  const entries = unit.rows.map((row) => entryOf(row, random));
  const day = closePrivateDay(sha256, unit.day, entries, random);
  const division = `${county}000000`;
  const place = await builder.nextPlace(division);
  const index = builder.append(logLeaf('private.day', { at: unit.at, division, pub: { ...day.pub } }, place));
  for (const [position, { text, entry }] of day.places.entries()) {
    builder.place({ index, position, entry: text });
    if (entry !== null) builder.mark(entry.id, index, position);
  }
  await closeDay(tx, county, builder.year, unit.day);
  return entries.length;
};

/** The readings of personal data of a day that has just ended; a day without any needs no leaf. */
const sealReadings = async (
  builder: LogBuilder,
  tx: Tx,
  county: string,
  unit: Extract<Unit, { kind: 'day' }>,
): Promise<void> => {
  const audit = await auditDayOf(tx, county, unit.day);
  if (audit.rows === 0) return;
  const division = `${county}000000`;
  const pub = { day: unit.day, ...audit };
  builder.append(logLeaf('audit.day', { at: unit.at, division, pub }, await builder.nextPlace(division)));
};

const openYear = async (
  tx: Tx,
  deps: Deps,
  county: string,
  year: number,
  closedDay: PlainDate,
  now: Instant,
): Promise<LogYear> => {
  const origin = originOf(new URL(deps.config.origin).hostname, county, year);
  const key = formatNoteKey(signingKey(deps.keys, county).named(origin));
  const log: LogYear = { county, year, origin, key, closed_day: closedDay, frozen_at: null };
  await insertYear(tx, log, now);
  return log;
};

/** The first leaf of a log: it names the log, and commits to the end of the year before. */
const appendOpening = async (
  builder: LogBuilder,
  county: string,
  log: LogYear,
  previous: { readonly origin: string; readonly size: number; readonly root: Uint8Array } | undefined,
  now: Instant,
): Promise<void> => {
  const division = `${county}000000`;
  const pub = {
    origin: log.origin,
    ...(previous === undefined
      ? {}
      : { previous: { origin: previous.origin, root: toBase64Url(previous.root), size: previous.size } }),
  };
  builder.append(logLeaf('log.open', { at: now, division, pub }, await builder.nextPlace(division)));
};
