import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@lianxin/testkit/processes';
import { afterAll, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'lianxin-newcomer-'));
const started: ChildProcess[] = [];

afterAll(async () => {
  for (const child of started) if (child.exitCode === null && child.signalCode === null) await stop(child);
  rmSync(folder, { recursive: true, force: true });
});

/** The shell blocks of a document, in order, each a list of its commands. */
function commandBlocks(file: string): string[][] {
  return [...readFileSync(path.join(root, file), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map((match) =>
    (match[1] ?? '').trim().split('\n'),
  );
}

/** A newcomer's environment: nothing of ours is set, but for a port that is free here. */
function start(command: string, cwd: string, port: number): { child: ChildProcess; output: () => string } {
  const {
    LIANXIN_DATA: _data,
    DATABASE_URL: _url,
    TEST_DATABASE_URL: _test,
    VITEST: _vitest,
    NODE_ENV: _env,
    ...rest
  } = process.env;
  const child = spawn('bash', ['-c', command], {
    cwd,
    env: { ...rest, PORT: String(port) },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  started.push(child);
  return { child, output: () => text };
}

/** Ctrl-C reaches every process of the terminal, so the signal goes to the whole group. */
async function stop(child: ChildProcess): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  return ended;
}

async function answers(url: string, child: ChildProcess, output: () => string, seconds: number): Promise<void> {
  for (let tries = 0; tries < seconds * 4; tries++) {
    if (child.exitCode !== null) break;
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${url} did not answer. What was printed:\n${output()}`);
}

test('a newcomer who copies the commands of the README gets a running county, and keeps its data at the second start', async () => {
  const [first = []] = commandBlocks('README.md');
  expect(first.map((line) => line.split(' ')[0])).toEqual(['git', 'cd', 'npm']);
  const port = await freePort();
  const commands = first
    .map((line) => line.replace(/^git clone \S+/, `git clone --quiet ${root} lianxin`))
    .join(' && ');
  const base = `http://localhost:${port}`;

  const run = start(commands, folder, port);
  await answers(`${base}/healthz`, run.child, run.output, 400);
  for (const page of ['/', '/console', '/api/openapi.json']) {
    const response = await fetch(base + page);
    expect(response.status, page).toBe(200);
  }
  for (let tries = 0; tries < 40 && !run.output().includes(`${base}/console`); tries++)
    await new Promise((resolve) => setTimeout(resolve, 250));
  expect(run.output()).toContain(base);
  const login = /(\S+-desk)\b/.exec(run.output())?.[1];
  expect(login, 'a demonstration log-in is printed').toBeDefined();
  await stop(run.child);
  await expect(fetch(`${base}/healthz`)).rejects.toThrow();

  const checkout = path.join(folder, 'lianxin');
  expect(existsSync(path.join(checkout, '.lianxin'))).toBe(true);
  const again = start('npm start', checkout, port);
  await answers(`${base}/healthz`, again.child, again.output, 60);
  expect(again.output()).not.toMatch(/added \d+ packages/);
  await stop(again.child);
}, 600_000);

test('both READMEs show the same commands, and the test command is the one CI calls', () => {
  const english = commandBlocks('README.md');
  const chinese = commandBlocks('README.zh-CN.md');
  expect(chinese).toEqual(english);
  expect(english.at(-1)).toEqual(['npm test']);
  expect(readFileSync(path.join(root, '.ci/run'), 'utf8')).toContain('npm test 2>&1');
});
