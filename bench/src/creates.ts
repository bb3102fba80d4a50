import type { BenchDatabase } from './database.js';
import { asAdministrator, directusVersion, makeCollection, prepareDirectus, startDirectus } from './directus.js';
import { median, type Figure } from './figures.js';
import { load, post } from './http-load.js';
import type { Served } from './lianxin-process.js';
import { intakeRate, openRequestServer, type RequestServer } from './request-server.js';

const connections = 16;

const request = {
  division: '430000000001',
  kind: 'need',
  words: '村口的路灯坏了三天，晚上老人出门看不见路，请派人来修。',
  status: 'open',
};

/** A system that a county office would pick instead, able to create a row; or why it is not to be had. */
interface Rival {
  readonly id: string;
  readonly title: string;
  readonly asked: string;
  readonly open: () => Promise<{ readonly server: Served; readonly next: () => Buffer } | { missing: string }>;
}

const rivals = (database: BenchDatabase): readonly Rival[] => [
  {
    id: 'P2/Directus',
    title: `Directus ${directusVersion}, POST of one item with its activity and revision kept`,
    asked: '≥ 20',
    open: async () => {
      const installed = await prepareDirectus(database);
      if ('missing' in installed) return installed;
      const server = await startDirectus(installed.folder, database);
      const { division, kind, words, status } = request;
      await makeCollection(server, 'request', 'integer', {
        division: 'string',
        kind: 'string',
        words: 'text',
        status: 'string',
      });
      const body = { division, kind, words, status };
      return { server, next: () => post('/items/request', asAdministrator, body) };
    },
  },
  {
    id: 'P2/NocoBase',
    title: `NocoBase 2.2.15, create of one record without an audit log`,
    asked: '≥ 12',
    open: async () => ({
      missing:
        'NocoBase could not be had: one of its dependencies (xlsx 0.20.3) is served outside the npm registry alone',
    }),
  },
];

const compare = async (ours: RequestServer, rival: Rival, rounds: number, seconds: number): Promise<Figure> => {
  const next = ours.requestsFor(ours.counties);
  const other = await rival.open();
  const mine: number[] = [];
  const theirs: number[] = [];
  try {
    await intakeRate(ours, connections, 2, next);
    if ('server' in other) await load(other.server.port, connections, 2, other.next);
    // Without the other there is no ratio: one round says that ours was there.
    for (let round = 0; round < ('server' in other ? rounds : 1); round++) {
      mine.push(await intakeRate(ours, connections, seconds, next));
      if (!('server' in other)) continue;
      const { perSecond, answers } = await load(other.server.port, connections, seconds, other.next);
      if (Object.keys(answers).some((status) => status !== '200'))
        throw new Error(`${rival.title} did not accept every row: ${JSON.stringify(answers)}`);
      theirs.push(perSecond);
    }
  } finally {
    if ('server' in other) await other.server.stop();
  }
  return {
    id: rival.id,
    title: `request intake over HTTP (rules, permission, journal, receipt), ${connections} connections`,
    asked: rival.asked,
    ratio: theirs.length === 0 ? null : median(mine) / median(theirs),
    ours: { unit: 'requests/s', rounds: mine },
    reference: { title: rival.title, unit: 'rows/s', rounds: theirs },
    ...('missing' in other ? { missing: other.missing } : {}),
  };
};

/** P2: a request taken in against a row created in the systems a county office would pick instead, all on one PostgreSQL. */
export const measureCreates = async (database: BenchDatabase, rounds: number, seconds: number): Promise<Figure[]> => {
  const ours = await openRequestServer(database, 'lianxin');
  const figures: Figure[] = [];
  try {
    for (const rival of rivals(database)) figures.push(await compare(ours, rival, rounds, seconds));
  } finally {
    await ours.server.stop();
  }
  return figures;
};
