import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterAt, stopCluster } from '@lianxin/server';
import {
  askClusterOf,
  bundleCommandLine,
  clusterFolderOf,
  serverProcess,
  type BundledProgram,
  type ServerProcess,
} from '@lianxin/testkit/database';
import { clusterProcesses, freePort, until } from '@lianxin/testkit/processes';

describe('lianxin start', () => {
  let data: string;
  let port: number;
  let server: ServerProcess;
  let bundled: BundledProgram;
  const folder = (): string => clusterFolderOf(data);
  const base = (): string => `http://127.0.0.1:${port}`;

  const launch = (args: readonly string[] = ['start'], env: Record<string, string> = {}): ServerProcess =>
    serverProcess(bundled, { data, port, args, env });
  const ended = async ({ child }: ServerProcess): Promise<number | null> => {
    await until(() => child.exitCode !== null || child.signalCode !== null);
    return child.exitCode;
  };
  beforeAll(async () => {
    data = mkdtempSync(path.join(os.tmpdir(), 'lianxin-start-'));
    bundled = await bundleCommandLine();
    port = await freePort();
    server = launch();
    await server.up();
  });
  afterAll(async () => {
    server.child.kill('SIGKILL');
    await stopCluster(clusterAt(folder()));
    bundled.remove();
    rmSync(data, { recursive: true, force: true });
  });

  it('makes everything on its first start and says where it is and how to log in', async () => {
    await until(() => server.said().includes('Ctrl-C'));
    expect(server.said()).toContain(`http://localhost:${port}/console/`);
    expect(server.said()).toContain('演示账号');
    const [, username, password] = /^ {2}(\S+) +(\S+) {2}/m.exec(server.said().split('演示账号')[1] ?? '') ?? [];
    const answer = await fetch(`${base()}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    expect(answer.status).toBe(200);
  });

  it('refuses a second start on the same folder in words, and the first goes on', async () => {
    const second = launch(['start'], { PORT: String(await freePort()) });
    expect(await ended(second)).toBe(1);
    expect(second.said()).toMatch(/Another Lianxin uses/);
    expect(await server.isHealthy()).toBe(true);
  });

  it('lets a tool work beside the running server', async () => {
    const tool = launch(['rebuild', '--check', '--json']);
    expect([await ended(tool), tool.said()]).toEqual([0, expect.any(String)]);
    expect(tool.said()).toContain('"differing": 0');
    expect(await server.isHealthy()).toBe(true);
  });

  it('stops everything on Ctrl-C, keeps its data, seeds nothing again and shows the log-ins again', async () => {
    const [before] = await askClusterOf<{ n: string }>(data, 'select count(*) as n from lx.person');
    server.child.kill('SIGINT');
    expect(await ended(server)).toBe(0);
    expect(clusterProcesses(folder())).toEqual([]);
    server = launch();
    await server.up();
    expect(await askClusterOf<{ n: string }>(data, 'select count(*) as n from lx.person')).toEqual([before]);
    await until(() => server.said().includes('Ctrl-C'));
    expect(server.said()).toContain('演示账号');
  });

  it('refuses a setting that cannot be meant in words', async () => {
    const odd = launch(['start'], { PORT: 'eighty' });
    expect(await ended(odd)).toBe(1);
    expect(odd.said()).toContain('PORT=eighty');
  });
});
