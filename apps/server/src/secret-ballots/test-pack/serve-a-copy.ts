/// <reference types="node" />
import { instant } from '@lianxin/domain';
import path from 'node:path';
import type pg from 'pg';
import { createApp, features, jsonLog, openKeys, openPool, readConfig, realMakers, type Deps } from '../../index.js';
import { listen } from '../../http/serve.js';

/** What a server process is told: the database and keys of a test, and the moment at which its clock stands. */
export interface Copied {
  readonly database: pg.ClientConfig;
  readonly data: string;
  readonly now: string;
}

// A program of its own: one more server on the database of a test, to be killed in mid-request. Says its port on the standard output.
const { database, data, now } = JSON.parse(process.env['LIANXIN_COPIED'] ?? '{}') as Copied;
const deps: Deps = {
  ...realMakers,
  clock: () => instant(now),
  pool: openPool(database, 4, jsonLog),
  authPool: openPool(database, 2, jsonLog, ['role=rt_auth', 'search_path=lx']),
  config: { ...readConfig({ LIANXIN_DATA: data, LIANXIN_WRITES_PER_MINUTE: '0' }), port: 0 },
  keys: openKeys(path.join(data, 'keys')),
  log: jsonLog,
};
const { port } = await listen(createApp(deps, features), deps);
process.stdout.write(`${port}\n`);
