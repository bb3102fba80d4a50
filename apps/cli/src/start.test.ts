import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterAt, connectionTo, stopCluster } from '@lianxin/server';

/** Kills of each kind; a campaign asks for more: `LIANXIN_KILLS=100 npx vitest run --project cli start`. */
const kills = Number(process.env.LIANXIN_KILLS ?? 10);
const writers = 8;

interface Server {
  readonly child: ChildProcess;
  readonly said: () => string;
}

const cli = path.resolve(import.meta.dirname, 'main.ts');
const program = `import { main } from '${cli}'; process.exitCode = await main(process.argv.slice(1));`;

const freePort = async (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

const until = async (what: () => boolean | Promise<boolean>, milliseconds = 90_000): Promise<void> => {
  const end = Date.now() + milliseconds;
  while (!(await what())) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await wait(50);
  }
};

/** Every process of the cluster: its postmaster and their children. */
const postgresProcesses = (folder: string): number[] => {
  const all = readdirSync('/proc').flatMap((name) => {
    try {
      if (!/^\d+$/.test(name)) return [];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]);
      return [{ pid: Number(name), parent, command }];
    } catch {
      return [];
    }
  });
  const masters = all.filter((one) => one.command.includes(`-D\0${folder}\0`)).map((one) => one.pid);
  return all.filter((one) => masters.includes(one.pid) || masters.includes(one.parent)).map((one) => one.pid);
};

describe('lianxin start', () => {
  let data: string;
  let port: number;
  let server: Server;
  const folder = (): string => path.join(data, 'database');
  const base = (): string => `http://127.0.0.1:${port}`;

  const launch = (args: readonly string[] = ['start'], overrides: Record<string, string> = {}): Server => {
    const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', '--input-type=module', '-e', program, ...args], {
      cwd: path.resolve(import.meta.dirname, '..'),
      env: { ...process.env, DATABASE_URL: '', LIANXIN_DATA: data, PORT: String(port), LIANXIN_WRITES_PER_MINUTE: '0', ...overrides },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    child.stdout.on('data', (chunk) => (text += String(chunk)));
    child.stderr.on('data', (chunk) => (text += String(chunk)));
    return { child, said: () => text };
  };
  const ended = async ({ child }: Server): Promise<number | null> => {
    await until(() => child.exitCode !== null || child.signalCode !== null);
    return child.exitCode;
  };
  const healthy = async (): Promise<boolean> =>
    fetch(`${base()}/healthz`, { signal: AbortSignal.timeout(2000) }).then((answer) => answer.ok, () => false);
  const up = async (one: Server): Promise<void> =>
    until(async () => {
      if (one.child.exitCode !== null) throw new Error(`it ended: ${one.said()}`);
      return healthy();
    });
  const ask = async <R extends pg.QueryResultRow>(sql: string): Promise<R[]> => {
    const client = new pg.Client(connectionTo(clusterAt(folder()), 'lianxin'));
    await client.connect();
    try {
      return (await client.query<R>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    data = mkdtempSync(path.join(os.tmpdir(), 'lianxin-start-'));
    port = await freePort();
    server = launch();
    await up(server);
  }, 120_000);
  afterAll(async () => {
    server.child.kill('SIGKILL');
    await stopCluster(clusterAt(folder()));
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
    expect(await healthy()).toBe(true);
  });

  it('lets a tool work beside the running server', async () => {
    const tool = launch(['rebuild', '--check', '--json']);
    expect(await ended(tool), tool.said()).toBe(0);
    expect(tool.said()).toContain('"differing": 0');
    expect(await healthy()).toBe(true);
  });

  it('stops everything on Ctrl-C, keeps its data, and seeds nothing again', async () => {
    const [before] = await ask<{ n: string }>('select count(*) as n from lx.person');
    server.child.kill('SIGINT');
    expect(await ended(server)).toBe(0);
    expect(postgresProcesses(folder())).toEqual([]);
    server = launch();
    await up(server);
    expect(await ask<{ n: string }>('select count(*) as n from lx.person')).toEqual([before]);
    await until(() => server.said().includes('Ctrl-C'));
    expect(server.said()).not.toContain('演示账号');
  });

  /** A request that may have arrived: told once, repeated with the same id until somebody answers. */
  interface Told {
    readonly commandId: string;
    readonly formToken: string;
    readonly text: string;
    answer?: { readonly id: string; readonly number: string };
    /** Tries that ended without an answer: whether they were carried out nobody knows. */
    unknown: number;
  }

  const tell = async (told: Told, division: string, kind: string, field: string): Promise<void> => {
    const answer = await fetch(`${base()}/api/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': told.commandId },
      body: JSON.stringify({ division, kind, fields: { [field]: told.text }, formToken: told.formToken }),
      signal: AbortSignal.timeout(20_000),
    });
    if (answer.status === 201) told.answer = (await answer.json()) as { id: string; number: string };
    else if (answer.status >= 500 || answer.status === 409) throw new Error(`unknown: ${answer.status}`);
    else throw new TypeError(`refused: ${answer.status} ${await answer.text()}`);
  };

  const villageWithForm = async (): Promise<{ division: string; kind: string; field: string }> => {
    for (const { code } of await ask<{ code: string }>(`select code from lx.division where level = 'village' order by code`)) {
      const answer = await fetch(`${base()}/api/villages/${code}/request-form`);
      if (!answer.ok) continue;
      const form = (await answer.json()) as {
        kinds: { kind: string; fields: { id: string; type: string; required: boolean }[] }[];
      };
      for (const { kind, fields } of form.kinds) {
        const needed = fields.filter((one) => one.required);
        const [only] = needed;
        if (only !== undefined && needed.length === 1 && only.type === 'text') return { division: code, kind, field: only.id };
      }
    }
    throw new Error('no village of the demonstration takes a request that needs one text');
  };

  const campaign = async (kill: () => Promise<void>): Promise<void> => {
    const where = await villageWithForm();
    const all: Told[] = [];
    let stopping = false;
    const bugs: unknown[] = [];
    const writer = async (): Promise<void> => {
      while (!stopping) {
        const form = await fetch(`${base()}/api/requests/form-token`, { method: 'POST', signal: AbortSignal.timeout(5000) })
          .then(async (answer) => (answer.ok ? ((await answer.json()) as { formToken: string; commandId: string }) : undefined))
          .catch(() => undefined);
        if (form === undefined) {
          await wait(50);
          continue;
        }
        const told: Told = { ...form, text: `第${all.length + 1}件 ${form.commandId}`, unknown: 0 };
        all.push(told);
        for (let tries = 0; told.answer === undefined && tries < 400; tries += 1) {
          try {
            await tell(told, where.division, where.kind, where.field);
          } catch (error) {
            if (error instanceof TypeError && error.message.startsWith('refused')) {
              bugs.push(error);
              return;
            }
            told.unknown += 1;
            await wait(50);
          }
        }
      }
    };
    const working = Array.from({ length: writers }, writer);
    for (let round = 0; round < kills; round += 1) {
      const enough = all.filter((told) => told.answer !== undefined).length + 10;
      await until(() => bugs.length > 0 || all.filter((told) => told.answer !== undefined).length >= enough);
      if (bugs.length > 0) break;
      await kill();
      await until(healthy);
    }
    stopping = true;
    await Promise.all(working);
    expect(bugs).toEqual([]);
    const unknown = all.filter((told) => told.unknown > 0);
    console.log(`${kills} kills: ${all.length} requests acknowledged, ${unknown.length} of them after an unknown outcome`);
    expect(all.every((told) => told.answer !== undefined)).toBe(true);
    expect(unknown.length).toBeGreaterThan(0);

    const ids = all.map((told) => told.commandId);
    const list = `('${ids.join(`','`)}')`;
    const kept = await ask<{ command_id: string; id: string }>(
      `select command_id, answer::json->'body'->>'id' as id from lx.command where command_id in ${list}`,
    );
    expect(new Map(kept.map((row) => [row.command_id, row.id]))).toEqual(new Map(all.map((told) => [told.commandId, told.answer?.id])));
    const matters = await ask<{ command_id: string; n: string }>(
      `select a.command_id, count(distinct m.id) as n from lx.act a join lx.matter m on m.county = a.county and m.id = a.matter
       where a.command_id in ${list} and a.seq = 0 and m.parent is null group by 1`,
    );
    expect(matters).toHaveLength(ids.length);
    expect(matters.filter((row) => Number(row.n) !== 1)).toEqual([]);
    const entries = await ask<{ command_id: string; n: string }>(
      `select command_id, count(*) as n from lx.journal_entry where command_id in ${list} and kind = 'matter.open' group by 1`,
    );
    expect(entries).toHaveLength(ids.length);
    expect(entries.filter((row) => Number(row.n) !== 1)).toEqual([]);
  };

  it(`loses no acknowledged request and doubles none when the server is killed ${kills} times in mid-request (F1)`, async () => {
    await campaign(async () => {
      server.child.kill('SIGKILL');
      await ended(server);
      server = launch();
      await up(server);
    });
  }, 60_000 + kills * 30_000);

  it(`loses no acknowledged request and doubles none when every PostgreSQL process is killed ${kills} times (F2)`, async () => {
    await campaign(async () => {
      const processes = postgresProcesses(folder());
      expect(processes.length).toBeGreaterThan(3);
      for (const pid of processes) process.kill(pid, 'SIGKILL');
      await until(() => processes.every((pid) => !existsSync(`/proc/${pid}`) || /^State:\s+Z/m.test(statusOf(pid))));
    });
  }, 60_000 + kills * 30_000);

  it('finds every projection equal to its facts after the kills', async () => {
    const tool = launch(['rebuild', '--check']);
    expect(await ended(tool), tool.said()).toBe(0);
  });

  it('refuses a setting that cannot be meant in words', async () => {
    const odd = launch(['start'], { PORT: 'eighty' });
    expect(await ended(odd)).toBe(1);
    expect(odd.said()).toContain('PORT=eighty');
  });
});

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return 'State: Z';
  }
};
