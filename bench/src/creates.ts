import { alternate } from './alternated.js';
import type { BenchDatabase } from './database.js';
import { directus, logInClerk, makeCollection } from './directus.js';
import type { Figure } from './figures.js';
import { loadAnswered, post } from './http-load.js';
import type { Served } from './lianxin-process.js';
import { nocobase, openNocobaseCollection } from './nocobase.js';
import { prepare, start, type ReferenceSystem } from './reference-system.js';
import { intakeRate, openRequestServer, warmingSeconds, warmUp, type RequestServer } from './request-server.js';

const connections = 16;

const request = {
  division: '430000000001',
  kind: 'need',
  words: '村口的路灯坏了三天，晚上老人出门看不见路，请派人来修。',
};

const kinds = ['need', 'affair', 'hardship', 'worry'];
const divisions = '^430000[0-9]{6}$';

/** What an office would pick instead, with what a careful one would ask of such a row: the county's divisions, the kinds there are, words of a sensible length. */
interface Alternative {
  readonly system: ReferenceSystem;
  readonly asked: string;
  /** What is on while it creates a row. */
  readonly title: string;
  /** Makes a place for the request, and a clerk of one county; gives the clerk's next request. */
  readonly furnish: (server: Served) => Promise<() => Buffer>;
}

const besideDirectus: Alternative = {
  system: directus,
  asked: '≥ 20',
  title: 'POST of one item by a clerk with a role (rows, columns, values), activity and revision kept',
  furnish: async (server) => {
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
            { division: { _regex: divisions } },
            { kind: { _in: kinds } },
            { words: { _nempty: true } },
            { words: { _regex: '^.{1,2000}$' } },
          ],
        },
        presets: { status: 'open' },
      },
    });
    return () => post('/items/request', clerk, request);
  },
};

const besideNocobase: Alternative = {
  system: nocobase,
  asked: '≥ 12',
  title: 'POST of one row by a clerk with a role (rows, columns), rules on the fields (values), no audit',
  furnish: async (server) => {
    const clerk = await openNocobaseCollection(
      server,
      'request',
      {
        division: { type: 'string', rules: { required: {}, pattern: { regex: divisions } } },
        kind: { type: 'string', rules: { required: {}, pattern: { regex: `^(${kinds.join('|')})$` } } },
        words: { type: 'text', rules: { required: {}, max: { limit: 2000 } } },
        status: { type: 'string', defaultValue: 'open' },
      },
      { division: { $startsWith: '430000' } },
    );
    return () => post('/api/request:create', clerk, request);
  },
};

/** A system that takes the request as a row, each time `next` is sent. */
interface Taking {
  readonly server: Served;
  readonly next: () => Buffer;
}

/** Starts the other system and furnishes it; or the reason why it cannot be. */
const open = async (
  { system, furnish }: Alternative,
  database: BenchDatabase,
): Promise<Taking | { readonly missing: string }> => {
  const prepared = await prepare(system, database);
  if ('missing' in prepared) return prepared;
  const server = await start(system, prepared.folder, database);
  try {
    return { server, next: await furnish(server) };
  } catch (error) {
    await server.stop();
    throw error;
  }
};

/** Rows a second that the other system takes; throws unless it accepted every single one. */
const rowRate = async ({ server, next }: Taking, seconds: number): Promise<number> =>
  (await loadAnswered(200, server.port, connections, seconds, next)).perSecond;

const compare = async (
  ours: RequestServer,
  database: BenchDatabase,
  alternative: Alternative,
  rounds: number,
  seconds: number,
): Promise<Figure> => {
  const { system, asked, title } = alternative;
  const next = ours.requestsFor(ours.counties);
  const opened = await open(alternative, database);
  const other = 'server' in opened ? opened : undefined;
  try {
    if (other !== undefined) await rowRate(other, warmingSeconds);
    await warmUp(ours, database, connections, next);
    const { reference, ratio, ...measured } = await alternate(
      rounds,
      () => intakeRate(ours, connections, seconds, next),
      other && (() => rowRate(other, seconds)),
    );
    return {
      id: `P2/${system.name}`,
      title: `request intake over HTTP (rules, permission, journal, receipt), ${connections} connections`,
      asked,
      ratio,
      ours: { unit: 'requests/s', rounds: measured.ours },
      reference: { title: `${system.name} ${system.version}, ${title}`, unit: 'rows/s', rounds: reference },
      ...('missing' in opened ? { missing: opened.missing } : {}),
    };
  } finally {
    await other?.server.stop();
  }
};

/** P2: a request taken in against a row created in what a county office would pick instead, one system after the other, on one PostgreSQL. */
export const measureCreates = async (database: BenchDatabase, rounds: number, seconds: number): Promise<Figure[]> => {
  const ours = await openRequestServer(database, 'lianxin');
  try {
    const figures: Figure[] = [];
    for (const alternative of [besideDirectus, besideNocobase])
      figures.push(await compare(ours, database, alternative, rounds, seconds));
    return figures;
  } finally {
    await ours.server.stop();
  }
};
