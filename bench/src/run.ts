import { measureColdStart } from './cold-start.js';
import { startDatabase } from './database.js';
import { describeFigure, type Figure } from './figures.js';
import { measureIntake } from './intake.js';

/**
 * `npm run bench`: measures and prints figures against their references, both in the same run and on the same database.
 *
 *   npm run bench                     all, five rounds
 *   npm run bench -- --only P1        one figure
 *   npm run bench -- --rounds 1 --seconds 2 --json
 */
const args = process.argv.slice(2);
const valueOf = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const rounds = Number(valueOf('--rounds') ?? 5);
const seconds = Number(valueOf('--seconds') ?? 5);
const only = valueOf('--only');

const parts = {
  P1: (database: Awaited<ReturnType<typeof startDatabase>>): Promise<Figure[]> =>
    measureIntake(database, rounds, seconds),
  P9: (database: Awaited<ReturnType<typeof startDatabase>>): Promise<Figure[]> => measureColdStart(database, rounds),
};

const database = await startDatabase();
const figures: Figure[] = [];
try {
  for (const [id, measure] of Object.entries(parts)) {
    if (only !== undefined && only !== id) continue;
    const measured = await measure(database);
    figures.push(...measured);
    if (!args.includes('--json')) for (const figure of measured) console.log(describeFigure(figure));
  }
} finally {
  await database.remove();
}
if (args.includes('--json')) console.log(JSON.stringify(figures, null, 1));
