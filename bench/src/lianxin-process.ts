import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { checkout } from '@lianxin/server';

/** A port nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** A process that serves HTTP, from its start until it answered. */
export interface Served {
  readonly child: ChildProcess;
  readonly port: number;
  readonly milliseconds: number;
  readonly stop: () => Promise<void>;
}

/** Starts a program and waits until `url` answers; the time counts from the moment it was started. */
export const serve = async (
  command: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly port: number;
    readonly ping: string;
  },
): Promise<Served> => {
  const began = performance.now();
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-4000)));
  child.stderr.on('data', (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-4000)));
  const url = `http://127.0.0.1:${options.port}${options.ping}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${command} ended before it answered:\n${printed}`);
    if (performance.now() - began > 180_000) throw new Error(`${command} did not answer within 180 s:\n${printed}`);
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) break;
    await wait(10);
  }
  return {
    child,
    port: options.port,
    milliseconds: performance.now() - began,
    stop: async () => {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGINT');
      await Promise.race([ended, wait(20_000)]);
      if (child.exitCode === null) child.kill('SIGKILL');
    },
  };
};

/** Lianxin as an operator starts it, on a given database. */
export const startLianxin = async (data: string, databaseUrl: string): Promise<Served> => {
  const port = await freePort();
  return serve(process.execPath, [path.join(checkout, 'apps/cli/bin/lianxin.mjs'), 'start'], {
    cwd: checkout,
    port,
    ping: '/healthz',
    env: {
      PORT: String(port),
      HOST: '127.0.0.1',
      LIANXIN_ORIGIN: `http://127.0.0.1:${port}`,
      LIANXIN_DATA: data,
      DATABASE_URL: databaseUrl,
      LIANXIN_WRITES_PER_MINUTE: '0',
      NODE_ENV: 'production',
    },
  });
};

/** Resident memory of a process and all its children, in MiB: what the machine has to give. Linux only. */
export const residentMemory = (pid: number): number => {
  const own = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
  return Number(own) / 1024 + children.reduce((sum, child) => sum + residentMemory(child), 0);
};
