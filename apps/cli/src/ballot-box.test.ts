import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeBallot } from '@lianxin/testkit/ballots';
import { afterAll, expect, it } from 'vitest';
import { run } from './ballot-box.js';
import { ballotTools } from '@lianxin/server/ballot-tools';

const root = mkdtempSync(path.join(os.tmpdir(), 'lianxin-box-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('runs a box as a process of its own, closes it, writes its board, and destroys it', async () => {
  const folder = path.join(root, 'box');
  const said: string[] = [];
  const io = { out: (text: string) => said.push(text), err: (text: string) => said.push(text), cwd: root, env: {} };
  expect(await run(['key', '--folder', folder], io)).toBe(0);
  const { file } = await makeBallot(ballotTools, 1, 1);
  const manifest = path.join(root, 'manifest.json');
  writeFileSync(
    manifest,
    JSON.stringify({ ...file.manifest, boxKey: said[0], opens: '2026-01-01', closes: '2099-12-31' }),
  );
  const script = `import { run } from ${JSON.stringify(path.resolve(import.meta.dirname, 'ballot-box.ts'))};
    process.exitCode = await run(['start', '--folder', 'box', '--manifest', 'manifest.json', '--port', '0'],
      { out: console.log, err: console.error, cwd: ${JSON.stringify(root)}, env: {} });`;
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', '--input-type=module', '-e', script],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
  const url = /http:\S+/.exec(line)?.[0] ?? '';
  const open = await fetch(`${url}board`);
  expect([open.status, await open.json()]).toEqual([409, { refusal: 'open' }]);
  // A vote of another ballot: its tokens are not signed for this manifest.
  const [stranger] = file.boards['q1'] ?? [];
  const refused = await fetch(`${url}votes`, { method: 'POST', body: JSON.stringify(stranger) });
  expect([refused.status, await refused.json()]).toEqual([409, { refusal: 'not-signed-by-a' }]);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  const save = path.join(root, 'board.json');
  expect(await run(['close', '--folder', folder, '--manifest', manifest, '--save', save], io)).toBe(0);
  expect(JSON.parse(readFileSync(save, 'utf8'))).toEqual({ board: [], surrendered: {} });
  expect(await run(['start', '--folder', folder], io)).toBe(2);
  expect(await run(['destroy', '--folder', folder], io)).toBe(0);
  expect(existsSync(folder)).toBe(false);
});
