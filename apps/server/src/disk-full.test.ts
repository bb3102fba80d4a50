import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Opened } from '@lianxin/contract';
import {
  addTeaCounty,
  codesOf,
  faultRounds,
  keepFaultFigure,
  noSmallDisk,
  smallDisk,
  teaCounty,
  type SmallDisk,
} from '@lianxin/testkit/database';
import { until } from '@lianxin/testkit/processes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { faultOfException } from './http/on-error.js';
import type { App } from './http/environment.js';
import { checkLog, publishCounty, sealCounty } from './log/index.js';
import { logFolder } from './log/publish.js';
import { openDeps, type Opened as OpenedDeps } from './main.js';
import { addTeaPack } from './matters/test-pack/tea-requests.js';
import { teaServer, type TeaServer } from './matters/test-pack/tea-server.js';
import { connectOwner } from './storage/database.js';
import { openLauncher } from './storage/embedded/launcher.js';

/** How often each disk is filled; a campaign asks for more: `npm run campaign -- --faults F11`. */
const rounds = faultRounds('F11', 1);
const patience = 30_000 + rounds * 20_000;
const { county, divisions } = teaCounty;

const why = noSmallDisk();
if (why !== undefined) process.stdout.write(`F11 is left out: this machine mounts no small disk (${why})\n`);

const full = { status: 507, codes: ['storage-full'] };
const refusalOf = async (answer: Response) => ({ status: answer.status, codes: await codesOf(answer) });

/** Text that no compression makes small. */
const longText = (seed: number): string =>
  Array.from({ length: 1500 }, (_, at) => String.fromCodePoint(0x4e_00 + ((seed * 7919 + at * at * 31) % 20_000))).join(
    '',
  );

const found = { places: 0, rounds, refused: 0, answered: 0 };
afterAll(() => {
  if (why === undefined) keepFaultFigure('F11', found);
});

/** A request as a resident's page sends it; the same again has the same command id. */
const requestOf = async (app: App, wanted: string): Promise<() => Promise<Response>> => {
  const form = (await (
    await app.request('http://lianxin.test/api/requests/form-token', { method: 'POST' })
  ).json()) as {
    formToken: string;
    commandId: string;
  };
  return async () =>
    app.request('http://lianxin.test/api/requests', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': form.commandId },
      body: JSON.stringify({ formToken: form.formToken, division: divisions.upper, kind: 'need', fields: { wanted } }),
    });
};

describe.runIf(why === undefined)('a disk that is full', () => {
  let tea: TeaServer;
  const disks: SmallDisk[] = [];
  const diskAt = (folder: string, megabytes: number): SmallDisk => {
    const disk = smallDisk(folder, megabytes);
    disks.push(disk);
    return disk;
  };
  const tablespaces: string[] = [];
  /** A tablespace on a small disk. */
  const tablespaceOn = async (disk: SmallDisk): Promise<string> => {
    const name = `small_${process.pid}_${tablespaces.length}`;
    openLauncher().own(disk.folder);
    await tea.server.database.owner.query(`create tablespace ${name} location '${disk.folder}'`);
    await tea.server.database.owner.query(`grant create on tablespace ${name} to lx_app`);
    tablespaces.push(name);
    return name;
  };
  const place = mkdtempSync(path.join(os.tmpdir(), 'lianxin-full-'));

  beforeAll(async () => {
    tea = await teaServer(['upperClerk']);
  });
  afterAll(async () => {
    for (const disk of disks) disk.free();
    const { owner } = tea.server.database;
    for (const kind of ['table', 'index', 'materialized view'])
      for (const name of tablespaces)
        await owner.query(`alter ${kind} all in tablespace ${name} set tablespace pg_default`);
    for (const name of tablespaces) await owner.query(`drop tablespace ${name}`);
    for (const disk of disks) disk.remove();
    await tea.server.close();
    rmSync(place, { recursive: true, force: true });
  });

  it(
    'below the tables refuses what is new with 507 and in words, keeps nothing half, lets everybody read, and goes on once there is room (F11)',
    async () => {
      const disk = diskAt(path.join(place, 'tables'), 48);
      const name = await tablespaceOn(disk);
      for (const kind of ['table', 'index'])
        await tea.server.database.owner.query(`alter ${kind} all in tablespace pg_default set tablespace ${name}`);
      const before = await tea.tell('need', { wanted: '一把椅子' });
      for (let round = 0; round < rounds; round += 1) {
        disk.fill();
        const answered: Opened[] = [];
        const fillUp = async (): Promise<{ send: () => Promise<Response>; answer: Response }> => {
          for (let at = 0; at < 500; at += 1) {
            const send = await requestOf(tea.server.app, longText(round * 1000 + at));
            const answer = await send();
            if (answer.status !== 201) return { send, answer };
            answered.push((await answer.json()) as Opened);
          }
          throw new Error('the disk was not full');
        };
        const { send: refused, answer } = await fillUp();
        expect(await refusalOf(answer)).toEqual(full);
        found.refused += 1;
        const matters = await tea.count('select count(*) from lx.matter');
        expect(await refusalOf(await refused())).toEqual(full);
        expect(await tea.count('select count(*) from lx.matter')).toBe(matters);
        const said = await refused();
        expect(said.headers.get('retry-after')).toBe('60');
        expect(await said.json()).toMatchObject({ faults: [{ what: expect.stringContaining('存储空间不足') }] });
        for (const one of [before, ...answered]) {
          expect((await tea.track(one.receipt.code)).number).toBe(one.number);
          expect((await tea.read('upperClerk', one.id)).id).toBe(one.id);
        }
        disk.free();
        const [first, again] = [await refused(), await refused()];
        expect([first.status, again.status]).toEqual([201, 201]);
        expect(await first.json()).toEqual(await again.json());
        expect(await tea.count('select count(*) from lx.matter')).toBe(matters + 1);
        found.answered += answered.length + 1;
      }
      found.places += 1;
    },
    patience,
  );

  it(
    'below what a query puts aside is a refusal too, and the next query is answered (F11)',
    async () => {
      const disk = diskAt(path.join(place, 'aside'), 2);
      const name = await tablespaceOn(disk);
      const client = await tea.server.deps.pool.connect();
      try {
        await client.query(`set temp_tablespaces = ${name}; set work_mem = '64kB'`);
        const sort = `select count(*)::int as n from (select n from generate_series(1, 30000) as n order by md5(n::text)) as sorted`;
        for (let round = 0; round < rounds; round += 1) {
          disk.fill();
          const error: unknown = await client.query(sort).catch((thrown: unknown) => thrown);
          expect(faultOfException(error)?.code).toBe('storage-full');
          disk.free();
          expect((await client.query(sort)).rows).toEqual([{ n: 30_000 }]);
          found.refused += 1;
        }
      } finally {
        client.release(true);
      }
      found.places += 1;
    },
    patience,
  );

  it(
    'below the attachments refuses them alone: none is kept in part, those there are given out, words are taken as ever (F11)',
    async () => {
      const folder = path.join(tea.server.deps.config.data, 'files');
      const disk = diskAt(folder, 1);
      const clerk = tea.as('upperClerk');
      const upload = async (text: string, key: string): Promise<Response> => {
        const body = new FormData();
        body.set('division', divisions.upper);
        body.set('file', new File([`%PDF-1.4\n${text}\n%%EOF\n`], 'note.pdf', { type: 'application/pdf' }));
        return tea.server.request('/api/files', {
          method: 'POST',
          headers: { cookie: clerk.cookie, 'idempotency-key': key },
          body,
        });
      };
      const kept = (await (await upload('the first', 'the-first-file')).json()) as { id: string };
      for (let round = 0; round < rounds; round += 1) {
        disk.fill();
        const files = await tea.count('select count(*) from lx.file');
        const there = readdirSync(folder, { recursive: true });
        const one = async (): Promise<Response> => upload(`page ${round}`.repeat(2000), `the-file-${round}`);
        expect(await refusalOf(await one())).toEqual(full);
        found.refused += 1;
        expect(await tea.count('select count(*) from lx.file')).toBe(files);
        const stray = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
        expect(stray).toHaveLength(there.filter((entry) => path.basename(String(entry)).length === 64).length + 1);
        const first = await clerk.get(`/api/files/${kept.id}`);
        expect([first.status, await first.text()]).toEqual([200, '%PDF-1.4\nthe first\n%%EOF\n']);
        await tea.tell('need', { wanted: `第${round}张凳子` });
        disk.free();
        expect((await one()).status).toBe(201);
        found.answered += 2;
      }
      found.places += 1;
    },
    patience,
  );

  it(
    'below the log’s files stops its publishing, not the county’s work; the file there stays whole, and the next try publishes (F11)',
    async () => {
      const { deps, clock } = tea.server;
      const file = path.join(logFolder(deps.config.data, county, 2026), 'checkpoint');
      const disk = diskAt(path.join(deps.config.data, 'log'), 1);
      const aDay = async (wanted: string): Promise<void> => {
        await tea.tell('need', { wanted });
        clock.set(new Date(Date.parse(clock.now()) + 24 * 3_600_000).toISOString());
        await sealCounty(deps, county);
      };
      await aDay('一张桌子');
      await publishCounty(deps, county);
      for (let round = 0; round < rounds; round += 1) {
        await aDay(`第${round}盏灯`);
        const old = readFileSync(file, 'utf8');
        disk.fill();
        const error: unknown = await publishCounty(deps, county).catch((thrown: unknown) => thrown);
        expect(faultOfException(error)?.code).toBe('storage-full');
        found.refused += 1;
        expect(readFileSync(file, 'utf8')).toBe(old);
        await tea.tell('need', { wanted: `第${round}扇窗` });
        disk.free();
        await publishCounty(deps, county);
        expect(readFileSync(file, 'utf8')).not.toBe(old);
        found.answered += 2;
      }
      expect((await checkLog(deps, county, [])).findings).toEqual([]);
      found.places += 1;
    },
    patience,
  );
});

describe.runIf(why === undefined)('the whole data folder on one disk, its own database with it', () => {
  const place = mkdtempSync(path.join(os.tmpdir(), 'lianxin-all-full-'));
  const events: string[] = [];
  let disk: SmallDisk;
  let opened: OpenedDeps;
  let app: App;
  /** The same server without a reserve: it goes to the very end of the disk. */
  let reckless: App;

  const health = async (): Promise<unknown> => (await app.request('http://lianxin.test/healthz')).json();
  const trackedIn = async (one: Opened): Promise<number> =>
    (await app.request(`http://lianxin.test/api/receipts/${one.receipt.code}`)).status;
  const tell = async (wanted: string): Promise<Opened> => {
    const answer = await (await requestOf(app, wanted))();
    expect(answer.status).toBe(201);
    return (await answer.json()) as Opened;
  };

  beforeAll(async () => {
    disk = smallDisk(place, 200);
    const config = readConfig({ LIANXIN_DATA: place, LIANXIN_RESERVE_MB: '16', LIANXIN_WRITES_PER_MINUTE: '0' });
    opened = await openDeps(config, 'server', (_level, event) => void events.push(event));
    const owner = await connectOwner(opened.database);
    await addTeaCounty(owner);
    await addTeaPack(owner, county);
    // Else the database's log would by and by take all of so small a disk for itself.
    for (const setting of [`min_wal_size = '32MB'`, `max_wal_size = '48MB'`])
      await owner.query(`alter system set ${setting}`);
    await owner.query('select pg_reload_conf()');
    await owner.end();
    app = createApp(opened.deps);
    reckless = createApp({ ...opened.deps, config: { ...config, reserveBytes: 0 } });
  });
  afterAll(async () => {
    disk.free();
    await opened.close();
    disk.remove();
    rmSync(place, { recursive: true, force: true });
  });

  it(
    'takes nothing new once its reserve is spent, says so to its operator, lets everybody read, and goes on by itself once there is room (F11)',
    async () => {
      const before = await tell('一壶热水');
      for (let round = 0; round < rounds; round += 1) {
        const send = await requestOf(app, `第${round}壶热水`);
        disk.fill(8_000_000);
        await until(async () => JSON.stringify(await health()).includes('storage-full'));
        expect(await refusalOf(await send())).toEqual(full);
        expect(events.filter((event) => event === 'storage-full')).toHaveLength(round + 1);
        expect(await trackedIn(before)).toBe(200);
        disk.free();
        await until(async () => JSON.stringify(await health()) === '{"status":"ok"}');
        expect((await send()).status).toBe(201);
        found.refused += 1;
        found.answered += 1;
      }
      expect(events).toContain('storage-has-room');
      expect(events).not.toContain('database-died');
      found.places += 1;
    },
    patience,
  );

  it(
    'and whose database ends itself, since not even its own log can grow, loses nothing answered and comes back by itself once there is room (F11)',
    async () => {
      for (let round = 0; round < rounds; round += 1) {
        const before = await tell(`第${round}个杯子`);
        const send = await requestOf(reckless, `第${round}个碟子`);
        const owner = await connectOwner(opened.database);
        disk.fill();
        // The segment at work is closed again and again, until there is none that was laid out ahead: the next change needs a new one.
        for (let closed = 0; closed < 20; closed += 1)
          await owner.query('select txid_current(), pg_switch_wal()').catch(() => undefined);
        await owner.end().catch(() => undefined);
        const answer = await send();
        expect([503, 507]).toContain(answer.status);
        found.refused += 1;
        disk.free();
        await until(async () => events.filter((event) => event === 'database-restarted').length > round);
        await until(async () => JSON.stringify(await health()) === '{"status":"ok"}');
        expect(await trackedIn(before)).toBe(200);
        expect((await send()).status).toBe(201);
        found.answered += 2;
      }
      found.places += 1;
    },
    patience,
  );
});
