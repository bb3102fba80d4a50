import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTeaCounty, teaCounty } from '@lianxin/testkit/database';
import { readConfig } from './config.js';
import { openDeps } from './main.js';
import { addTeaPack } from './matters/test-pack/tea-requests.js';
import { connectOwner } from './storage/database.js';
import { clusterAt, connectionTo, stop } from './storage/embedded/cluster.js';

/** Kills of each kind; a campaign asks for more: `npm run campaign -- --kills 100`. */
const kills = Number(process.env.LIANXIN_KILLS ?? 10);
const writers = 8;

const program = `import { jsonLog, openDeps, readConfig, run } from '${path.resolve(import.meta.dirname, 'index.ts')}';
  await run(await openDeps(readConfig(process.env), 'server', jsonLog));`;

/** A request that may have arrived: told once, repeated with the same id until somebody answers. */
interface Told {
  readonly commandId: string;
  readonly formToken: string;
  readonly text: string;
  answer?: { readonly id: string; readonly number: string };
  /** Tries that ended without an answer: whether they were carried out nobody knows. */
  unknown: number;
}

const until = async (what: () => boolean | Promise<boolean>, milliseconds = 60_000): Promise<void> => {
  const end = Date.now() + milliseconds;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`it did not happen in time: ${what.toString()}`);
    await wait(50);
  }
};

const freePort = async (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** Every process of a cluster: its postmaster and the children. */
const processesOf = (folder: string): number[] => {
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

/** Kills a process that may be ending by itself, since its postmaster died a moment ago. */
const kill9 = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    if (!gone(pid)) throw new Error(`process ${pid} cannot be killed`);
  }
};

const gone = (pid: number): boolean => {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
};

describe('a server that is killed in mid-request', () => {
  let data: string;
  let port: number;
  let server: ChildProcess;
  let said = '';
  const figures: Record<string, { kills: number; answered: number; unknown: number }> = {};
  const folder = (): string => path.join(data, 'database');
  const base = (): string => `http://127.0.0.1:${port}`;

  const launch = (): ChildProcess => {
    const child = spawn(
      process.execPath,
      ['--conditions=source', '--import', 'tsx', '--input-type=module', '-e', program],
      {
        cwd: path.resolve(import.meta.dirname, '..'),
        env: {
          ...process.env,
          DATABASE_URL: '',
          LIANXIN_DATA: data,
          PORT: String(port),
          LIANXIN_WRITES_PER_MINUTE: '0',
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    child.stderr?.on('data', (chunk) => (said = `${said}${String(chunk)}`.slice(-4000)));
    return child;
  };
  const healthy = async (): Promise<boolean> => {
    if (server.exitCode !== null) throw new Error(`the server ended: ${said}`);
    return fetch(`${base()}/healthz`, { signal: AbortSignal.timeout(2000) }).then(
      (answer) => answer.ok,
      () => false,
    );
  };
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
    data = mkdtempSync(path.join(os.tmpdir(), 'lianxin-kills-'));
    port = await freePort();
    const opened = await openDeps(readConfig({ LIANXIN_DATA: data }), 'server', () => undefined);
    const owner = await connectOwner(opened.database);
    await addTeaCounty(owner);
    await addTeaPack(owner, teaCounty.county);
    await owner.end();
    await opened.close();
    server = launch();
    await until(healthy);
  }, 120_000);
  afterAll(async () => {
    const { LIANXIN_CAMPAIGN: file } = process.env;
    if (file !== undefined) writeFileSync(file, JSON.stringify(figures));
    server.kill('SIGKILL');
    await stop(clusterAt(folder()));
    rmSync(data, { recursive: true, force: true });
  });

  /** One try; throws when nobody knows whether it was carried out. Gives the words of a refusal, which is an answer. */
  const tell = async (told: Told): Promise<string | undefined> => {
    const answer = await fetch(`${base()}/api/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': told.commandId },
      body: JSON.stringify({
        division: teaCounty.divisions.upper,
        kind: 'need',
        fields: { wanted: told.text },
        formToken: told.formToken,
      }),
      signal: AbortSignal.timeout(20_000),
    });
    if (answer.status === 201) {
      told.answer = (await answer.json()) as { id: string; number: string };
      return undefined;
    }
    if (answer.status === 409 || answer.status === 503) throw new Error('unknown');
    return `${answer.status} ${await answer.text()}`;
  };

  const newForm = async (): Promise<{ formToken: string; commandId: string } | undefined> =>
    fetch(`${base()}/api/requests/form-token`, { method: 'POST', signal: AbortSignal.timeout(5000) }).then(
      async (answer) => (answer.ok ? ((await answer.json()) as { formToken: string; commandId: string }) : undefined),
      () => undefined,
    );

  const campaign = async (name: string, kill: () => Promise<void>): Promise<readonly Told[]> => {
    const all: Told[] = [];
    const refusals: string[] = [];
    const state = { stopping: false };
    const finish = async (told: Told): Promise<void> => {
      while (told.answer === undefined) {
        try {
          const refused = await tell(told);
          if (refused === undefined) continue;
          refusals.push(refused);
          return;
        } catch {
          told.unknown += 1;
          await wait(50);
        }
      }
    };
    const writer = async (): Promise<void> => {
      while (!state.stopping && refusals.length === 0) {
        const form = await newForm();
        if (form === undefined) await wait(50);
        else {
          const told: Told = { ...form, text: `第${all.length + 1}件事`, unknown: 0 };
          all.push(told);
          await finish(told);
        }
      }
    };
    const answered = (): number => all.filter((told) => told.answer !== undefined).length;
    const working = Array.from({ length: writers }, writer);
    for (let round = 0; round < kills && refusals.length === 0; round += 1) {
      const enough = answered() + writers;
      await until(() => refusals.length > 0 || answered() >= enough);
      await kill();
      await until(healthy);
    }
    state.stopping = true;
    await Promise.all(working);
    expect(refusals).toEqual([]);
    const unknown = all.filter((told) => told.unknown > 0).length;
    figures[name] = { kills, answered: answered(), unknown };
    console.log(`${kills} kills: ${all.length} requests answered, ${unknown} of them after an unknown outcome`);
    expect(answered()).toBe(all.length);
    expect(unknown).toBeGreaterThan(0);
    return all;
  };

  /** What is in the database against what was answered: every one there, once, with the answer that was given. */
  const compare = async (all: readonly Told[]): Promise<void> => {
    const list = `('${all.map((told) => told.commandId).join(`','`)}')`;
    const kept = await ask<{ command_id: string; id: string }>(
      `select command_id, answer::json->'body'->>'id' as id from lx.command where command_id in ${list}`,
    );
    expect(new Map(kept.map((row) => [row.command_id, row.id]))).toEqual(
      new Map(all.map((told) => [told.commandId, told.answer?.id])),
    );
    const once = async (sql: string): Promise<void> => {
      const rows = await ask<{ command_id: string; n: string }>(sql);
      expect(rows).toHaveLength(all.length);
      expect(rows.filter((row) => Number(row.n) !== 1)).toEqual([]);
    };
    await once(`select a.command_id, count(distinct a.matter) as n from lx.act a join lx.matter m on m.county = a.county and m.id = a.matter
      where a.command_id in ${list} and a.act = 'open' and m.parent is null group by 1`);
    await once(
      `select command_id, count(*) as n from lx.journal_entry where command_id in ${list} and kind = 'matter.open' group by 1`,
    );
  };

  it(
    `loses no answered request and doubles none in ${kills} kills of the server (F1)`,
    async () => {
      const all = await campaign('server-kills', async () => {
        const dying = server;
        dying.kill('SIGKILL');
        await until(() => dying.exitCode !== null || dying.signalCode !== null);
        server = launch();
      });
      await compare(all);
      expect(all.length).toBeGreaterThanOrEqual(kills * writers);
    },
    60_000 + kills * 30_000,
  );

  it(
    `loses no answered request and doubles none in ${kills} kills of every PostgreSQL process (F2)`,
    async () => {
      const all = await campaign('database-kills', async () => {
        const processes = processesOf(folder());
        expect(processes.length).toBeGreaterThan(3);
        for (const pid of processes) kill9(pid);
        await until(() => processes.every((pid) => !existsSync(`/proc/${pid}`) || gone(pid)));
      });
      await compare(all);
      expect(all.length).toBeGreaterThanOrEqual(kills * writers);
    },
    60_000 + kills * 30_000,
  );
});
