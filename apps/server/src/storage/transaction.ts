import type { PoolClient, QueryResultRow } from 'pg';
import type { Makers } from '../deps.js';
import type { EffectRow } from '../effects/queue.js';
import type { JournalRow } from '../journal/write.js';
import { checkContext, capsSetting, type Context } from './context.js';
import { together, type Answered, type Statement } from './together.js';

/** Where SQL is sent: a transaction in a context. Store functions take it first. */
export interface Tx {
  readonly context: Context;
  readonly makers: Makers;
  /** All rows of a query. */
  rows<R extends QueryResultRow = QueryResultRow>(text: string, values?: readonly unknown[]): Promise<R[]>;
  /** The first row, or undefined. */
  first<R extends QueryResultRow = QueryResultRow>(text: string, values?: readonly unknown[]): Promise<R | undefined>;
  /** The number of rows changed. An update of an invisible row changes 0 and says nothing: check it. */
  run(text: string, values?: readonly unknown[]): Promise<number>;
  /** Answers of statements that travel together; after one that fails, none is carried out. */
  readonly all: (statements: readonly Statement[]) => Promise<readonly Answered[]>;
  /** Whether the database has been asked anything; if not, there is no transaction to end. */
  readonly hasBegun: () => boolean;
  /** What the end of the transaction writes; filled by `callAtEnd`, `writeJournal` and `queueEffect`. */
  readonly pending: Pending;
}

/** Lists of rows by name, as a function of ours takes them in one JSON value. */
type Lists = Readonly<Record<string, readonly unknown[]>>;

/** What is kept back until the end of the transaction, so that it costs one round trip together. */
export interface Pending {
  /** Calls by their statement, which takes one JSON object: the county and lists of rows. */
  readonly calls: Map<string, Record<string, unknown[]>>;
  readonly journal: JournalRow[];
  readonly effects: EffectRow[];
}

/** Nothing kept back yet. */
const nothingPending = (): Pending => ({ calls: new Map(), journal: [], effects: [] });

const callWith = (pending: Pending, text: string, lists: Lists): void => {
  const kept = pending.calls.get(text) ?? {};
  pending.calls.set(text, kept);
  for (const [name, rows] of Object.entries(lists)) (kept[name] ??= []).push(...rows);
};

/**
 * Keeps a call back to the end of the transaction, where it needs no round trip of its own. The same statement kept back again is called once,
 * with the rows of both: for a function that writes rows and gives nothing back.
 */
export const callAtEnd = (tx: Tx, text: string, lists: Lists): void => callWith(tx.pending, text, lists);

/** Adds to one what another kept back. */
export const joinPending = (into: Pending, from: Pending): void => {
  for (const [text, lists] of from.calls) callWith(into, text, lists);
  into.journal.push(...from.journal);
  into.effects.push(...from.effects);
};

/** Opens the context for the rest of the transaction. It sets on every run and gives no row back. */
const enter = `select where concat(set_config('role', $1, true), set_config('lx.county', $2, true), set_config('lx.uid', $3, true),
  set_config('lx.lo', $4, true), set_config('lx.hi', $5, true), set_config('lx.caps', $6, true),
  set_config('lx.before', $7, true), set_config('plan_cache_mode', $8, true)) = ''`;

/**
 * How statements are planned: each time for the values at hand, since a plan made for one village is wrong for a county; or once a connection, for a
 * statement whose text already names the index it reads.
 */
export type Planning = 'for-these-values' | 'once';

/** The statement that opens a context. Throws for one that has not its shape. */
export const entering = (context: Context, planning: Planning): Statement => {
  checkContext(context);
  return {
    text: enter,
    values: [
      context.role,
      context.county,
      context.uid ?? '',
      context.lo,
      context.hi,
      capsSetting(context.caps),
      context.before?.join(',') ?? '',
      planning === 'once' ? 'force_generic_plan' : 'force_custom_plan',
    ],
  };
};

/** A handle over a way to send statements. */
const handleOver = (of: Pick<Tx, 'context' | 'makers' | 'hasBegun' | 'all'>): Tx => {
  const ask = async (text: string, values: readonly unknown[] | undefined): Promise<Answered> => {
    const [answer] = await of.all([{ text, values }]);
    return answer ?? { rows: [], count: 0 };
  };
  return {
    ...of,
    pending: nothingPending(),
    rows: async <R extends QueryResultRow>(text: string, values?: readonly unknown[]) =>
      (await ask(text, values)).rows as R[],
    first: async <R extends QueryResultRow>(text: string, values?: readonly unknown[]) =>
      (await ask(text, values)).rows[0] as R | undefined,
    run: async (text, values) => (await ask(text, values)).count,
  };
};

/**
 * A transaction handle over a checked-out connection. The first statement takes `begin` and the context along, so that opening costs no round
 * trip of its own, and work that asks nothing costs none at all.
 */
export const transactionOn = (client: PoolClient, context: Context, makers: Makers): Tx => {
  const opening = [{ text: 'begin' }, entering(context, 'for-these-values')];
  let begun = false;
  return handleOver({
    context,
    makers,
    hasBegun: () => begun,
    all: async (statements) => {
      if (begun) return together(client, statements);
      begun = true;
      return (await together(client, [...opening, ...statements])).slice(opening.length);
    },
  });
};

/**
 * One command's view of a transaction that it may share with others: what it keeps back is its own until joined, and whether it asked the
 * database anything is known, so that a refusal after a question can undo everything.
 */
export const partOf = (tx: Tx): { readonly tx: Tx; readonly hasAsked: () => boolean } => {
  let asked = false;
  return {
    hasAsked: () => asked,
    tx: handleOver({
      context: tx.context,
      makers: tx.makers,
      hasBegun: tx.hasBegun,
      all: (statements) => {
        asked = true;
        return tx.all(statements);
      },
    }),
  };
};
