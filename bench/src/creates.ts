import { alternate } from './alternated.js';
import type { BenchDatabase } from './database.js';
import { directusVersion, logInClerk, makeCollection, prepareDirectus, startDirectus } from './directus.js';
import type { Figure } from './figures.js';
import { load, post } from './http-load.js';
import type { Served } from './lianxin-process.js';
import { intakeRate, openRequestServer, warmingSeconds, warmUp, type RequestServer } from './request-server.js';

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

/** Rows a second that Directus takes; throws unless it accepted every single one. */
const rowRate = async (
  { server, next }: { readonly server: Served; readonly next: () => Buffer },
  seconds: number,
): Promise<number> => {
  const { perSecond, answers } = await load(server.port, connections, seconds, next);
  if (Object.keys(answers).some((status) => status !== '200'))
    throw new Error(`Directus did not accept every row: ${JSON.stringify(answers)}`);
  return perSecond;
};

const compare = async (
  ours: RequestServer,
  database: BenchDatabase,
  rounds: number,
  seconds: number,
): Promise<Figure> => {
  const next = ours.requestsFor(ours.counties);
  const directus = await openDirectus(database);
  const other = 'server' in directus ? directus : undefined;
  try {
    if (other !== undefined) await load(other.server.port, connections, warmingSeconds, other.next);
    await warmUp(ours, database, connections, next);
    const { reference, ratio, ...measured } = await alternate(
      rounds,
      () => intakeRate(ours, connections, seconds, next),
      other && (() => rowRate(other, seconds)),
    );
    return {
      id: 'P2/Directus',
      title: `request intake over HTTP (rules, permission, journal, receipt), ${connections} connections`,
      asked: '≥ 20',
      ratio,
      ours: { unit: 'requests/s', rounds: measured.ours },
      reference: {
        title: `Directus ${directusVersion}, POST of one item by a clerk with a role (rows, columns, values), activity and revision kept`,
        unit: 'rows/s',
        rounds: reference,
      },
      ...('missing' in directus ? { missing: directus.missing } : {}),
    };
  } finally {
    await other?.server.stop();
  }
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
