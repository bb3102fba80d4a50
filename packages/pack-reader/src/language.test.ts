import {
  BodiesFile,
  ClausesFile,
  Condition,
  Duration,
  PackManifest,
  Share,
  SourcesFile,
  ActRule,
  Field,
  Limit,
  Next,
  Stage,
  Waiting,
  Who,
  mergeOverlay,
  readPart,
  readRule,
  isTreeMap,
  type Fault,
  type Tree,
} from '@lianxin/domain';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readFileTree } from './file-tree.js';
import { packJsonSchemas } from './json-schema.js';
import { readPackTexts } from './read-packs.js';

const page = new URL('../../../docs/design/pack-language.md', import.meta.url);

type Example = { line: number; accepted: boolean; as: string; fault: string | undefined; text: string };

function examplesOf(markdown: string): Example[] {
  const examples: Example[] = [];
  let open: Example | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    if (open !== undefined) {
      if (line === '```') {
        examples.push(open);
        open = undefined;
      } else open.text += `${line}\n`;
      continue;
    }
    if (!line.startsWith('```')) continue;
    const words = line.slice(3).split(' ');
    const option = (name: string): string | undefined =>
      words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
    open = {
      line: index + 1,
      accepted: words.includes('accepted'),
      as: option('as') ?? '',
      fault: option('fault'),
      text: '',
    };
    if (words[0] !== 'yaml') open = { ...open, as: 'not-yaml' };
  }
  return examples;
}

const parts: Readonly<Record<string, z.ZodType>> = {
  pack: PackManifest,
  sources: SourcesFile,
  bodies: BodiesFile,
  clauses: ClausesFile,
  share: Share,
  duration: Duration,
  limit: Limit,
  waiting: Waiting,
  who: z.array(Who),
  field: Field,
  condition: Condition,
  stage: Stage,
  act: ActRule,
  next: Next,
};

/** The faults that a file, or part of a file, of this sort has. */
function faultsOf({ as, text }: Example): readonly Fault[] {
  if (as === 'overlay') {
    const [base, overlay] = text.split(/^---$/m).map((each) => treeOf(each));
    if (base === undefined || overlay === undefined || !isTreeMap(base) || !isTreeMap(overlay)) {
      throw new Error('an overlay example is two maps with a line --- between them');
    }
    const merge = mergeOverlay(base, overlay);
    if (!merge.ok) return merge.faults;
    const read = readRule(merge.rule);
    return read.ok ? [] : read.faults.map((each) => each.fault);
  }
  if (as === 'pack-rule') return faultsInPack(text);
  const file = readFileTree('example.yaml', text);
  if (!file.ok) return file.faults.map((each) => each.fault);
  if (as === 'yaml') return [];
  if (as === 'rule') {
    const read = readRule(file.tree.tree);
    return read.ok ? [] : read.faults.map((each) => each.fault);
  }
  const schema = parts[as];
  if (schema === undefined) throw new Error(`the test knows no part "${as}"`);
  const read = readPart(schema, file.tree.tree);
  return read.ok ? [] : read.faults.map((each) => each.fault);
}

function treeOf(text: string): Tree {
  const file = readFileTree('example.yaml', text);
  if (!file.ok) throw new Error(JSON.stringify(file.faults));
  return file.tree.tree;
}

/** The faults of the example as the only rule of a small pack that knows the tea club and one article. */
function faultsInPack(text: string): readonly Fault[] {
  const read = readPackTexts(
    new Map([
      [
        'tea-club',
        new Map([
          ['pack.yaml', 'id: tea-club\ntitle: 茶友会章程\nversion: 1.0.0\nmaintainer: 茶友会\n'],
          ['bodies.yaml', 'bodies: [{ id: tea-club, title: 茶友会, level: village }]\n'],
          ['sources.yaml', 'sources: [{ id: LAW-GS-3, title: 好差评, confidence: reported, summary: 差评回访 }]\n'],
          ['order/from-2026-01-01.yaml', text],
        ]),
      ],
    ]),
  );
  const pack = read.packs.get('tea-club');
  if (pack === undefined) throw new Error('the pack of the example was not read');
  return [...read.faults, ...read.check(pack, new Set(['DY-66']))].map((each) => each.fault);
}

describe('every example of docs/design/pack-language.md is what it says it is', () => {
  const examples = examplesOf(readFileSync(page, 'utf8')).filter((example) => example.as !== 'not-yaml');

  test('the page has accepted and refused examples, and each says what it is an example of', () => {
    expect(examples.filter((example) => example.accepted).length).toBeGreaterThan(25);
    expect(examples.filter((example) => example.fault !== undefined).length).toBeGreaterThan(30);
    expect(examples.filter((example) => example.accepted === (example.fault !== undefined))).toEqual([]);
  });

  for (const example of examples) {
    const verdict = example.accepted ? 'is accepted' : `is refused with ${example.fault}`;
    test(`line ${example.line}: ${example.as} ${verdict}`, () => {
      const codes = [...new Set(faultsOf(example).map((each) => each.code))];
      expect(codes).toEqual(example.accepted ? [] : [example.fault]);
    });
  }

  test('every key that a schema knows is explained on the page', () => {
    const text = readFileSync(page, 'utf8');
    const missing = [...keysOf([...packJsonSchemas().values()])].filter(
      (key) => !new RegExp(`(?<![\\w-])${key}(?![\\w-])`).test(text),
    );
    expect(missing).toEqual([]);
  });
});

function keysOf(schema: unknown, keys = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) for (const each of schema) keysOf(each, keys);
  else if (typeof schema === 'object' && schema !== null) {
    for (const [key, inner] of Object.entries(schema)) {
      if (key === 'properties') for (const name of Object.keys(inner as object)) keys.add(name);
      keysOf(inner, keys);
    }
  }
  return keys;
}
