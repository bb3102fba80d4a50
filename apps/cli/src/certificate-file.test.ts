import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exportLog, publishCounty, sealCounty } from '@lianxin/server';
import {
  addTeaAccounts,
  addTeaCounty,
  addTeaDecisions,
  decideInTea,
  overHttp,
  teaCounty,
  teaPeople,
  testServer,
  type OverHttp,
  type TestServer,
} from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCommand } from './test-pack/call-command.js';
import { run, verifyExitCodes } from './verify.js';

const { county } = teaCounty;

describe('lianxin verify for certificates and whole logs', () => {
  let server: TestServer;
  let http: OverHttp;
  let url = '';
  let folder = '';
  let key = '';
  let certificate = '';

  const call = async (...args: string[]) => callCommand(run, args, { cwd: folder });
  const fetched = async (target: string): Promise<Buffer> =>
    Buffer.from(await (await fetch(`${url}${target}`)).arrayBuffer());

  beforeAll(async () => {
    server = await testServer({ now: '2026-03-02T01:00:00.000Z' });
    folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-certificate-'));
    const { owner } = server.database;
    await addTeaCounty(owner);
    await addTeaAccounts(owner, [teaPeople.upperClerk]);
    await addTeaDecisions(owner);
    certificate = (await decideInTea(server, '修村口的桥')).certificate ?? '';
    http = await overHttp(server);
    ({ url } = http);
    key = (await fetched(`/log/${county}/2026/key`)).toString('utf8').trim();
    for (const form of ['json', 'pdf'])
      writeFileSync(
        path.join(folder, `bridge.${form}`),
        await fetched(`/certificates/${county}/${certificate}.${form}`),
      );
  });
  afterAll(async () => {
    http.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says 真实 for a certificate as JSON and as PDF, offline, and in one line what was computed again', async () => {
    for (const form of ['json', 'pdf']) {
      const { code, text } = await call(`bridge.${form}`, '--key', key);
      expect(code, form).toBe(0);
      expect(text).toContain('真实，尚未见证');
      expect(text).toContain('已重新核算：6 个环节');
      expect(text).toContain('修村口的桥');
    }
    const online = await call(`${url}/verify#3.${county}.${certificate}`, '--save', 'saved.json');
    expect(online).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(folder, 'saved.json'))).toEqual(readFileSync(path.join(folder, 'bridge.json')));
    expect(await call('bridge.json')).toMatchObject({ code: verifyExitCodes['not-checked'] });
  });

  it(
    'says 与册上不符 after one changed byte anywhere in the file inside the PDF, and in samples of the JSON',
    { timeout: 120_000 },
    async () => {
      const pdf = readFileSync(path.join(folder, 'bridge.pdf'));
      const dictionary = pdf.indexOf('/EmbeddedFile');
      const start = pdf.indexOf('\nstream\n', dictionary) + 8;
      const end = pdf.indexOf('\nendstream', start);
      expect(end - start).toBeGreaterThan(1_000);
      const held: number[] = [];
      const step = Math.floor((end - start) / 150);
      for (let at = start; at < end; at += step) {
        const changed = Buffer.from(pdf);
        changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
        writeFileSync(path.join(folder, 'changed.pdf'), changed);
        const { code } = await call('changed.pdf', '--key', key);
        if (code !== verifyExitCodes.differs) held.push(at);
      }
      expect(held).toEqual([]);
      const json = readFileSync(path.join(folder, 'bridge.json'));
      for (let at = 0; at < json.length; at += 97) {
        const changed = Buffer.from(json);
        changed[at] = (changed[at] ?? 0) ^ 1;
        writeFileSync(path.join(folder, 'changed.json'), changed);
        if ((await call('changed.json', '--key', key)).code === 0) held.push(at);
      }
      expect(held).toEqual([]);
      writeFileSync(path.join(folder, 'empty.pdf'), '%PDF-1.7\n');
      expect(await call('empty.pdf', '--key', key)).toMatchObject({ code: verifyExitCodes['not-checked'] });
    },
  );

  it('is checked by a Python script of the standard library alone, as JSON and inside the PDF, and refused when changed', (context) => {
    if (spawnSync('python3', ['--version']).status !== 0) return context.skip('python3 is not installed');
    const script = path.resolve(import.meta.dirname, '../../../docs/verify.py');
    const ask = (name: string) => spawnSync('python3', [script, path.join(folder, name), key], { encoding: 'utf8' });
    expect(ask('bridge.json').stdout).toBe('真实 true\n');
    expect(ask('bridge.pdf').stdout).toBe('真实 true\n');
    const json = readFileSync(path.join(folder, 'bridge.json'), 'utf8');
    const changes = [
      json.replace('"present":21', '"present":22'),
      json.replace('修村口的桥', '修村尾的桥'),
      json.replace('"days":15', '"days":16'),
      json.replace(/"hash":"./, '"hash":"x'),
    ];
    for (const changed of changes) {
      expect(changed).not.toBe(json);
      writeFileSync(path.join(folder, 'changed.json'), changed);
      expect(ask('changed.json')).toMatchObject({ status: 1 });
    }
    return undefined;
  });

  it('checks a whole exported log offline, and names the first page that was changed', async () => {
    server.clock.advance({ days: 2 });
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);
    let text = '';
    const exported = await exportLog(server.deps, county, 2026, (piece) => {
      text += piece;
    });
    writeFileSync(path.join(folder, 'whole.lianxin-log'), text);
    const whole = await call('whole.lianxin-log', '--key', key);
    expect(whole).toMatchObject({ code: 0 });
    expect(whole.text).toContain(`已重新核算 ${exported?.leaves} 页`);
    expect(exported?.entries).toBeGreaterThan(8);
    const lines = text.split('\n');
    const changes: readonly [string, string, string][] = [
      ['a leaf', text.replace('"present":21', '"present":22'), 'page'],
      ['a leaf left out', lines.toSpliced(6, 1).join('\n'), 'any'],
      [
        'two leaves in another order',
        lines
          .with(6, lines[7] ?? '')
          .with(7, lines[6] ?? '')
          .join('\n'),
        'page',
      ],
      ['an entry of a day', text.replace('{"c":{"fields":"', '{"c":{"fields":"A'), 'page'],
      ['the root', text.replace(/(\n\d+\n)[A-Za-z0-9]/, '$1_'), 'any'],
      ['the number of leaves', text.replace(/\nleaves (\d+)/, '\nleaves 1$1'), 'any'],
    ];
    for (const [what, changed, place] of changes) {
      expect(changed, what).not.toBe(text);
      writeFileSync(path.join(folder, 'changed.lianxin-log'), changed);
      const refused = await call('changed.lianxin-log', '--key', key);
      expect(refused.code, what).toBe(verifyExitCodes.differs);
      expect(place === 'any' || /第 \d+ 页/.test(refused.text), what).toBe(true);
    }
  });
});
