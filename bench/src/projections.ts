import { connectOwner, features, rebuild } from '@lianxin/server';
import type { BenchDatabase } from './database.js';
import { median, type Figure } from './figures.js';
import { intakeRate, openRequestServer } from './request-server.js';

const tables = ['matter', 'matter_count'] as const;

/**
 * P12: every projection derived again from its facts and compared row by row with what stands, against COPY of the same rows into
 * tables with the same columns, checks and indexes. The rows came in over HTTP before.
 */
export const measureProjections = async (
  database: BenchDatabase,
  rounds: number,
  seconds: number,
): Promise<Figure[]> => {
  const opened = await openRequestServer(database, 'lianxin');
  try {
    await intakeRate(opened, 16, 4 * seconds, opened.requestsFor(opened.counties));
  } finally {
    await opened.server.stop();
  }
  const db = await connectOwner({ owner: { connectionString: database.url('lianxin') } });
  try {
    await db.query('vacuum analyze');
    await db.query('drop schema if exists bench_copy cascade; create schema bench_copy');
    for (const table of tables) await db.query(`create table bench_copy.${table} (like lx.${table} including all)`);
    const ours: number[] = [];
    const reference: number[] = [];
    let rows = 0;
    for (let round = 0; round < rounds; round++) {
      let began = performance.now();
      const reports = await rebuild(db, features, new Date().toISOString());
      ours.push((performance.now() - began) / 1000);
      const wrong = reports.filter((report) => report.differing > 0);
      if (wrong.length > 0) throw new Error(`projections differ from their facts: ${JSON.stringify(wrong)}`);
      rows = reports.reduce((sum, report) => sum + report.rows, 0);
      let copied = 0;
      for (const table of tables) {
        const list = (
          await db.query<{ list: string }>(
            `select string_agg(quote_ident(column_name), ', ') as list from information_schema.columns where table_schema = 'lx' and table_name = '${table}' and is_generated = 'NEVER'`,
          )
        ).rows[0]?.list;
        const file = `${database.folder}/${table}.copy`;
        await db.query(`copy (select ${list} from lx.${table}) to '${file}'`);
        await db.query(`truncate bench_copy.${table}`);
        began = performance.now();
        await db.query(`copy bench_copy.${table} (${list}) from '${file}'`);
        copied += performance.now() - began;
      }
      reference.push(copied / 1000);
    }
    return [
      {
        id: 'P12',
        title: `projections derived from their facts and compared, ${rows.toLocaleString('en')} rows`,
        asked: '≤ 5',
        ratio: median(ours) / median(reference),
        ours: { unit: 's', rounds: ours },
        reference: { title: 'COPY of the same rows with their indexes', unit: 's', rounds: reference },
      },
    ];
  } finally {
    await db.end();
  }
};
