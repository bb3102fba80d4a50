import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  checkLog,
  checkout,
  inContext,
  openDeps,
  publishCounty,
  readConfig,
  realMakers,
  sealCounty,
  systemContext,
  writeJournal,
  type Deps,
} from '@lianxin/server';

/**
 * How fast the public log takes in what was committed: entries a second by the sequencer, for public acts (a leaf each) and
 * for a day of private entries (one leaf together), and leaves a second of the whole check. No request waits for any of it.
 *
 *   npx tsx --conditions=source bench/src/log-sealing.ts [entries]
 */
const entries = Number(process.argv[2] ?? 5000);
const county = '999901';
const scratch = path.join(checkout, '.tmp');
mkdirSync(scratch, { recursive: true });
const data = mkdtempSync(path.join(scratch, 'bench-log-'));
const yesterday = new Date(Date.now() - 86_400_000).toISOString();

const opened = await openDeps(readConfig({ LIANXIN_DATA: data }), 'tool', () => undefined, {
  ...realMakers,
  random: (count) => randomBytes(count),
});
const deps: Deps = opened.deps;

/** The same server a day ago: acts are sealed on their day, private entries when it is over. */
const past: Deps = { ...deps, clock: () => yesterday as ReturnType<Deps['clock']> };

/** Writes entries of yesterday, a hundred a transaction. */
const write = async (kind: 'role.grant' | 'matter.open'): Promise<void> => {
  for (let done = 0; done < entries; done += 100) {
    await inContext(past, systemContext(county), async (tx) => {
      for (let at = done; at < Math.min(done + 100, entries); at += 1) {
        const division = `${county}001${String(at % 500).padStart(3, '0')}`;
        if (kind === 'role.grant')
          writeJournal(tx, { kind, division, pub: { post: `post-${at}` }, commitFields: { person: `茶客 ${at}` } });
        else writeJournal(tx, { kind, division, commitFields: { text: `水泵坏了 ${at}`, channel: 'portal' } });
      }
    });
  }
};
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};
const rate = (count: number, seconds: number): number => Math.round(count / seconds);

try {
  await write('role.grant');
  const acts = await timed(async () => sealCounty(past, county));
  await write('matter.open');
  const day = await timed(async () => sealCounty(deps, county));
  const publishing = await timed(async () => publishCounty(deps, county));
  const checking = await timed(async () => {
    const { findings } = await checkLog(deps, county);
    if (findings.length > 0) throw new Error(`${findings.length} findings in a fresh log`);
  });
  console.log(
    JSON.stringify({
      entries,
      publicActsPerSecond: rate(entries, acts),
      privateEntriesPerSecond: rate(entries, day),
      checkpointMilliseconds: Math.round(publishing * 1000),
      checkedEntriesPerSecond: rate(2 * entries, checking),
    }),
  );
} finally {
  await opened.close();
  rmSync(data, { recursive: true, force: true });
}
