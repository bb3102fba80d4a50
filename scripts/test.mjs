/**
 * `npm test`: builds, checks the house rules, runs every test with the browser journeys, and ends with
 * `N passed, N failed` (and `, N skipped`). A house rule counts as one test.
 *
 *   npm test                          everything
 *   npm test -- --project server      the tests of one or more vitest projects, without the house rules
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bin = (name) => path.join(root, 'node_modules/.bin', name);

/**
 * Rows one after the other, the rules of a row side by side: lint reads types that the compiler has written, and the console's build clears some away.
 * The sentence says what a red line means to whoever broke it.
 */
const houseRules = [
  [
    // More checkers than the two cores of a small machine look at the same types once more each.
    ['types hold in every workspace', bin('tsc'), ['-b', '--checkers', '2']],
    ['no import goes against the import rule', process.execPath, ['scripts/import-rule.mjs']],
  ],
  [
    ['no lint rule is broken', bin('oxlint'), ['--type-aware', '--deny-warnings', '.']],
    ['every file is formatted', bin('oxfmt'), ['--check', '.']],
  ],
  [['the console builds', 'npm', ['run', '--silent', 'build', '-w', '@lianxin/console']]],
];

const runRule = async ([title, command, args]) => {
  const started = Date.now();
  const rule = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [rule.stdout, rule.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const status = await new Promise((resolve) => {
    rule.once('error', (cause) => resolve(String(cause)));
    rule.once('close', resolve);
  });
  const passed = status === 0;
  console.log(`${passed ? '✓' : '✗'} ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!passed) console.log(`${said}\n${status}`);
  return passed;
};

const projects = process.argv.slice(2);
const rules = [];
if (projects.length === 0) for (const row of houseRules) rules.push(...(await Promise.all(row.map(runRule))));

const report = path.join(root, '.tmp/test-report.json');
mkdirSync(path.dirname(report), { recursive: true });
rmSync(report, { force: true });
const suite = spawnSync(
  bin('vitest'),
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...projects],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '--no-warnings' },
  },
);

let { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, broken } = { broken: 1 };
try {
  const read = JSON.parse(readFileSync(report, 'utf8'));
  passed = read.numPassedTests;
  failed = read.numFailedTests;
  skipped = read.numPendingTests + read.numTodoTests;
  // A file that could not even be loaded holds no test, so it counts as one failure of its own.
  broken = read.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
} catch (cause) {
  console.log(`no test report was written: ${String(cause)}`);
  passed = failed = skipped = 0;
}
passed += rules.filter(Boolean).length;
failed += rules.filter((one) => !one).length + broken;
if (suite.status !== 0 && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
