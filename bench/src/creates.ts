import type { BenchDatabase } from './database.js';
import { directusVersion, logInClerk, makeCollection, prepareDirectus, startDirectus } from './directus.js';
import { median, type Figure } from './figures.js';
import { load, post } from './http-load.js';
import { intakeRate, openRequestServer, type RequestServer } from './request-server.js';

const connections = 16;

const request = {
  division: '430000000001',
  kind: 'need',
  words: '村口的路灯坏了三天，晚上老人出门看不见路，请派人来修。',
};

/**
 * Directus with a collection for the request, its activity and revisions kept, and a clerk of one county whose policy holds what a careful office would
 * ask of such a row: the county's divisions, the kinds there are, words of a sensible length.
 */
const openDirectus = async (database: BenchDatabase) => {
  const installed = await prepareDirectus(database);
  if ('missing' in installed) return installed;
  const server = await startDirectus(installed.folder, database);
  await makeCollection(server, 'request', 'integer', {
    division: 'string',
    kind: 'string',
    words: 'text',
    status: 'string',
  });
  const clerk = await logInClerk(server, {
    collection: 'request',
    fields: ['division', 'kind', 'words', 'status'],
    seen: { division: { _starts_with: '430000' } },
    adds: {
      validation: {
        _and: [
          { division: { _regex: '^430000[0-9]{6}$' } },
          { kind: { _in: ['need', 'affair', 'hardship', 'worry'] } },
          { words: { _nempty: true } },
          { words: { _regex: '^.{1,2000}$' } },
        ],
      },
      presets: { status: 'open' },
    },
  });
  return { server, next: () => post('/items/request', clerk, request) };
};

const compare = async (
  ours: RequestServer,
  database: BenchDatabase,
  rounds: number,
  seconds: number,
): Promise<Figure> => {
  const next = ours.requestsFor(ours.counties);
  const other = await openDirectus(database);
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
        throw new Error(`Directus did not accept every row: ${JSON.stringify(answers)}`);
      theirs.push(perSecond);
    }
  } finally {
    if ('server' in other) await other.server.stop();
  }
  return {
    id: 'P2/Directus',
    title: `request intake over HTTP (rules, permission, journal, receipt), ${connections} connections`,
    asked: '≥ 20',
    ratio: theirs.length === 0 ? null : median(mine) / median(theirs),
    ours: { unit: 'requests/s', rounds: mine },
    reference: {
      title: `Directus ${directusVersion}, POST of one item by a clerk with a role (rows, columns, values), activity and revision kept`,
      unit: 'rows/s',
      rounds: theirs,
    },
    ...('missing' in other ? { missing: other.missing } : {}),
  };
};

/**
 * P2: a request taken in against a row created in what a county office would pick instead, on one PostgreSQL. NocoBase is not measured:
 * its packages ask for a dependency that no npm registry serves.
 */
export const measureCreates = async (database: BenchDatabase, rounds: number, seconds: number): Promise<Figure[]> => {
  const ours = await openRequestServer(database, 'lianxin');
  try {
    return [await compare(ours, database, rounds, seconds)];
  } finally {
    await ours.server.stop();
  }
};
