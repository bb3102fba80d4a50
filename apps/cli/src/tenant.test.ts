import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { demonstrationLogins, publishCounty, sealCounty, type DemonstrationLogin } from '@lianxin/server';
import type { MatterDetail, Opened } from '@lianxin/contract';
import {
  addRegisterCounty,
  addTeaAccounts,
  addTeaCounty,
  addTeaDecisions,
  decideInTea,
  demonstrationServer,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
  type TestServer,
} from '@lianxin/testkit/database';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunCommand } from './command.js';
import { callOn } from './test-pack/call-command.js';
import { run as exportCounty } from './export.js';
import { run as importList } from './import.js';
import { run as log } from './log.js';
import { run as verify } from './verify.js';

const county = '431122';
const phone = '13800138000';
const passphrase = 'tea-and-biscuits-for-all';

describe('a county that moves, by the command line', () => {
  let source: TestServer;
  let target: TestServer;
  let login: DemonstrationLogin;
  let told: Opened;
  let picture: { id: string };
  let image: Buffer;

  const call = async (server: TestServer, command: RunCommand, ...args: string[]) =>
    callOn(server, source.deps.config.data)(command, ...args);
  const place = (name: string): string => path.join(source.deps.config.data, name);
  const move = (file: string, ...more: string[]) => call(target, importList, 'tenant', file, ...more);
  const secret = ['--passphrase-file', 'passphrase'];
  /** What a refused import must leave as it was: everything. */
  const rowsIn = async (server: TestServer): Promise<number> => {
    const { rows } = await server.database.owner.query<{ n: number }>(
      `select ((select count(*) from lx.division) + (select count(*) from lx.person) + (select count(*) from lx.matter)
         + (select count(*) from lx.post) + (select count(*) from lx.account))::int as n`,
    );
    return rows[0]?.n ?? 0;
  };

  beforeAll(async () => {
    source = await demonstrationServer();
    target = await testServer({ seed: 'another installation' });
    [login = login] = demonstrationLogins(source.deps);
    const clerk = await signIn(source, 'nanqiao-v01-secretary', login.password);
    const { division } = (await (await clerk.get('/api/me')).json()) as { division: string };
    image = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#3a3' } })
      .png()
      .toBuffer();
    const form = new FormData();
    form.set('division', division);
    form.set('file', new File([new Uint8Array(image)], '路灯.png'));
    const sent = await source.request('/api/files', {
      method: 'POST',
      headers: { cookie: clerk.cookie, 'idempotency-key': 'the-picture' },
      body: form,
    });
    picture = (await sent.json()) as { id: string };
    image = Buffer.from(await (await clerk.get(`/api/files/${picture.id}`)).arrayBuffer());
    const opened = await clerk.send('POST', '/api/matters', {
      division,
      kind: 'need',
      fields: { wanted: '第三组路灯不亮', phone },
      onBehalfOf: { name: '王演一', phone },
    });
    if (opened.status !== 201) throw new Error(await opened.text());
    told = (await opened.json()) as Opened;
    await sealCounty(source.deps, county);
    await publishCounty(source.deps, county);
    writeFileSync(place('passphrase'), `${passphrase}\n`);
    writeFileSync(place('other-passphrase'), 'some-other-long-words\n');
    writeFileSync(place('short-passphrase'), 'tea\n');
  }, 600_000);
  afterAll(async () => {
    await target.close();
    await source.close();
  });

  it('is written into one file, with its secrets sealed or without them', async () => {
    const whole = await call(source, exportCounty, 'a.lianxin-county', '--county', county, ...secret);
    expect(whole, whole.err).toMatchObject({ code: 0, out: expect.stringMatching(/[1-9]\d* 个附件/) as string });
    const plain = await call(source, exportCounty, 'plain.lianxin-county', '--county', county);
    expect(plain).toMatchObject({ code: 0, out: expect.stringContaining('secrets are left out') as string });
    for (const name of ['a.lianxin-county', 'plain.lianxin-county']) {
      const text = gunzipSync(readFileSync(place(name))).toString();
      expect(text).toContain('第三组路灯不亮');
      expect(text).not.toContain(phone);
      // Of the five counties of the demonstration only the one that was asked for.
      expect(text).not.toContain('"county":"321181"');
    }
    const choose = await call(source, exportCounty, 'x.lianxin-county');
    expect(choose.code).toBe(2);
    const nowhere = await call(source, exportCounty, 'x.lianxin-county', '--county', '990101');
    expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('no such county') as string });
    const short = await call(source, exportCounty, 'x', '--county', county, '--passphrase-file', 'short-passphrase');
    expect(short).toMatchObject({ code: 2, err: expect.stringContaining('too short') as string });
    expect(() => readFileSync(place('x.lianxin-county'))).toThrow('ENOENT');
    // Who took how much, and when, stays in the journal: of the two that were written, of none that was refused.
    const { rows: taken } = await source.database.owner.query<{ private: Record<string, unknown>; county: string }>(
      `select county, private from lx.journal_entry where kind = 'county.export' order by id`,
    );
    expect(taken).toMatchObject([
      { county, private: { by: userInfo().username, sealed: true, bytes: statSync(place('a.lianxin-county')).size } },
      { county, private: { sealed: false, bytes: statSync(place('plain.lianxin-county')).size } },
    ]);
  });

  it('is refused in words when one byte was altered, the passphrase is wrong or missing, or the schemas differ; nothing changes', async () => {
    const before = await rowsIn(target);
    const bytes = readFileSync(place('a.lianxin-county'));
    const flipped = Buffer.from(bytes);
    flipped[bytes.length >> 1] = (flipped[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(place('flipped'), flipped);
    const text = gunzipSync(bytes).toString();
    writeFileSync(place('rewritten'), gzipSync(text.replace('第三组路灯不亮', '第四组路灯不亮')));
    const forged = text.replace('第三组路灯不亮', '第四组路灯不亮').split('\n').slice(0, -2).join('\n');
    const sum = createHash('sha256').update(`${forged}\n`).digest('hex');
    const hmac = /"hmac":"([0-9a-f]+)"\}\]\n$/.exec(text)?.[1];
    writeFileSync(place('forged'), gzipSync(`${forged}\n["whole",{"sha256":"${sum}","hmac":"${hmac}"}]\n`));
    writeFileSync(place('cut'), bytes.subarray(0, bytes.length - 200));
    writeFileSync(place('other'), gzipSync('{"tea":"club"}\n'));
    for (const [file, words] of [
      ['flipped', 'not as it was made'],
      ['rewritten', 'not as it was made'],
      ['forged', 'not as it was made'],
      ['cut', 'not as it was made'],
      ['other', 'no county file'],
      ['missing', 'no county file'],
    ] as const)
      expect([file, await move(file, ...secret)]).toMatchObject([
        file,
        { code: 1, err: expect.stringContaining(words) as string },
      ]);
    expect(await move('a.lianxin-county')).toMatchObject({
      code: 1,
      err: expect.stringContaining('needs the sealed part') as string,
    });
    expect(await move('plain.lianxin-county', ...secret)).toMatchObject({
      code: 1,
      err: expect.stringContaining('needs the sealed part') as string,
    });
    expect(await move('a.lianxin-county', '--passphrase-file', 'other-passphrase')).toMatchObject({
      code: 1,
      err: expect.stringContaining('passphrase is wrong') as string,
    });
    await target.database.owner.query(
      `insert into lx.schema_migration (number, name, sha256) values ('9998', 'x', 'x')`,
    );
    expect(await move('a.lianxin-county', ...secret)).toMatchObject({
      code: 1,
      err: expect.stringContaining('9998') as string,
    });
    await target.database.owner.query(`delete from lx.schema_migration where number = '9998'`);
    expect(await rowsIn(target)).toBe(before);
  });

  it('is taken in whole, and proven equal by the hashes of every table, whatever installation and passphrase', async () => {
    const taken = await move('a.lianxin-county', ...secret);
    expect(taken, taken.err).toMatchObject({ code: 0, out: expect.stringContaining('0 处不同 differing') as string });
    const other = ['--passphrase-file', 'other-passphrase'];
    const back = await call(target, exportCounty, 'b.lianxin-county', '--county', county, ...other);
    expect(back.code, back.err).toBe(0);
    const equal = await call(source, verify, '--equal', 'a.lianxin-county', 'b.lianxin-county');
    expect(equal, equal.out).toMatchObject({ code: 0, out: expect.stringContaining('逐一相等') as string });
  });

  it('is the same county there: log-ins, contact data, attachments, receipts, a log that goes on', async () => {
    const clerk = await signIn(target, 'nanqiao-v01-secretary', login.password);
    const matter = (await (await clerk.get(`/api/matters/${told.id}`)).json()) as MatterDetail;
    expect(matter.form.find((field) => field.id === 'phone')?.value).toBe(phone);
    const read = await clerk.get(`/api/files/${picture.id}`);
    expect(Buffer.from(await read.arrayBuffer()).equals(image)).toBe(true);
    expect((await target.request(`/api/receipts/${told.receipt.code}`)).status).toBe(200);

    const served = async (server: TestServer, address: string): Promise<string> =>
      (await server.request(address)).text();
    writeFileSync(place('key'), await served(source, `/log/${county}/2026/key`));
    // The log goes on under its own name and key: what is signed at the new place checks with the old poster.
    await sealCounty(target.deps, county);
    await publishCounty(target.deps, county);
    expect((await call(target, log, 'export', '--county', county, '--out', '.')).code).toBe(0);
    expect(await call(target, verify, `${county}-2026.lianxin-log`, '--key', 'key')).toMatchObject({ code: 0 });
  });

  it('is not taken in twice', async () => {
    const before = await rowsIn(target);
    expect(await move('a.lianxin-county', ...secret)).toMatchObject({
      code: 1,
      err: expect.stringContaining('here already') as string,
    });
    expect(await rowsIn(target)).toBe(before);
  });

  it('no longer equals the file once one name was changed, and the comparison names the table', async () => {
    await target.database.owner.query(
      `update lx.person set name = name || '甲' where county = $1 and id = (select id from lx.person where county = $1 order by id limit 1)`,
      [county],
    );
    await call(target, exportCounty, 'c.lianxin-county', '--county', county, ...secret);
    const differs = await call(source, verify, '--equal', 'a.lianxin-county', 'c.lianxin-county');
    expect(differs).toMatchObject({ code: 1, out: expect.stringContaining('✗ person:') as string });
    expect(await call(source, verify, '--equal', 'a.lianxin-county', 'flipped')).toMatchObject({ code: 4 });
  });
});

describe('a county that decided, moving beside another', () => {
  let source: TestServer;
  let target: TestServer;
  beforeAll(async () => {
    source = await testServer({ now: '2026-03-02T01:00:00.000Z' });
    target = await testServer({ now: '2026-06-01T01:00:00.000Z', seed: 'another installation' });
    await addTeaCounty(source.database.owner);
    await addTeaAccounts(source.database.owner, [teaPeople.upperClerk]);
    await addTeaDecisions(source.database.owner);
    await addRegisterCounty(target.database.owner);
  }, 600_000);
  afterAll(async () => {
    await target.close();
    await source.close();
  });

  it('keeps its certificates: the very file is served at the new place and checks with the key of the old poster', async () => {
    const { county: tea } = teaCounty;
    const folder = source.deps.config.data;
    const call = async (server: TestServer, command: RunCommand, ...args: string[]) =>
      callOn(server, folder)(command, ...args);
    const { certificate } = await decideInTea(source, '修村口的桥');
    expect(certificate).not.toBeNull();
    await sealCounty(source.deps, tea);
    await publishCounty(source.deps, tea);
    const address = `/certificates/${tea}/${certificate}.json`;
    const before = await (await source.request(address)).text();
    writeFileSync(path.join(folder, 'key'), await (await source.request(`/log/${tea}/2026/key`)).text());
    writeFileSync(path.join(folder, 'passphrase'), `${passphrase}\n`);
    const written = await call(source, exportCounty, 'tea', '--county', tea, '--passphrase-file', 'passphrase');
    expect(written.code, written.err).toBe(0);
    const taken = await call(target, importList, 'tenant', 'tea', '--passphrase-file', 'passphrase');
    expect(taken.code, taken.out + taken.err).toBe(0);
    const answer = await target.request(address);
    expect(answer.status).toBe(200);
    writeFileSync(path.join(folder, 'certificate.json'), await answer.text());
    expect(readFileSync(path.join(folder, 'certificate.json'), 'utf8')).toBe(before);
    const checked = await call(target, verify, 'certificate.json', '--key', 'key');
    expect(checked.code, checked.out + checked.err).toBe(0);
  });
});
