import { fault, hyphenate, type Fault, type Tree, type TreePath } from '@lianxin/domain';
import type { PlacedFault } from './placed-fault.js';
import { readYaml, type Position, type YamlProblem, type YamlText } from './yaml-text.js';

/** A file that was read: its tree with camelCase keys, and the line of every value. */
export type FileTree = { file: string; tree: Tree; locate: (path: TreePath) => Position };

/**
 * Maps whose keys are ids (field ids in an act, names of people in a case) and stay as written; the values below them are read as usual.
 * Everywhere else a key is a word of the language.
 */
const keyedByIds: ReadonlySet<string> = new Set([
  'fields',
  'roll',
  'groups',
  'wording',
  'people',
  'acts',
  'counts',
  'counted',
  'elsewhere',
  'form',
  'may-not',
  'due',
  'overdue-on',
]);

const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Reads one file of a pack, or gives every reason why it cannot be read, each with its line. */
export function readFileTree(
  file: string,
  text: string,
): { ok: true; tree: FileTree } | { ok: false; faults: readonly PlacedFault[] } {
  const read = readYaml(text);
  if (!read.ok) {
    return {
      ok: false,
      faults: read.problems.map((problem) => ({ fault: faultOf(problem), file, ...place(problem) })),
    };
  }
  const yaml = read.file;
  const faults: PlacedFault[] = [];
  const tree = withLanguageKeys(yaml.value, [], false, (key, path) => {
    const better = hyphenate(key).replace(/[^a-z0-9-]+/g, '-');
    faults.push({ fault: fault('pack-key-not-kebab', { key, better }), file, ...yaml.locate(path) });
  });
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, tree: { file, tree, locate: (path) => locateKeys(yaml, path) } };
}

function place({ line, column }: Position): Position {
  return { line, column };
}

function faultOf(problem: YamlProblem): Fault {
  switch (problem.problem) {
    case 'syntax':
      return fault('pack-yaml-syntax', { detail: problem.detail });
    case 'key-not-text':
      return fault('pack-yaml-syntax', { detail: `key ${problem.detail} is not text` });
    case 'several-documents':
      return fault('pack-yaml-several', { count: problem.detail });
    case 'anchor':
    case 'alias':
      return fault('pack-yaml-anchor', { name: problem.detail });
    case 'tag':
      return fault('pack-yaml-tag', { tag: problem.detail });
    case 'duplicate-key':
      return fault('pack-yaml-duplicate-key', { detail: problem.detail });
    case 'number-unclear':
      return fault('pack-yaml-number', { text: problem.detail });
    case 'empty':
      return fault('pack-file-empty');
  }
}

function withLanguageKeys(
  value: unknown,
  path: TreePath,
  ids: boolean,
  refuse: (key: string, path: TreePath) => void,
): Tree {
  if (Array.isArray(value)) {
    return value.map((item, index) => withLanguageKeys(item, [...path, index], false, refuse));
  }
  if (typeof value !== 'object' || value === null) return value as Tree;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const here = [...path, key];
      if (!ids && !kebab.test(key)) refuse(key, here);
      const read = withLanguageKeys(inner, here, keyedByIds.has(key), refuse);
      return [ids ? key : camelCase(key), read];
    }),
  );
}

function camelCase(key: string): string {
  return key.replace(/-([a-z0-9])/g, (_hyphen, letter: string) => letter.toUpperCase());
}

/** Finds the line of a camelCase path, step by step, each key either as it is or hyphenated. */
function locateKeys(yaml: YamlText, path: TreePath): Position {
  const written: (string | number)[] = [];
  let here: unknown = yaml.value;
  for (const step of path) {
    const key = typeof step === 'number' || hasKey(here, step) ? step : hyphenate(step);
    if (!hasKey(here, key)) break;
    written.push(key);
    here = (here as Record<string | number, unknown>)[key];
  }
  return yaml.locate(written);
}

function hasKey(value: unknown, key: string | number): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}
