/**
 * A projection 投影: rows derived from facts in the same transaction, and the SQL that derives them again from the facts alone.
 * Both statements give the same columns; `rebuild --check` compares them row by row.
 */
export interface Projection {
  /** E.g. `matter`, `matter-count`. */
  readonly name: string;
  readonly version: number;
  /** Columns that name a row, e.g. `['county', 'id']`. */
  readonly key: readonly string[];
  /** Select of the rows as they stand. */
  readonly standing: string;
  /** What the rows should be: a select, or a function of the facts where only the domain can say it. */
  readonly derived: string | DerivedRows;
}

/** Reads facts in the snapshot of the rebuild. */
export type Read = <R extends Record<string, unknown>>(text: string, values?: readonly unknown[]) => Promise<R[]>;

/** Rows computed by the domain: takes a reader of the facts, gives the rows that should stand. */
export type DerivedRows = (
  read: Read,
) => AsyncIterable<Record<string, unknown>> | Promise<readonly Record<string, unknown>[]>;
