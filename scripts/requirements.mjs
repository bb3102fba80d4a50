/**
 * Prints which tests and cases cover each requirement of docs/requirements/requirements.csv.
 *
 * A test covers an id by naming it in its title, in square brackets: `refuses … [NQ-05]`; a pack case by `covers:`.
 * An id without a check of its own counts only once docs/requirements/checks.yaml gives it one, since nothing
 * would otherwise say what a covering test has to show.
 *
 *   npm run requirements                       the uncovered and a count per milestone
 *   npm run requirements -- --json             [{ id, family, coveredBy: ["file › title", …] }]
 *   npm run requirements -- --milestone 1      one milestone; exits 1 when an id in it is uncovered
 */
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const read = (file) => readFileSync(path.join(root, file), 'utf8');

/** Splits one CSV line; a field in double quotes may hold commas. */
const fields = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1] ?? m[2]);

export function readRequirements() {
  const [head, ...rows] = read('docs/requirements/requirements.csv').trim().split('\n');
  const names = fields(head);
  return rows.map((row) => Object.fromEntries(fields(row).map((value, i) => [names[i], value])));
}

/** Ids that have a check written by the project: the top-level keys of docs/requirements/checks.yaml. */
export function readChecks() {
  return new Set([...read('docs/requirements/checks.yaml').matchAll(/^([A-Z]{2}-\d+):/gm)].map((m) => m[1]));
}

const id = /\b[A-Z]{2}-\d{2,3}\b/g;

/** The ids a test title names: those inside square brackets, at most two a bracket by convention. */
export const idsInTitle = (title) => [...title.matchAll(/\[([^\]]*)\]/g)].flatMap((m) => m[1].match(id) ?? []);

/** Titles of `test(…)`, `it(…)` in a test file, in any quotes, with the ids each names. */
export function titlesIn(source) {
  const call = /\b(?:test|it)(?:\.\w+(?:\([^)]*\))?)*\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*?)\1/g;
  return [...source.matchAll(call)]
    .map((m) => m[2].replace(/\\(.)/g, '$1'))
    .map((title) => ({ title, ids: idsInTitle(title) }));
}

/** Title and `covers` of a case file: both stand at its top level, one line each or as a block list. */
export function coversIn(source) {
  const title = /^title:\s*(.+)$/m.exec(source)?.[1]?.trim() ?? '(untitled)';
  const inline = /^covers:\s*\[([^\]]*)\]/m.exec(source)?.[1];
  const block = /^covers:\s*\n((?:\s+-\s*.+\n?)+)/m.exec(source)?.[1];
  return { title, ids: (inline ?? block ?? '').match(id) ?? [] };
}

export function coverage() {
  const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split(
    '\n',
  );
  const coveredBy = new Map();
  const note = (file, title, ids) => {
    for (const one of ids) coveredBy.set(one, [...(coveredBy.get(one) ?? []), `${file} › ${title}`]);
  };
  for (const file of tracked) {
    if (/\.test\.tsx?$/.test(file)) for (const { title, ids } of titlesIn(read(file))) note(file, title, ids);
    if (file.endsWith('.case.yaml')) {
      const { title, ids } = coversIn(read(file));
      note(file, title, ids);
    }
  }
  const checks = readChecks();
  return readRequirements().map((one) => {
    const counts = one.check === 'yes' || checks.has(one.id);
    return { ...one, counts, coveredBy: counts ? (coveredBy.get(one.id) ?? []) : [] };
  });
}

function main(args) {
  const wanted = args.includes('--milestone') ? args[args.indexOf('--milestone') + 1] : undefined;
  const all = coverage().filter((one) => wanted === undefined || one.milestone === wanted);
  if (args.includes('--json')) {
    console.log(
      JSON.stringify(
        all.map(({ id, family, coveredBy }) => ({ id, family, coveredBy })),
        null,
        1,
      ),
    );
    return 0;
  }
  for (const milestone of [...new Set(all.map((one) => one.milestone))].sort((a, b) => a - b)) {
    const inIt = all.filter((one) => one.milestone === milestone);
    const covered = inIt.filter((one) => one.coveredBy.length > 0);
    console.log(`milestone ${milestone}: ${covered.length} of ${inIt.length} covered`);
    if (wanted !== undefined)
      for (const one of covered) console.log(`  ${one.id}  ${one.coveredBy.join('\n         ')}`);
    if (covered.length > 0 || wanted !== undefined) {
      const open = inIt.filter((one) => one.coveredBy.length === 0);
      if (open.length > 0)
        console.log(`  uncovered: ${open.map((one) => (one.counts ? one.id : `${one.id} (no check yet)`)).join(' ')}`);
    }
  }
  return wanted !== undefined && all.some((one) => one.coveredBy.length === 0) ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
