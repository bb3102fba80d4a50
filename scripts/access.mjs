/**
 * Asks who may see and do what.
 *
 *   npm run access                 tables and routes against docs/access/access.matrix.csv
 *   npm run access -- --mutants    the same with every mutant of every policy instead of a sample
 *   npm run access -- --print      writes docs/access/matrix.md anew from the csv
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const asked = new Set(process.argv.slice(2));
const files = asked.has('--print')
  ? ['src/access/printed.matrix.test.ts']
  : ['src/access/tables.matrix.test.ts', 'src/access/routes.matrix.test.ts', 'src/access/printed.matrix.test.ts'];
const env = {
  ...process.env,
  LIANXIN_ACCESS: 'all',
  ...(asked.has('--mutants') ? { LIANXIN_MUTANTS: 'all' } : {}),
  ...(asked.has('--print') ? { LIANXIN_PRINT: 'yes' } : {}),
};
const done = spawnSync('npx', ['vitest', 'run', '--project', 'server', ...files], { cwd: root, env, stdio: 'inherit' });
process.exitCode = done.status ?? 1;
