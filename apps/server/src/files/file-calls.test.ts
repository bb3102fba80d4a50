import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { faultRounds, keepFaultFigure } from '@lianxin/testkit/database';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { before, durableWriters, leftovers } from './test-pack/durable-writers.js';

/** So many of the faults of each writer in a run; all of them in a campaign. */
const most = faultRounds('F9', 2);
const calls = ['openat', 'write', 'fsync', 'rename'] as const;
const faults = ['signal=KILL', 'error=EIO', 'error=ENOSPC'] as const;

const place = mkdtempSync(path.join(os.tmpdir(), 'lianxin-file-calls-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const canTrace = spawnSync('strace', ['-f', 'true'], { stdio: 'ignore' }).status === 0;
if (!canTrace) process.stdout.write('F9 is left out: no strace on this machine, or it may not trace\n');

/** Bundled once: a process that first compiles its sources takes a hundred times longer than what it is there to do. */
const program = path.join(place, 'writers.mjs');
const bundle = (): void => {
  buildSync({
    stdin: {
      contents: `import { durableWriters, withoutChance } from './durable-writers.ts';
        withoutChance();
        await durableWriters[process.env.WRITER].write(process.env.FOLDER);`,
      resolveDir: path.join(import.meta.dirname, 'test-pack'),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['source'],
    outfile: program,
  });
};

type Name = keyof typeof durableWriters;

/** Runs a writer in a process of its own, in which one call of one kind on its files goes wrong; tells whether that call came. */
const runWith = (name: Name, folder: string, call: string, fault: string, nth: number) => {
  const trace = path.join(place, 'trace');
  const aimed = durableWriters[name].paths(folder, '$$').flatMap((one) => ['-P', `"${one}"`]);
  const kinds = call === 'write' ? 'write,pwrite64,writev' : call;
  // The tracer steps aside (-D), so that the process keeps the number by which the writer names its file.
  const line = `exec strace -D -f -qq -o ${trace} ${aimed.join(' ')} -e trace=${kinds} -e inject=${kinds}:${fault}:when=${nth} "$0" "$@"`;
  const done = spawnSync('sh', ['-c', line, process.execPath, program], {
    env: { ...process.env, WRITER: name, FOLDER: folder },
    encoding: 'utf8',
    timeout: 60_000,
  });
  const hit = readFileSync(trace, 'utf8').includes('(INJECTED)') || done.signal === 'SIGKILL';
  return { hit, ended: done.signal ?? done.status, said: done.stderr };
};

describe.runIf(canTrace)('a file that must be whole', () => {
  beforeAll(bundle);
  let [hits, killed] = [0, 0];

  it.each(Object.keys(durableWriters) as Name[])(
    'of the %s is the old one, the new one or not there, whichever call on it fails or ends the process; the next run completes (F9)',
    { timeout: 60_000 + most * 10_000 },
    async (name) => {
      const writer = durableWriters[name];
      const all = calls.flatMap((call) => faults.map((fault) => ({ call, fault })));
      // Where only a few are tried, another few for each writer.
      const from = (Object.keys(durableWriters).indexOf(name) * most) % all.length;
      let tried = 0;
      const found: Readonly<Record<string, unknown>>[] = [];
      const unharmed: Readonly<Record<string, unknown>>[] = [];
      for (const { call, fault } of [...all, ...all].slice(from, from + all.length)) {
        if (tried >= most) break;
        for (let nth = 1; tried < most; nth += 1) {
          const folder = mkdtempSync(path.join(place, `${name}-`));
          if (name === 'publisher') writeFileSync(path.join(folder, 'checkpoint'), before);
          const { hit, ended, said } = runWith(name, folder, call, fault, nth);
          if (!hit) {
            // The call came less often than that: the writer ended well.
            unharmed.push({ ended, said });
            break;
          }
          tried += 1;
          hits += 1;
          if (ended === 'SIGKILL') killed += 1;
          const half = await writer.wrong(folder);
          await writer.write(folder);
          found.push({
            aimed: `${call} ${fault} ${nth}`,
            ended,
            half,
            again: await writer.wrong(folder),
            // Who is killed tidies up nothing; the publisher writes over its own.
            left: ended === 'SIGKILL' || name === 'publisher' ? [] : leftovers(folder),
          });
        }
      }
      for (const one of found)
        expect(one).toEqual({
          ...one,
          // Whoever is not killed says so.
          ended: String(one['aimed']).includes('KILL') ? 'SIGKILL' : 1,
          half: undefined,
          again: undefined,
          left: [],
        });
      for (const one of unharmed) expect(one).toEqual({ ended: 0, said: '' });
      expect(tried).toBeGreaterThan(0);
      keepFaultFigure('F9', { writers: Object.keys(durableWriters).length, hits, killed });
    },
  );
});
