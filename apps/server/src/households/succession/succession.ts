import { randomBytes } from 'node:crypto';
import {
  countyDate,
  fault,
  levelOf,
  ok,
  parentOf,
  plainDate,
  refuse,
  SuccessorLink,
  type Fault,
  type Result,
} from '@lianxin/domain';
import type { Makers } from '../../deps.js';
import { counterpartOf, endInFavour, renameBodies, setUpBodies, standingBodies } from './bodies.js';
import {
  addVillage,
  countsOf,
  endVillages,
  followHouseholds,
  freeGridCodes,
  linkVillages,
  moveRows,
  readVillages,
  standingTables,
  type Counts,
  type OwnerDb,
  type Village,
  type Work,
} from './succession.store.js';

/** A village that a merge or split leaves; a code that goes on is named again. */
export interface SuccessorVillage {
  readonly code: string;
  readonly name: string;
  readonly kind?: 'village' | 'community' | undefined;
}

/** A merge 合并: the first village named leads, its bodies go on with their holders. */
export interface Merge {
  readonly from: readonly string[];
  readonly to: SuccessorVillage;
  readonly on: string;
  readonly source: string;
}

/** A split 拆分 along grids: the first successor keeps the files and everything no other is given. */
export interface Split {
  readonly from: string;
  readonly to: readonly (SuccessorVillage & { readonly grids?: readonly string[] | undefined })[];
  readonly on: string;
  readonly source: string;
}

/** What was done, and the figures before and after, which are the same. */
export interface Succession {
  readonly before: Counts;
  readonly after: Counts;
  /** Posts that ended with nobody following. */
  readonly ended: readonly { readonly post: string; readonly name: string }[];
}

interface Plan {
  readonly kind: 'merge' | 'split';
  readonly from: readonly string[];
  readonly to: readonly SuccessorVillage[];
  readonly on: string;
}

const wrong = (reason: string): Fault => fault('succession-wrong', { reason });

/** Old and new villages against the list: all in one township, old ones standing, new codes free. */
const checkPlan = (plan: Plan, known: readonly Village[], today: string): Fault | undefined => {
  const codes = plan.to.map((one) => one.code);
  const link = SuccessorLink.safeParse({ kind: plan.kind, on: plan.on, from: [...plan.from], to: codes });
  if (!link.success)
    return wrong(plan.kind === 'merge' ? '合并须有两个以上的原村和一个新村' : '拆分须有一个原村和两个以上的新村');
  if (plan.on > today) return fault('date-in-future', { field: '撤并日期' });
  for (const code of plan.from) {
    const village = known.find((one) => one.code === code);
    if (village === undefined) return fault('unknown-division', { code });
    if (village.validTo !== null) return fault('division-ended', { code, on: village.validTo, successors: '—' });
    if (village.validFrom >= plan.on) return fault('period-reversed', { from: village.validFrom, to: plan.on });
  }
  const townships = new Set([...plan.from, ...codes].map((code) => parentOf(code)));
  if (townships.size !== 1 || codes.some((code) => levelOf(code) !== 'village'))
    return wrong('原村和新村须在同一乡镇（街道）');
  const used = codes.find((code) => !plan.from.includes(code) && known.some((one) => one.code === code));
  return used === undefined ? undefined : fault('division-code-taken', { code: used });
};

/** The public log says that villages merged or split; which ones is committed to, and public by the list of divisions anyway. */
const journal = async (work: Work, division: string, plan: Plan): Promise<void> => {
  const fields = { from: plan.from.join(' '), to: plan.to.map((one) => one.code).join(' '), on: plan.on };
  await work.db.query(
    `insert into lx.journal_entry (county, id, kind, division, pub, private, seed, leaf, recorded_at)
     values ($1, $2, 'body.change', $3, $4, $5, $6, 'public', $7)`,
    [
      work.county,
      work.makers.newId(),
      division,
      JSON.stringify({ kind: 'village', change: plan.kind }),
      JSON.stringify(fields),
      randomBytes(16),
      work.makers.clock(),
    ],
  );
};

/** Begins, checks, works, compares the figures, commits; undone as a whole when a rule refuses or the figures differ. */
const carryThrough = async (
  db: OwnerDb,
  makers: Makers,
  plan: Plan,
  work: (at: Work, known: readonly Village[]) => Promise<Result<Succession['ended']>>,
): Promise<Result<Succession>> => {
  await db.query('begin');
  const undo = async (one: Fault): Promise<Result<Succession>> => {
    await db.query('rollback');
    return refuse(one);
  };
  try {
    await db.query('select pg_advisory_xact_lock(7135204)');
    const codes = [...new Set([...plan.from, ...plan.to.map((one) => one.code)])];
    const known = await readVillages(db, codes);
    const bad = checkPlan(plan, known, countyDate(makers.clock()));
    if (bad !== undefined) return await undo(bad);
    const at: Work = { db, makers, county: codes[0]?.slice(0, 6) ?? '', on: plainDate(plan.on) };
    const before = await countsOf(at, codes);
    const done = await work(at, known);
    if (!done.ok) return await undo(done.faults[0] ?? wrong('未知'));
    const after = await countsOf(at, codes);
    if (JSON.stringify(before) !== JSON.stringify(after))
      throw new Error(`a ${plan.kind} changed totals: ${JSON.stringify({ before, after })}`);
    await journal(at, plan.to[0]?.code ?? '', plan);
    await db.query('commit');
    return ok({ before, after, ended: done.value });
  } catch (error) {
    await db.query('rollback');
    throw error;
  }
};

/** Everything that stands in a village goes on in another; bodies are the caller's to decide. */
const moveVillage = async (work: Work, from: string, to: string): Promise<void> => {
  await freeGridCodes(work, from, to);
  // Two main stations cannot stand in one village; the merged village chooses again (by its two scores).
  await work.db.query(
    `update lx.convenience_station set is_main = false where county = $1 and division = $2 and valid_to is null
       and exists (select from lx.convenience_station o where o.county = $1 and o.division = $3 and o.is_main and o.valid_to is null)`,
    [work.county, from, to],
  );
  for (const table of standingTables) await moveRows(work, table, from, to);
  await moveRows(work, 'household_card', from, to);
  await followHouseholds(work, from, to);
  await work.db.query(
    `update lx.village_standing set valid_to = greatest($3::date, valid_from + 1) where county = $1 and division = $2 and valid_to is null`,
    [work.county, from, work.on],
  );
};

/** Rules that a village switched on for itself hold where it went. */
const carryActivations = async ({ db, county, on, makers }: Work, from: string, to: string): Promise<void> => {
  await db.query(
    `insert into lx.pack_activation (county, id, division, pack, version_hash, valid_from, recorded_at)
     select county, gen_random_uuid(), $3, pack, version_hash, $4, $5 from lx.pack_activation a
     where county = $1 and division = $2 and (valid_to is null or valid_to > $4::date)
       and not exists (select from lx.pack_activation o where o.county = $1 and o.division = $3 and o.pack = a.pack)`,
    [county, from, to, on, makers.clock()],
  );
};

const nameVillage = async ({ db }: Work, to: SuccessorVillage): Promise<void> => {
  await db.query(`update lx.division set name = $2, short_name = $2, kind = coalesce($3, kind) where code = $1`, [
    to.code,
    to.name,
    to.kind ?? null,
  ]);
};

/**
 * Merges villages 合村: the old ones end on the day with the new one as successor. What stands goes on under the new code; what
 * happened (matters, receipts, journal, records) stays under the old, and the new village's offices read and answer for it.
 *
 * The first village's bodies go on with their holders; a body of which the new village can have one only ends in the others, in favour
 * of it. Totals before and after are compared inside the transaction. Refuses `succession-wrong`, `unknown-division`,
 * `division-ended`, `division-code-taken`, `date-in-future`, `period-reversed`.
 */
export const mergeVillages = (db: OwnerDb, makers: Makers, merge: Merge): Promise<Result<Succession>> =>
  carryThrough(db, makers, { kind: 'merge', ...merge, to: [merge.to] }, async (work, known) => {
    const { to, source } = merge;
    const lead = known.find((one) => one.code === merge.from[0]);
    if (lead === undefined) return refuse(fault('unknown-division', { code: merge.from[0] ?? '' }));
    const goesOn = merge.from.includes(to.code);
    if (!goesOn) await addVillage(work, { ...to, kind: to.kind ?? lead.kind, parent: lead.parent }, source);
    // Whoever leads comes first, so that its bodies are the ones the others end in favour of.
    const order = [lead.code, ...merge.from.filter((code) => code !== lead.code)];
    const ended: { post: string; name: string }[] = [];
    const kept: Awaited<ReturnType<typeof standingBodies>> = [];
    for (const code of order) {
      for (const body of await standingBodies(work, code)) {
        const counterpart = counterpartOf(body, kept);
        if (counterpart === undefined) kept.push(body);
        else ended.push(...(await endInFavour(work, body, counterpart, to.code)));
      }
    }
    for (const code of order.filter((one) => one !== to.code)) {
      await moveVillage(work, code, to.code);
      await carryActivations(work, code, to.code);
      await linkVillages(work, { code, successor: to.code, cause: 'merge', takesFiles: true }, source);
    }
    for (const village of known.filter((one) => merge.from.includes(one.code)))
      await renameBodies(work, to.code, village, to.name);
    if (goesOn) await nameVillage(work, to);
    await endVillages(
      work,
      merge.from.filter((code) => code !== to.code),
    );
    return ok(ended);
  });

/** The grids a successor is given, with their households, persons and grid bodies. */
const giveGrids = async (
  work: Work,
  from: string,
  to: string,
  codes: readonly string[],
): Promise<Fault | undefined> => {
  const { db, county } = work;
  const { rows: grids } = await db.query<{ id: string; code: string; name: string }>(
    `select id, code, name from lx.grid where county = $1 and division = $2 and valid_to is null and code = any ($3::text[])`,
    [county, from, codes],
  );
  const missing = codes.find((code) => !grids.some((grid) => grid.code === code));
  if (missing !== undefined) return wrong(`原村没有网格 ${missing}`);
  const ids = grids.map((grid) => grid.id);
  const idsOf = async (sql: string, values: readonly unknown[]): Promise<string[]> =>
    (await db.query<{ id: string }>(sql, [county, ...values])).rows.map((row) => row.id);
  const households = await idsOf(
    `select household as id from lx.grid_household where county = $1 and valid_to is null and grid = any ($2::uuid[])`,
    [ids],
  );
  const of = (table: string): Promise<string[]> =>
    idsOf(`select id from lx.${table} where county = $1 and household = any ($2::uuid[])`, [households]);
  const persons = await idsOf(
    `select person as id from lx.household_member where county = $1 and valid_to is null and household = any ($2::uuid[])`,
    [households],
  );
  await freeGridCodes(work, from, to, ids);
  await moveRows(work, 'grid', from, to, ids);
  await moveRows(work, 'household', from, to, households);
  await moveRows(work, 'household_point', from, to, await of('household_point'));
  await moveRows(work, 'grid_household', from, to, await of('grid_household'));
  await moveRows(work, 'household_card', from, to, await of('household_card'));
  await moveRows(work, 'contact_assignment', from, to, await of('contact_assignment'));
  await moveRows(work, 'person', from, to, persons);
  for (const table of ['duty_contact', 'grid_party_group'] as const)
    await moveRows(
      work,
      table,
      from,
      to,
      await idsOf(`select id from lx.${table} where county = $1 and grid = any ($2::uuid[])`, [ids]),
    );
  const bodies = await idsOf(
    `select id from lx.body where county = $1 and division = $2 and kind = 'grid' and valid_to is null and name = any ($3::text[])`,
    [from, grids.map((grid) => grid.name)],
  );
  await moveRows(work, 'body', from, to, bodies);
  await moveRows(
    work,
    'appointment',
    from,
    to,
    await idsOf(`select id from lx.appointment where county = $1 and body = any ($2::uuid[])`, [bodies]),
  );
  await followHouseholds(work, from, to);
  return undefined;
};

/**
 * Splits a village 分村 along its grids: each grid with its households goes to one successor, the rest stays with the first one named,
 * which keeps the files. The others begin with the same bodies and nobody in them. Totals are compared as for a merge; refuses as a
 * merge does, and `succession-wrong` for a grid that the village does not have.
 */
export const splitVillage = (db: OwnerDb, makers: Makers, split: Split): Promise<Result<Succession>> =>
  carryThrough(db, makers, { kind: 'split', ...split, from: [split.from] }, async (work, known) => {
    const { source } = split;
    const [old] = known.filter((one) => one.code === split.from);
    const [keeper, ...others] = split.to;
    if (old === undefined || keeper === undefined) return refuse(fault('unknown-division', { code: split.from }));
    const given = others.flatMap((one) => one.grids ?? []);
    if (new Set(given).size !== given.length) return refuse(wrong('同一网格只能划给一个新村'));
    const goesOn = split.to.find((one) => one.code === old.code);
    if (goesOn !== undefined && goesOn !== keeper) return refuse(wrong('原代码沿用时，沿用它的村列在第一个'));
    for (const one of others) {
      await addVillage(work, { ...one, kind: one.kind ?? old.kind, parent: old.parent }, source);
      await setUpBodies(work, old, one);
      const bad = await giveGrids(work, old.code, one.code, one.grids ?? []);
      if (bad !== undefined) return refuse(bad);
      await carryActivations(work, old.code, one.code);
      await linkVillages(work, { code: old.code, successor: one.code, cause: 'split', takesFiles: false }, source);
    }
    if (goesOn === undefined) {
      await addVillage(work, { ...keeper, kind: keeper.kind ?? old.kind, parent: old.parent }, source);
      await moveVillage(work, old.code, keeper.code);
      await renameBodies(work, keeper.code, old, keeper.name);
      await carryActivations(work, old.code, keeper.code);
      await linkVillages(work, { code: old.code, successor: keeper.code, cause: 'split', takesFiles: true }, source);
      await endVillages(work, [old.code]);
    } else await nameVillage(work, keeper);
    return ok([]);
  });
