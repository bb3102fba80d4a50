import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { pages, readFigures } from './figures.mjs';
import { coversIn, idsInTitle, readChecks, readRequirements, titlesIn } from './requirements.mjs';

const root = path.resolve(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

test('every link between documents leads somewhere', () => {
  const dead = files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      [
        ...read(file)
          .replace(/```[\s\S]*?```/g, '')
          .matchAll(/\]\(([^)\s]+)\)/g),
      ]
        .map((match) => match[1] ?? '')
        .filter((target) => !/^(https?:|mailto:|#)/.test(target))
        .filter((target) => !existsSync(path.join(root, path.dirname(file), decodeURI(target.split('#')[0] ?? ''))))
        .map((target) => `${file} → ${target}`),
    );
  expect(dead).toEqual([]);
});

test('every term of the glossary is used in the code, has a definition, and stands once', () => {
  const rows = read('GLOSSARY.md')
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|\s*(-|Chinese)/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(rows.length).toBeGreaterThan(30);
  const code = files
    .filter((file) => /\.(ts|tsx|sql|yaml)$/.test(file))
    .map(read)
    .join('\n')
    .toLowerCase();
  // A term is used under any of its spellings: camelCase, kebab-case, snake_case, PascalCase.
  const spelled = (term: string) =>
    [term, term.replace(/([A-Z])/g, '-$1'), term.replace(/([A-Z])/g, '_$1')].map((one) => one.toLowerCase());
  const faults = rows.flatMap((cells) => {
    const [chinese = '', english = '', identifiers = '', definition = ''] = cells;
    const terms = [...identifiers.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
    return [
      ...(cells.length === 4 ? [] : [`${chinese}: a row has four cells`]),
      ...(chinese !== '' && english !== '' && terms.length > 0 && definition !== ''
        ? []
        : [`${chinese} ${english}: incomplete`]),
      ...terms
        .filter((term) => !spelled(term).some((one) => code.includes(one)))
        .map((term) => `${term}: nobody uses it`),
    ];
  });
  const identifiers = rows.flatMap((cells) => [...(cells[2] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1]));
  const terms = rows.flatMap((cells) => (cells[0] ?? '').split(' / '));
  const twice = [identifiers, terms].flatMap((names) => names.filter((term, index) => names.indexOf(term) !== index));
  expect([...faults, ...twice.map((term) => `${term}: defined twice`)]).toEqual([]);
});

test('no folder or file is a drawer for whatever is left over', () => {
  const drawer = /(^|\/)(utils?|helpers?|common|misc|manager|base|info)(\.[a-z.]+)?(\/|$)/;
  expect(files.filter((file) => drawer.test(file))).toEqual([]);
});

test('no pack id, place name or division code stands in running code', () => {
  const packs = [
    'nanqiao-135',
    'yisuhe-lianxin-huimin',
    'grading-and-standard-branch',
    'fucheng-xiqu-governance',
    'danyang-four-haves',
  ];
  const places = ['南桥', '易俗河', '涪城', '攀枝花', '丹阳', '东安县', '湘潭'];
  const running = files.filter(
    (file) => /^(packages\/(domain|pack-reader|contract)|apps)\/.*\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file),
  );
  const found = running.flatMap((file) =>
    [...packs, ...places].filter((word) => read(file).includes(word)).map((word) => `${file}: ${word}`),
  );
  expect(found).toEqual([]);
});

test('every kind of body that the law’s pack knows has a word on the page of bodies, in both languages', () => {
  const kinds = [...read('policy-packs/cn-statute/bodies.yaml').matchAll(/^ {2}- id: ([a-z-]+)$/gm)].map(
    (match) => match[1] ?? '',
  );
  expect(kinds.length).toBeGreaterThan(20);
  const words = [...read('apps/console/src/features/people/words.ts').matchAll(/^ {4}'?([a-z-]+)'?: /gm)].map(
    (match) => match[1],
  );
  expect(kinds.filter((kind) => words.filter((word) => word === kind).length !== 2)).toEqual([]);
});

test('every fault with words is raised somewhere: a refusal that nobody can meet is not kept', () => {
  const worded = files.filter((file) => /^packages\/domain\/src\/fault\/faults-of-[a-z-]+\.ts$/.test(file));
  const codes = worded.flatMap((file) =>
    [...read(file).matchAll(/^ {2}'?([a-z][a-z0-9-]*)'?: \[/gm)].map((match) => match[1] ?? ''),
  );
  expect(codes.length).toBeGreaterThan(200);
  const running = files
    .filter(
      (file) => /^(apps|packages)\/.*\.(tsx?|sql)$/.test(file) && !/\.test\.tsx?$|\/fault\/|fault-status/.test(file),
    )
    .map(read)
    .join('\n');
  expect(codes.filter((code) => !running.includes(code))).toEqual([]);
});

test('a test title names at most two requirements, and only ones that exist', () => {
  const known = new Set(readRequirements().map((one) => one.id));
  const wrong = files
    .filter((file) => /\.test\.tsx?$/.test(file) && file !== 'scripts/house.test.ts')
    .flatMap((file) => titlesIn(read(file)).map((one) => ({ file, ...one })))
    .filter(({ ids }) => ids.length > 2 || ids.some((id: string) => !known.has(id)))
    .map(({ file, title }) => `${file}: ${title}`);
  expect(wrong).toEqual([]);
});

test('a covering id is read from a title, from a case and from the checks we wrote', () => {
  expect(titlesIn("test('refuses a group [ZZ-05]', () => {});\nit.each([1])('takes %s [ZZ-55]', f)")).toEqual([
    { title: 'refuses a group [ZZ-05]', ids: ['ZZ-05'] },
    { title: 'takes %s [ZZ-55]', ids: ['ZZ-55'] },
  ]);
  expect(idsInTitle('no id outside brackets NQ-05')).toEqual([]);
  expect(coversIn('title: 到会不足\ncovers: [NQ-52, YS-41]\n')).toEqual({ title: '到会不足', ids: ['NQ-52', 'YS-41'] });
  const without = readRequirements().filter((one) => one.milestone === '1' && one.check === 'no');
  expect(without.map((one) => one.id).filter((id) => !readChecks().has(id))).toEqual([]);
});

test('the ids that packs are checked against are those of the list of requirements', () => {
  const known = readRequirements().map((one) => one.id);
  expect(read('policy-packs/requirement-ids.txt').trim().split('\n')).toEqual(known);
});

test('the figures on every page that shows some are those that were measured', () => {
  for (const [file, anew] of Object.entries(pages)) expect(anew(read(file), readFigures())).toBe(read(file));
});
