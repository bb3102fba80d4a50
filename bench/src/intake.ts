import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BenchDatabase } from './database.js';
import { median, type Figure } from './figures.js';
import { load, post } from './http-load.js';
import { startLianxin } from './lianxin-process.js';

/**
 * P1: request intake over HTTP against the least that any careful program must do for it in SQL.
 *
 * The reference is pgbench with five round trips a transaction: begin, the matter, its first act, the journal entry, commit, into
 * copies of our own tables with their indexes and checks, as the owner, without policies, rulings or HTTP.
 */
const pgbench = [
  '/usr/bin/pgbench',
  ...[18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`),
].find(existsSync);

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

const runPgbench = (database: BenchDatabase, file: string, clients: number, seconds: number): number => {
  const { host, port, user } = database.socket;
  const run = spawnSync(
    pgbench ?? '',
    [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(clients),
      '-j',
      '2',
      '-T',
      String(seconds),
      '-f',
      file,
      '-h',
      host,
      '-p',
      String(port),
      '-U',
      user,
      'lianxin',
    ],
    { encoding: 'utf8' },
  );
  const rate = /tps = ([\d.]+)/.exec(run.stdout)?.[1];
  if (rate === undefined) throw new Error(`pgbench gave no figure: ${run.stdout}${run.stderr}`);
  return Number(rate);
};

export const measureIntake = async (database: BenchDatabase, rounds: number, seconds: number): Promise<Figure[]> => {
  await database.query('postgres', 'create database lianxin');
  const server = await startLianxin(path.join(database.folder, 'data'), database.url('lianxin'));
  try {
    const base = `http://127.0.0.1:${server.port}`;
    const villages = await database.query(
      'lianxin',
      `select left(code, 6) as county, array_agg(code order by code) as codes from lx.division where level = 'village' group by 1`,
    );
    const token = (await (
      await fetch(`${base}/api/requests/form-token`, { method: 'POST', headers: { origin: base } })
    ).json()) as { formToken: string };
    // Requests are spread over the villages of one county that takes them: what one township's worst day looks like.
    let divisions: readonly string[] = [];
    let kind: string | undefined;
    let words: string | undefined;
    for (const county of villages) {
      const codes = county['codes'] as string[];
      const form = (await (await fetch(`${base}/api/villages/${codes[0]}/request-form`)).json()) as {
        kinds?: { id: string; fields: { id: string; type: string; required: boolean }[] }[];
      };
      for (const one of form.kinds ?? []) {
        const asked = one.fields.filter((field) => field.required);
        if (asked.length !== 1 || asked[0]?.type !== 'long-text' || codes.length <= divisions.length) continue;
        divisions = codes;
        kind = one.id;
        words = asked[0].id;
      }
    }
    if (kind === undefined || words === undefined)
      throw new Error('no village takes a request that is told in one sentence');
    let turn = 0;
    const next = (): Buffer => {
      turn += 1;
      return post(
        '/api/requests',
        { 'idempotency-key': randomUUID(), origin: base },
        {
          division: divisions[turn % divisions.length],
          kind,
          fields: { [words]: '村口的路灯坏了三天，晚上老人出门看不见路，请派人来修。' },
          formToken: token.formToken,
        },
      );
    };
    const warm = await load(server.port, 16, 2, next);
    if ((warm.answers['201'] ?? 0) === 0) throw new Error(`intake was not accepted: ${JSON.stringify(warm.answers)}`);

    await database.query('lianxin', 'create schema bench; create sequence bench.number cache 100');
    const file = path.join(database.folder, 'five-trips.sql');
    const inserts = [];
    for (const table of ['matter', 'act', 'journal_entry']) inserts.push(await copyTable(database, table));
    writeFileSync(file, `begin;\n${inserts.join('\n')}\ncommit;\n`);

    const figures: Figure[] = [];
    for (const [clients, asked] of [
      [16, '≥ 0.40'],
      [64, '≥ 1.0'],
    ] as const) {
      const ours: number[] = [];
      const reference: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const result = await load(server.port, clients, seconds, next);
        const refused = Object.keys(result.answers).filter((status) => status !== '201');
        if (refused.length > 0) throw new Error(`not every intake was accepted: ${JSON.stringify(result.answers)}`);
        ours.push(result.perSecond);
        if (pgbench !== undefined) reference.push(runPgbench(database, file, clients, seconds));
      }
      figures.push({
        id: `P1/${clients}`,
        title: `request intake over HTTP, ${clients} connections`,
        asked,
        ratio: pgbench === undefined ? null : median(ours) / median(reference),
        ours: { unit: 'requests/s', rounds: ours },
        reference: {
          title: `pgbench, five round trips, ${clients} clients`,
          unit: 'transactions/s',
          rounds: reference,
        },
        ...(pgbench === undefined
          ? { missing: 'pgbench is not installed (Debian: postgresql-contrib or postgresql-15)' }
          : {}),
      });
    }
    return figures;
  } finally {
    await server.stop();
  }
};
