import { isDeepStrictEqual } from 'node:util';
import type { ClientBase } from 'pg';
import type { Feature } from '../http/feature.js';
import type { Projection, Read } from './projection.js';

/** What comparing one projection found. */
export interface RebuildReport {
  readonly name: string;
  readonly version: number;
  readonly rows: number;
  readonly differing: number;
  /** The first few rows that differ, by key: as they stand, as the facts say. */
  readonly examples: readonly Difference[];
}

/** A row that is not what its facts say; null where a row is missing. */
export interface Difference {
  readonly key: string;
  readonly standing: unknown;
  readonly derived: unknown;
}

type Row = Record<string, unknown>;

const keyOf = (projection: Projection, row: Row): string =>
  projection.key
    .map((column) => {
      if (!(column in row)) throw new Error(`projection ${projection.name}: no column ${column}`);
      return String(row[column]);
    })
    .join(' ');

/** Whether two rows have the same columns and values; bytes, dates and JSON are compared by what they hold. */
const isSame = (a: Row, b: Row): boolean => {
  const columns = Object.keys(a);
  return (
    columns.length === Object.keys(b).length &&
    columns.every((column) => {
      const one = a[column] ?? null;
      const other = b[column] ?? null;
      return column in b && (one === other || isDeepStrictEqual(one, other));
    })
  );
};

const derivedRows = async (projection: Projection, read: Read): Promise<AsyncIterable<Row> | Iterable<Row>> =>
  typeof projection.derived === 'string' ? read(projection.derived) : projection.derived(read);

/** Compares derived rows as they come with those that stand: only the latter are held in memory. */
const compare = async (client: ClientBase, projection: Projection): Promise<RebuildReport> => {
  const read: Read = async <R extends Row>(text: string, values: readonly unknown[] = []) =>
    (await client.query<R>(text, [...values])).rows;
  const standing = await read(projection.standing);
  const left = new Map(standing.map((row) => [keyOf(projection, row), row]));
  const seen = new Set<string>();
  const changed: Difference[] = [];
  const missing: Difference[] = [];
  for await (const derived of await derivedRows(projection, read)) {
    const key = keyOf(projection, derived);
    if (seen.has(key)) throw new Error(`projection ${projection.name}: the facts give one key twice`);
    seen.add(key);
    const row = left.get(key);
    left.delete(key);
    if (row === undefined) missing.push({ key, standing: null, derived });
    else if (!isSame(row, derived)) changed.push({ key, standing: row, derived });
  }
  const unfounded = [...left].map(([key, row]): Difference => ({ key, standing: row, derived: null }));
  const differences = [...changed, ...unfounded, ...missing];
  return {
    name: projection.name,
    version: projection.version,
    rows: standing.length,
    differing: differences.length,
    examples: differences.slice(0, 5),
  };
};

/**
 * Derives every projection again from its facts and compares it, row by row, with what stands; both are read in one snapshot, so the
 * server may go on working. Keeps the result in `projection_state`. Changes no projection: a difference is a bug to be understood first.
 */
export const rebuild = async (
  client: ClientBase,
  features: readonly Feature[],
  now: string,
): Promise<RebuildReport[]> => {
  const projections = features.flatMap((feature) => feature.projections ?? []);
  const reports: RebuildReport[] = [];
  await client.query('begin isolation level repeatable read');
  try {
    for (const projection of projections) {
      const report = await compare(client, projection);
      reports.push(report);
      await client.query(
        `insert into lx.projection_state (name, version, checked_at, rows, differing) values ($1, $2, $3, $4, $5)
         on conflict (name) do update set version = $2, checked_at = $3, rows = $4, differing = $5`,
        [report.name, report.version, now, report.rows, report.differing],
      );
    }
    await client.query('commit');
    return reports;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
};
