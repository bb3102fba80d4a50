import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { BenchDatabase } from './database.js';
import { directus } from './directus.js';
import { median, type Figure } from './figures.js';
import { residentMemory, startLianxin, type Served } from './lianxin-process.js';
import { prepare, start } from './reference-system.js';

/** Start to first answer, and memory after ten quiet seconds. */
const once = async (begin: () => Promise<Served>): Promise<{ seconds: number; memory: number }> => {
  const server = await begin();
  await wait(10_000);
  const memory = residentMemory(server.child.pid ?? 0);
  await server.stop();
  return { seconds: server.milliseconds / 1000, memory };
};

/** P9: cold start and idle memory of the Node processes, both systems on the same PostgreSQL, databases made beforehand. */
export const measureColdStart = async (database: BenchDatabase, rounds: number): Promise<Figure[]> => {
  await database.query('postgres', 'create database lianxin_start');
  const data = path.join(database.folder, 'start');
  const ours = () => startLianxin(data, database.url('lianxin_start'));
  await (await ours()).stop();

  const installed = await prepare(directus, database);
  const mine: { seconds: number; memory: number }[] = [];
  const theirs: { seconds: number; memory: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    console.error(`cold start, round ${round + 1} of ${rounds}`);
    mine.push(await once(ours));
    if ('folder' in installed) theirs.push(await once(() => start(directus, installed.folder, database)));
  }
  const figure = (
    id: string,
    title: string,
    asked: string,
    unit: string,
    read: (one: { seconds: number; memory: number }) => number,
  ): Figure => ({
    id,
    title,
    asked,
    ratio: theirs.length === 0 ? null : median(mine.map(read)) / median(theirs.map(read)),
    ours: { unit, rounds: mine.map(read) },
    reference: { title: `Directus ${directus.version}`, unit, rounds: theirs.map(read) },
    ...('missing' in installed ? { missing: installed.missing } : {}),
  });
  return [
    figure('P9/start', 'cold start to first answer, schema in place', '≤ 0.25', 's', (one) => one.seconds),
    figure('P9/memory', 'idle memory of the Node processes', '≤ 0.55', 'MiB', (one) => one.memory),
  ];
};
