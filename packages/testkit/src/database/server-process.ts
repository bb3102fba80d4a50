import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { clusterAt, connectionTo } from '@lianxin/server';
import pg from 'pg';
import { until } from '../processes/index.js';
import type { BundledProgram } from './bundled-program.js';

/** A server process 服务进程 that keeps data and a PostgreSQL of its own in a folder, to be stopped and killed as a whole. */
export interface ServerProcess {
  readonly child: ChildProcess;
  /** The last 4,000 characters of what it wrote. */
  readonly said: () => string;
  readonly isHealthy: () => Promise<boolean>;
  /** Comes back once it answers; fails, with what it said, when it has ended. */
  readonly up: () => Promise<void>;
}

/** Where such a process is at home, and how it is called. */
export interface ServerProcessOptions {
  readonly data: string;
  readonly port: number;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a bundled program as a server on a port. Writing has no limit there, since a test writes faster than people do. */
export const serverProcess = (program: BundledProgram, options: ServerProcessOptions): ServerProcess => {
  const { data, port, args = [], env = {} } = options;
  const child = spawn(process.execPath, [program.file, ...args], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      LIANXIN_DATA: data,
      PORT: String(port),
      LIANXIN_WRITES_PER_MINUTE: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (said = `${said}${String(chunk)}`.slice(-4000)));
  const isHealthy = async (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2000) }).then(
      (answer) => answer.ok,
      () => false,
    );
  const up = async (): Promise<void> =>
    until(async () => {
      if (child.exitCode !== null) throw new Error(`the server ended: ${said}`);
      return isHealthy();
    });
  return { child, said: () => said, isHealthy, up };
};

/** The folder in which a server keeps its own PostgreSQL. */
export const clusterFolderOf = (data: string): string => path.join(data, 'database');

/** Asks the PostgreSQL that a server keeps in its data folder, as its owner. */
export const askClusterOf = async <R extends pg.QueryResultRow>(data: string, sql: string): Promise<R[]> => {
  const client = new pg.Client(connectionTo(clusterAt(clusterFolderOf(data)), 'lianxin'));
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
};
