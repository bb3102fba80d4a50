import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkout } from '@lianxin/server';
import { measureColdStart } from './cold-start.js';
import { measureCreates } from './creates.js';
import { startDatabase, type BenchDatabase } from './database.js';
import { describeFigure, type Figure } from './figures.js';
import { measureIntake } from './intake.js';
import { measureFirstLoad } from './first-load.js';
import { measureInstallation } from './installation.js';
import { measureImport } from './import-divisions.js';
import { measureIntakeSpread } from './intake-spread.js';
import { measureLarge, measureLists } from './lists.js';
import { measureProjections } from './projections.js';
import { measureRuling } from './ruling.js';
import { measureSecretBallot } from './secret-ballot.js';
import { measureLog } from './log-figures.js';
import { measureTopics } from './topics.js';

/**
 * `npm run bench`: measures and prints figures against their references, both in the same run and on the same database.
 *
 *   npm run bench                     all, five rounds
 *   npm run bench -- --only P1        one figure
 *   npm run bench -- --only log --entries 100000
 *   npm run bench -- --only P14 --voters 5000   a whole secret ballot instead of a sample
 *   npm run bench -- --only topics --requests FOLDER   how good the offers of topics and categories are
 *   npm run bench -- --full           lists with 1,000,000 requests; their growth and counts with 10,000,000 requests and journal entries
 *   npm run bench -- --record         keeps the figures in reliability/figures.json and prints them in the READMEs
 *   npm run bench -- --rounds 1 --seconds 2 --json
 */
const args = process.argv.slice(2);
const valueOf = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const rounds = Number(valueOf('--rounds') ?? 5);
const seconds = Number(valueOf('--seconds') ?? 3);
const only = valueOf('--only');
const full = args.includes('--full');
/** How many requests and journal entries an installation holds. */
const sized = (large: number): number => Number(valueOf('--count') ?? (full ? large : 500_000));

const parts = {
  P1: (database: BenchDatabase): Promise<Figure[]> => measureIntake(database, rounds, seconds),
  P2: (database: BenchDatabase): Promise<Figure[]> => measureCreates(database, rounds, seconds),
  P3: (database: BenchDatabase): Promise<Figure[]> => measureIntakeSpread(database, rounds, seconds),
  P5: (database: BenchDatabase): Promise<Figure[]> =>
    measureLists(database, { count: sized(1_000_000), rounds, seconds }),
  P6: (database: BenchDatabase): Promise<Figure[]> =>
    measureLarge(database, { count: sized(10_000_000), rounds, seconds }),
  P8: (database: BenchDatabase): Promise<Figure[]> => measureImport(database, Math.min(rounds, 3)),
  P10: (database: BenchDatabase): Promise<Figure[]> => measureFirstLoad(database),
  P12: (database: BenchDatabase): Promise<Figure[]> => measureProjections(database, rounds, seconds),
  log: (): Promise<Figure[]> => measureLog(rounds, Number(valueOf('--entries') ?? 100_000)),
  P9: (database: BenchDatabase): Promise<Figure[]> => measureColdStart(database, rounds),
};
/** What is measured without a database. */
const pure = {
  install: (): Promise<Figure[]> => measureInstallation(full),
  P11: async (): Promise<Figure[]> => measureRuling(rounds),
  P14: (): Promise<Figure[]> => measureSecretBallot(rounds, Number(valueOf('--voters') ?? 100)),
  topics: async (): Promise<Figure[]> => measureTopics(valueOf('--requests')),
};

const figures: Figure[] = [];
const keep = (measured: readonly Figure[]): void => {
  figures.push(...measured);
  if (!args.includes('--json')) for (const figure of measured) console.log(describeFigure(figure));
};
const isWanted = ([id]: readonly [string, unknown]): boolean => only === undefined || only === id;
for (const [, measure] of Object.entries(pure).filter(isWanted)) keep(await measure());
const wanted = Object.entries(parts).filter(isWanted);
if (wanted.length > 0) {
  const database = await startDatabase();
  try {
    for (const [, measure] of wanted) keep(await measure(database));
  } finally {
    await database.remove();
  }
}
if (args.includes('--record')) {
  const { keepBench } = (await import(pathToFileURL(path.join(checkout, 'scripts/figures.mjs')).href)) as {
    keepBench: (measured: readonly Figure[], command: string) => void;
  };
  keepBench(figures, ['npm run bench --', ...args.filter((arg) => arg !== '--record' && arg !== '--json')].join(' '));
}
if (args.includes('--json')) console.log(JSON.stringify(figures, null, 1));
