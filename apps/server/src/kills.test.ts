import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addTeaCounty,
  askClusterOf,
  bundleProgram,
  clusterFolderOf,
  faultRounds,
  keepFaultFigure,
  serverProcess,
  teaCounty,
  type BundledProgram,
  type ServerProcess,
} from '@lianxin/testkit/database';
import { clusterProcesses, freePort, until } from '@lianxin/testkit/processes';
import { readConfig } from './config.js';
import { features } from './features.js';
import { openDeps, realMakers } from './main.js';
import { addTeaPack } from './matters/test-pack/tea-requests.js';
import { connectOwner } from './storage/database.js';
import { clusterAt, connectionTo, postmasterOf, stop } from './storage/embedded/cluster.js';
import { rebuild } from './storage/rebuild.js';

/** How often each of them happens; a campaign asks for more: `npm run campaign -- --faults F1,F2,F3,F4`. */
const rounds = {
  F1: faultRounds('F1', 5),
  F2: faultRounds('F2', 5),
  F3: faultRounds('F3', 2),
  F4: faultRounds('F4', 2),
} as const;
type Fault = keyof typeof rounds;
/** What a test may take: a round is over in seconds, unless the machine is very busy. */
const patienceFor = (fault: Fault): number => 60_000 + rounds[fault] * 30_000;
/** Seconds after which a database that was restarted must be answering again (F4). */
const soonest = 10;
const writers = 8;

const program = `import { jsonLog, openDeps, readConfig, run } from './index.js';
  await run(await openDeps(readConfig(process.env), 'server', jsonLog));`;

/** A request that may have arrived: told once, repeated with the same id until somebody answers. */
interface Told {
  readonly commandId: string;
  readonly formToken: string;
  readonly text: string;
  answer?: { readonly id: string; readonly number: string };
  /** Tries that ended without an answer: whether they were carried out nobody knows. */
  unknown: number;
  /** Tries that the server itself asked to be made again, with `Retry-After`. */
  askedAgain: number;
}

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
  let bundled: BundledProgram;
  let port: number;
  let server: ServerProcess;
  const folder = (): string => clusterFolderOf(data);
  const base = (): string => `http://127.0.0.1:${port}`;

  const launch = (): ServerProcess => serverProcess(bundled, { data, port });
  const ask = async <R extends pg.QueryResultRow>(sql: string): Promise<R[]> => askClusterOf<R>(data, sql);

  beforeAll(async () => {
    data = mkdtempSync(path.join(os.tmpdir(), 'lianxin-kills-'));
    bundled = await bundleProgram(program, import.meta.dirname);
    port = await freePort();
    const opened = await openDeps(readConfig({ LIANXIN_DATA: data }), 'server', () => undefined);
    const owner = await connectOwner(opened.database);
    await addTeaCounty(owner);
    await addTeaPack(owner, teaCounty.county);
    await owner.end();
    await opened.close();
    server = launch();
    await server.up();
  });
  afterAll(async () => {
    server.child.kill('SIGKILL');
    await stop(clusterAt(folder()));
    bundled.remove();
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
    const words = await answer.text();
    const saysWhen = answer.status === 503 && Number(answer.headers.get('retry-after')) > 0;
    if (saysWhen) told.askedAgain += 1;
    if (answer.status === 409 || saysWhen) throw new Error('unknown');
    return `${answer.status} ${words}`;
  };

  const newForm = async (): Promise<{ formToken: string; commandId: string } | undefined> =>
    fetch(`${base()}/api/requests/form-token`, { method: 'POST', signal: AbortSignal.timeout(5000) }).then(
      async (answer) => (answer.ok ? ((await answer.json()) as { formToken: string; commandId: string }) : undefined),
      () => undefined,
    );

  /**
   * What is in the database against what was answered: every one there, once, with the answer that was given; projections are what the facts
   * give, and tables and indexes are whole.
   */
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
    const owner = await connectOwner({ owner: connectionTo(clusterAt(folder()), 'lianxin') });
    try {
      expect((await rebuild(owner, features, realMakers.clock())).filter((one) => one.differing > 0)).toEqual([]);
      // What `pg_amcheck --heapallindexed` asks: every row readable, every row in each of its indexes.
      await owner.query('create extension if not exists amcheck schema public');
      const { rows } = await owner.query(`select c.relname, broken.msg
        from pg_class c, lateral public.verify_heapam(c.oid) as broken where c.relkind = 'r' and c.relnamespace = 'lx'::regnamespace`);
      expect(rows).toEqual([]);
      await owner.query(`select public.bt_index_check(i.indexrelid, true) from pg_index i join pg_class c on c.oid = i.indexrelid
        where c.relkind = 'i' and c.relam = (select oid from pg_am where amname = 'btree') and c.relnamespace = 'lx'::regnamespace`);
    } finally {
      await owner.end();
    }
  };

  /**
   * Eight writers at work while something happens again and again; every request is repeated until somebody answers, and is there once. Gives how
   * many requests there were.
   */
  const campaign = async (fault: Fault, happen: (round: number) => Promise<void>): Promise<number> => {
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
          const told: Told = { ...form, text: `第${all.length + 1}件事`, unknown: 0, askedAgain: 0 };
          all.push(told);
          await finish(told);
        }
      }
    };
    const answered = (): number => all.filter((told) => told.answer !== undefined).length;
    const working = Array.from({ length: writers }, writer);
    let slowest = 0;
    for (let round = 0; round < rounds[fault] && refusals.length === 0; round += 1) {
      const enough = answered() + writers;
      await until(() => refusals.length > 0 || answered() >= enough);
      const began = performance.now();
      await happen(round);
      await server.up();
      const afterwards = answered() + 1;
      await until(() => refusals.length > 0 || answered() >= afterwards);
      slowest = Math.max(slowest, performance.now() - began);
    }
    state.stopping = true;
    await Promise.all(working);
    expect(refusals).toEqual([]);
    const unknown = all.filter((told) => told.unknown > 0).length;
    const askedAgain = all.reduce((sum, told) => sum + told.askedAgain, 0);
    const seconds = Math.ceil(slowest / 100) / 10;
    keepFaultFigure(fault, {
      rounds: rounds[fault],
      answered: answered(),
      unknown,
      askedAgain,
      slowestSeconds: seconds,
    });
    expect(answered()).toBe(all.length);
    expect(unknown).toBeGreaterThan(0);
    if (fault === 'F4') {
      expect(askedAgain).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(soonest);
    }
    await compare(all);
    return all.length;
  };

  const killServer = async (): Promise<void> => {
    const dying = server.child;
    dying.kill('SIGKILL');
    await until(() => dying.exitCode !== null || dying.signalCode !== null);
  };
  const killDatabase = async (): Promise<void> => {
    const processes = clusterProcesses(folder());
    expect(processes.length).toBeGreaterThan(3);
    for (const pid of processes) kill9(pid);
    await until(() => processes.every((pid) => !existsSync(`/proc/${pid}`) || gone(pid)));
  };

  it(
    `loses no answered request and doubles none in ${rounds.F1} kills of the server (F1)`,
    async () => {
      const told = await campaign('F1', async () => {
        await killServer();
        server = launch();
      });
      expect(told).toBeGreaterThanOrEqual(rounds.F1 * writers);
    },
    patienceFor('F1'),
  );

  it(
    `loses no answered request and doubles none in ${rounds.F2} kills of every PostgreSQL process (F2)`,
    async () => expect(await campaign('F2', killDatabase)).toBeGreaterThanOrEqual(rounds.F2 * writers),
    patienceFor('F2'),
  );

  it(
    `loses none and doubles none in ${rounds.F3} kills of both: all at once, or as the power goes, the database first (F3)`,
    async () => {
      const told = await campaign('F3', async (round) => {
        if (round % 2 === 0) await Promise.all([killServer(), killDatabase()]);
        else {
          await killDatabase();
          await killServer();
          // The server may have begun to start its database again before it died itself.
          for (const pid of clusterProcesses(folder())) kill9(pid);
        }
        server = launch();
      });
      expect(told).toBeGreaterThanOrEqual(rounds.F3 * writers);
    },
    patienceFor('F3'),
  );

  it(
    `says 503 and when to ask again, nothing else, while its database is restarted ${rounds.F4} times, and answers within ${soonest} s (F4)`,
    async () => {
      const here = server;
      const told = await campaign('F4', async () => {
        const pid = postmasterOf(clusterAt(folder()));
        if (pid === undefined) throw new Error('no database to restart');
        // What `pg_ctl restart -m immediate` says to it; the server starts it again.
        process.kill(pid, 'SIGQUIT');
        await until(() => postmasterOf(clusterAt(folder())) !== pid);
      });
      expect(server).toBe(here);
      expect(server.child.exitCode).toBeNull();
      expect(told).toBeGreaterThanOrEqual(rounds.F4 * writers);
    },
    patienceFor('F4'),
  );
});
