import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  createApp,
  features,
  openKeys,
  readConfig,
  sessionCookieName,
  type App,
  type Config,
  type Deps,
  type Feature,
  type Log,
} from '@lianxin/server';
import { movableClock, seededMakers, type MovableClock } from './movable.js';
import { testDatabase, type TestDatabase } from './test-database.js';

/** The whole server in a test: its database, a clock that moves, ids that repeat; requests go in without a socket. */
export interface TestServer {
  readonly app: App;
  readonly deps: Deps;
  readonly database: TestDatabase;
  readonly clock: MovableClock;
  /** What the server wrote to its log. */
  readonly logged: readonly { level: string; event: string; details: Record<string, unknown> | undefined }[];
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
  readonly close: () => Promise<void>;
}

/** What a test may choose. */
export interface TestServerOptions {
  readonly features?: readonly Feature[];
  readonly now?: string;
  readonly seed?: string;
  readonly config?: Partial<Config>;
}

/** Builds a server on a database of its own; `close` removes both. */
export const testServer = async (options: TestServerOptions = {}): Promise<TestServer> =>
  serverOn(await testDatabase(), mkdtempSync(path.join(os.tmpdir(), 'lianxin-server-')), options);

/** More ids than any test makes before it copies a server. */
const idsBeforeCopies = 1_000_000;

/**
 * Copies of a server as it stands 分身: database, keys, files and clock; what they draw from then on is the same in each. The original is spent: it can only be
 * closed, and so can copies be.
 */
export const copiesOf = async (original: TestServer, count: number): Promise<TestServer[]> => {
  await original.database.rest();
  const { config } = original.deps;
  const kept = { database: original.database.ownerConnection.database ?? '', data: config.data };
  const copies: TestServer[] = [];
  for (let copy = 0; copy < count; copy += 1)
    copies.push(await serverFrom(kept, { now: original.clock.now(), config }));
  return copies;
};

/** A server on a copy of a database and a data folder that a server has left behind. */
export const serverFrom = async (
  kept: { readonly database: string; readonly data: string },
  options: TestServerOptions,
): Promise<TestServer> => {
  const data = mkdtempSync(path.join(os.tmpdir(), 'lianxin-server-'));
  cpSync(kept.data, data, { recursive: true });
  const copied = { ...options, seed: 'copies', config: { ...options.config, data } };
  return serverOn(await testDatabase(kept.database), data, copied, idsBeforeCopies);
};

const serverOn = (database: TestDatabase, data: string, options: TestServerOptions, idsMade = 0): TestServer => {
  const clock = movableClock(options.now ?? '2026-03-02T01:00:00.000Z');
  const logged: { level: string; event: string; details: Record<string, unknown> | undefined }[] = [];
  const log: Log = (level, event, details) => logged.push({ level, event, details });
  const deps: Deps = {
    ...seededMakers(clock, options.seed, idsMade),
    pool: database.pool,
    authPool: database.authPool,
    config: {
      ...readConfig({
        LIANXIN_DATA: data,
        LIANXIN_ORIGIN: 'http://lianxin.test',
        LIANXIN_WRITES_PER_MINUTE: '0',
        // A test moves the clock by days in the middle of a session; that sessions lock is shown where it is meant.
        LIANXIN_IDLE_MINUTES: '0',
      }),
      // A session outlives the days that a clock is moved by, as long as a cookie may live; that sessions end is shown where it is meant.
      sessionHours: 24 * 399,
      ...options.config,
    },
    keys: openKeys(path.join(data, 'keys')),
    log,
  };
  const app = createApp(deps, options.features ?? features);
  return {
    app,
    deps,
    database,
    clock,
    logged,
    request: async (target, init) => app.request(new Request(new URL(target, 'http://lianxin.test'), init)),
    close: async () => {
      await database.drop();
      rmSync(data, { recursive: true, force: true });
    },
  };
};

/** A person logged in, as far as a test needs it. */
export interface SignedInClient {
  readonly cookie: string;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>;
  /** Sends JSON; a command id is made from the count unless given in `headers`. */
  readonly send: (
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>;
}

/** Codes of a refusal 不符合项代码; empty when it is none. */
export const codesOf = async (answer: Response): Promise<string[]> =>
  answer.status < 400 ? [] : ((await answer.json()) as { faults: { code: string }[] }).faults.map((one) => one.code);

/** Logs in over HTTP, as a person does; the password is that of the made-up county unless given; a first one needs the `next`. */
export const signIn = async (
  server: TestServer,
  username: string,
  password = 'tea-and-biscuits',
  next?: string,
): Promise<SignedInClient> => {
  const answer = await server.request('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password, next }),
  });
  if (answer.status !== 200) throw new Error(`${username} could not log in: ${answer.status} ${await answer.text()}`);
  const name = sessionCookieName(server.deps);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .find((pair) => pair.startsWith(`${name}=`));
  if (cookie === undefined) throw new Error('no session cookie came back');
  return clientOf(server, username, cookie);
};

/** A person who logged in before, at this server or the one that it is a copy of. */
export const clientOf = (server: TestServer, username: string, cookie: string): SignedInClient => {
  let commands = 0;
  return {
    cookie,
    get: (target, headers = {}) => server.request(target, { headers: { cookie, ...headers } }),
    send: (method, target, body, headers = {}) => {
      commands += 1;
      const all = {
        cookie,
        'content-type': 'application/json',
        'idempotency-key': `${username}-command-${commands}`,
        ...headers,
      };
      return server.request(target, { method, headers: all, body: JSON.stringify(body) });
    },
  };
};
