import { alternate } from './alternated.js';
import type { BenchDatabase } from './database.js';
import type { Figure } from './figures.js';
import { pgbenchMissing, pgbenchScript, runPgbench } from './pgbench.js';
import { intakeRate, openRequestServer, warmUp } from './request-server.js';

/**
 * P1: request intake over HTTP against the least that any careful program must do for it in SQL.
 *
 * The reference is pgbench with five round trips a transaction: begin, the matter, its first act, the journal entry, commit, into
 * copies of our own tables with their indexes and checks, as the owner, without policies, rulings or HTTP.
 */
/**
 * Copies a table of ours, keeps one of its rows as a sample, and gives the statement that adds a row like it: what is unique in
 * ours (ids, numbers, seeds) is new in every transaction there too.
 */
const copyTable = async (database: BenchDatabase, table: string): Promise<string> => {
  await database.query(
    'lianxin',
    `create table bench.${table} (like lx.${table} including all); create table bench.${table}_sample as select * from lx.${table} order by recorded_at desc limit 1`,
  );
  const columns = await database.query(
    'lianxin',
    `select column_name as name, data_type as type from information_schema.columns where table_schema = 'lx' and table_name = '${table}' and is_generated = 'NEVER' order by ordinal_position`,
  );
  const value = (name: string, type: string): string => {
    if (type === 'uuid' && (name === 'id' || name === 'matter')) return 'gen_random_uuid()';
    if (name === 'number') return "'B' || nextval('bench.number')";
    // Where an entry stands in the log is written by the sequencer, later; the sample may be one that has its place already.
    if (['log_index', 'log_year', 'log_position'].includes(name)) return 'null';
    if (name === 'seed') return 'uuid_send(gen_random_uuid())';
    if (name === 'receipt_hash') return 'sha256(uuid_send(gen_random_uuid()))';
    return `"${name}"`;
  };
  const names = columns.map((column) => String(column['name']));
  return `insert into bench.${table} (${names.map((name) => `"${name}"`).join(', ')}) select ${columns
    .map((column) => value(String(column['name']), String(column['type'])))
    .join(', ')} from bench.${table}_sample;`;
};

/** P1 at 16 and 64 connections, the reference between the rounds. */
export const measureIntake = async (database: BenchDatabase, rounds: number, seconds: number): Promise<Figure[]> => {
  const opened = await openRequestServer(database, 'lianxin');
  try {
    // Requests are spread over the villages of one county that takes them: what one township's worst day looks like.
    const next = opened.requestsFor(opened.counties.slice(0, 1));
    await warmUp(opened, database, 16, next);

    await database.query('lianxin', 'create schema bench; create sequence bench.number cache 100');
    const inserts = [];
    for (const table of ['matter', 'act', 'journal_entry']) inserts.push(await copyTable(database, table));
    const file = pgbenchScript(database, 'five-trips', `begin;\n${inserts.join('\n')}\ncommit;\n`);

    const figures: Figure[] = [];
    for (const [clients, asked] of [
      [16, '≥ 0.40'],
      [64, '≥ 1.0'],
    ] as const) {
      const { ours, reference, ratio } = await alternate(
        rounds,
        () => intakeRate(opened, clients, seconds, next),
        pgbenchMissing === undefined ? () => runPgbench(database, 'lianxin', file, clients, seconds) : undefined,
      );
      figures.push({
        id: `P1/${clients}`,
        title: `request intake over HTTP, ${clients} connections`,
        asked,
        ratio,
        ours: { unit: 'requests/s', rounds: ours },
        reference: {
          title: `pgbench, five round trips, ${clients} clients`,
          unit: 'transactions/s',
          rounds: reference,
        },
        ...(pgbenchMissing === undefined ? {} : { missing: pgbenchMissing }),
      });
    }
    return figures;
  } finally {
    await opened.server.stop();
  }
};
