import { ruleSchemas, isWithin, scopeOf, type Procedure, type RuleKind } from '@lianxin/domain';
import type { Pool } from 'pg';
import { learnSourceNames } from '../http/source-names.js';
import { inContext, type Context, type ContextDeps, type Tx } from '../storage/index.js';
import { answersFor } from './in-force.js';
import { jointRulesOf, type JointRules } from './joint-rules.js';
import type { KeptRule, PackBody } from './pack-body.js';
import { readActivations, readVersions, type Activation } from './policy-packs.store.js';

/** A procedure with the pack version it stands in. */
export interface PackedProcedure {
  readonly hash: string;
  readonly pack: PackBody['manifest'];
  readonly covers: readonly string[];
  readonly procedure: Procedure;
  /** Of a joined procedure: the version to keep before a matter is pinned to it, and the procedures it was joined from. */
  readonly joint?: { readonly body: PackBody; readonly parts: readonly string[] };
}

/** A rule of any kind with the pack it stands in. */
export interface PackedRule {
  /** Where the pack is activated. */
  readonly division: string;
  readonly hash: string;
  readonly pack: PackBody['manifest'];
  readonly rule: KeptRule;
}

/** Rule book (规则册): what applies where in a county, and every version a matter is pinned to. */
export interface RuleBook {
  /** Activations in force for a division on a day, the nearest division first. */
  readonly activationsFor: (division: string, on: string) => readonly (Activation & { body: PackBody })[];
  /** Every activation for a division whatever its days, the first first: what applied, applies and is to come. */
  readonly historyOf: (division: string) => readonly (Activation & { body: PackBody })[];
  /** Procedures that apply in a division on a day: joined ones first, then the nearest activation first. */
  readonly proceduresFor: (division: string, on: string) => readonly PackedProcedure[];
  /** Kinds of matter whose procedures there contradict each other, with the reasons. */
  readonly conflictsFor: (division: string, on: string) => JointRules['conflicts'];
  /** Rules of another kind that apply there, e.g. duty lists. */
  readonly rulesFor: (division: string, on: string, kind: RuleKind) => readonly PackedRule[];
  /** Every procedure of every version activated somewhere in the county, for titles in reports. */
  readonly listProcedures: () => readonly PackedProcedure[];
  /** The procedure a matter was opened under, whatever applies today; undefined only when the database lost it. */
  readonly pinned: (hash: string, procedure: string, openedOn: string) => PackedProcedure | undefined;
}

/** Activations of a county as they were read, and the book made of them. */
interface ReadActivations {
  readonly at: number;
  readonly activations: readonly Activation[];
  book?: RuleBook;
}

interface Shelf {
  readonly bodies: Map<string, PackBody>;
  readonly procedures: Map<KeptRule, Procedure>;
  readonly books: Map<string, ReadActivations>;
}

/** How long a server goes on with the activations it has read; another server's change takes that long to arrive. */
const freshForMilliseconds = 5_000;

const shelves = new WeakMap<Pool, Shelf>();

const shelfOf = (pool: Pool): Shelf => {
  const known = shelves.get(pool);
  if (known !== undefined) return known;
  const made: Shelf = { bodies: new Map(), procedures: new Map(), books: new Map() };
  shelves.set(pool, made);
  return made;
};

/** Forgets what was read, after an activation. */
export const forgetRules = (pool: Pool): void => {
  shelfOf(pool).books.clear();
};

const loadBodies = async (shelf: Shelf, tx: Tx, hashes: readonly string[]): Promise<void> => {
  const missing = hashes.filter((hash) => !shelf.bodies.has(hash));
  if (missing.length === 0) return;
  for (const { hash, body } of await readVersions(tx, missing)) {
    shelf.bodies.set(hash, body);
    learnSourceNames(body.sourceNames);
  }
};

const procedureOf = (shelf: Shelf, kept: KeptRule): Procedure => {
  const known = shelf.procedures.get(kept);
  if (known !== undefined) return known;
  const read = ruleSchemas.procedure.parse(kept.rule);
  shelf.procedures.set(kept, read);
  return read;
};

const bookOf = (shelf: Shelf, activations: readonly Activation[]): RuleBook => {
  // A book lives five seconds, so what was worked out for one intake serves the next.
  const worked = new Map<string, JointRules>();
  const historyOf: RuleBook['historyOf'] = (division) =>
    activations
      .filter((one) => isWithin(division, scopeOf(one.division)))
      .flatMap((one) => {
        const body = shelf.bodies.get(one.hash);
        return body === undefined ? [] : [{ ...one, body }];
      });
  const activationsFor: RuleBook['activationsFor'] = (division, on) =>
    historyOf(division)
      .filter((one) => one.from <= on && (one.until === null || on < one.until))
      .toSorted((a, b) => scopeOf(b.division).lo.length - scopeOf(a.division).lo.length);
  const rulesFor: RuleBook['rulesFor'] = (division, on, kind) =>
    activationsFor(division, on).flatMap(({ division: of, hash, body }) =>
      body.rules
        .filter((rule) => rule.kind === kind && answersFor(rule.inForce, on))
        .map((rule) => ({ division: of, hash, pack: body.manifest, rule })),
    );
  const packed = (hash: string, pack: PackBody['manifest'], rule: KeptRule): PackedProcedure => ({
    hash,
    pack,
    covers: rule.covers,
    procedure: procedureOf(shelf, rule),
  });
  const rulesThere = (division: string, on: string): JointRules => {
    const key = `${division} ${on}`;
    const known = worked.get(key);
    if (known !== undefined) return known;
    const found = rulesFor(division, on, 'procedure').map(({ hash, pack, rule }) => packed(hash, pack, rule));
    const rules = jointRulesOf(found, (hash) => shelf.bodies.get(hash));
    for (const { hash, joint } of rules.offered) if (joint !== undefined) shelf.bodies.set(hash, joint.body);
    worked.set(key, rules);
    return rules;
  };
  return {
    activationsFor,
    historyOf,
    rulesFor,
    proceduresFor: (division, on) => rulesThere(division, on).offered,
    conflictsFor: (division, on) => rulesThere(division, on).conflicts,
    listProcedures: () =>
      [...new Set(activations.map((one) => one.hash))].flatMap((hash) => {
        const body = shelf.bodies.get(hash);
        if (body === undefined) return [];
        return body.rules.filter((rule) => rule.kind === 'procedure').map((rule) => packed(hash, body.manifest, rule));
      }),
    pinned: (hash, procedure, openedOn) => {
      const body = shelf.bodies.get(hash);
      const rule = body?.rules.find(
        (one) => one.kind === 'procedure' && one.id === procedure && answersFor(one.inForce, openedOn),
      );
      return body === undefined || rule === undefined ? undefined : packed(hash, body.manifest, rule);
    },
  };
};

/** Activations that are still fresh, if every version asked for is in memory too. */
const atHand = (shelf: Shelf, county: string, hashes: readonly string[]): ReadActivations | undefined => {
  const known = shelf.books.get(county);
  const isFresh = known !== undefined && performance.now() - known.at <= freshForMilliseconds;
  return isFresh && hashes.every((hash) => shelf.bodies.has(hash)) ? known : undefined;
};

/**
 * The rule book of the context's county. Versions never change and stay in memory; activations are read again after five seconds.
 * `hashes` are versions a matter is pinned to, loaded when they are not there yet.
 */
export const rulesOf = async (pool: Pool, tx: Tx, hashes: readonly string[] = []): Promise<RuleBook> => {
  const shelf = shelfOf(pool);
  const county = tx.context.county;
  let known = atHand(shelf, county, []);
  if (known === undefined) {
    known = { at: performance.now(), activations: await readActivations(tx) };
    shelf.books.set(county, known);
  }
  await loadBodies(shelf, tx, [...known.activations.map((one) => one.hash), ...hashes]);
  known.book ??= bookOf(shelf, known.activations);
  return known.book;
};

/** The same where no transaction is open: one begins only for what is not at hand. */
export const rulesIn = async (deps: ContextDeps, context: Context, hashes: readonly string[]): Promise<RuleBook> =>
  atHand(shelfOf(deps.pool), context.county, hashes)?.book ??
  inContext(deps, context, (tx) => rulesOf(deps.pool, tx, hashes));
