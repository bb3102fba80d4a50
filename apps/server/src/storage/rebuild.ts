import canonicalize from 'canonicalize';
import type { ClientBase } from 'pg';
import type { Feature } from '../http/feature.js';
import type { Projection } from './projection.js';

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

/** Bytes and dates as text, so that rows compare by value. */
const comparable = (row: Row): string =>
  canonicalize(
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        Buffer.isBuffer(value) ? value.toString('hex') : value instanceof Date ? value.toISOString() : (value ?? null),
      ]),
    ),
  ) ?? '';

const collect = async (rows: AsyncIterable<Row> | Iterable<Row>): Promise<Row[]> => {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
};

const compare = async (client: ClientBase, projection: Projection): Promise<RebuildReport> => {
  const read = async <R extends Row>(text: string, values: readonly unknown[] = []) =>
    (await client.query<R>(text, [...values])).rows;
  const standing = await read(projection.standing);
  const derived =
    typeof projection.derived === 'string'
      ? await read(projection.derived)
      : await collect(await projection.derived(read));
  const expected = new Map(derived.map((row) => [keyOf(projection, row), row]));
  if (expected.size !== derived.length) throw new Error(`projection ${projection.name}: the facts give one key twice`);
  const differences: Difference[] = [];
  for (const row of standing) {
    const key = keyOf(projection, row);
    const other = expected.get(key);
    expected.delete(key);
    if (other === undefined || comparable(other) !== comparable(row))
      differences.push({ key, standing: row, derived: other ?? null });
  }
  for (const [key, row] of expected) differences.push({ key, standing: null, derived: row });
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
