import type { PoolClient, QueryResultRow } from 'pg';
import type { Makers } from '../deps.js';
import type { EffectRow } from '../effects/queue.js';
import type { JournalRow } from '../journal/write.js';
import { checkContext, capsSetting, type Context } from './context.js';
import { statementName } from './statement.js';
import { together } from './together.js';

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
  /** Journal entries and effects that the last statement of the transaction writes; filled by `writeJournal` and `queueEffect`. */
  readonly pending: Pending;
}

/** Rows kept back until the end of the transaction, so that they cost one round trip together. */
export interface Pending {
  readonly journal: JournalRow[];
  readonly effects: EffectRow[];
}

/** Statement that opens the context: one round trip, sent together with `begin`. */
const enter = `select set_config('role', $1, true), set_config('lx.county', $2, true), set_config('lx.uid', $3, true),
  set_config('lx.lo', $4, true), set_config('lx.hi', $5, true), set_config('lx.caps', $6, true),
  set_config('lx.before', $7, true)`;

/** The values `enter` takes. */
const settings = (context: Context): string[] => [
  context.role,
  context.county,
  context.uid ?? '',
  context.lo,
  context.hi,
  capsSetting(context.caps),
  context.before?.join(',') ?? '',
];

/** A transaction handle over a checked-out connection. Statements are prepared once a connection by their text. */
export const transactionOn = (client: PoolClient, context: Context, makers: Makers): Tx => {
  const send = async <R extends QueryResultRow>(text: string, values: readonly unknown[] = []) =>
    client.query<R>({ name: statementName(text), text, values: [...values] });
  return {
    context,
    makers,
    pending: { journal: [], effects: [] },
    rows: async <R extends QueryResultRow>(text: string, values?: readonly unknown[]) =>
      (await send<R>(text, values)).rows,
    first: async <R extends QueryResultRow>(text: string, values?: readonly unknown[]) =>
      (await send<R>(text, values)).rows[0],
    run: async (text, values) => (await send(text, values)).rowCount ?? 0,
  };
};

/**
 * Begins a transaction and enters the context; `first` is sent in the same write, so that opening costs one round trip.
 */
export const beginIn = async <T>(tx: Tx, client: PoolClient, first?: () => Promise<T>): Promise<T | undefined> => {
  checkContext(tx.context);
  const [, , answer] = await together(client, () => [
    client.query({ name: statementName('begin'), text: 'begin' }),
    client.query({ name: statementName(enter), text: enter, values: settings(tx.context) }),
    first?.() ?? Promise.resolve(undefined),
  ]);
  return answer;
};
