import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CategoryPath } from '@lianxin/domain';
import { readFileTree } from '@lianxin/pack-reader';
import { z } from 'zod';

const Name = z.string().trim().min(1).max(60);
const Tree = z.object({
  kind: z.literal('request-categories'),
  categories: z.array(z.object({ top: Name, under: Name, of: z.array(Name).min(1) })),
});
const Line = z.object({ l1: Name, l2: Name, l3: Name });

/** A board's own tree as boards export it: a line of JSON for each leaf, with its three levels. */
const readLines = (file: string): CategoryPath[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const { l1, l2, l3 } = Line.parse(JSON.parse(line));
      return [l1, l2, l3];
    });

const readYaml = (file: string): CategoryPath[] => {
  const read = readFileTree(path.basename(file), readFileSync(file, 'utf8'));
  if (!read.ok) throw new Error(`${file} cannot be read: ${read.faults.map((one) => one.fault.code).join(', ')}`);
  return Tree.parse(read.tree.tree).categories.flatMap(({ top, under, of }) => of.map((leaf) => [top, under, leaf]));
};

const trees = new Map<string, readonly CategoryPath[]>();

/**
 * The tree of request categories 诉求分类目录: the board's own file, or else the one beside the packs; empty where there is neither, and then
 * nothing is suggested. Read once, when the first category is asked for.
 */
export const categoryTree = (settings: {
  readonly packs: string;
  readonly categories: string | undefined;
}): readonly CategoryPath[] => {
  const file =
    settings.categories ??
    readdirSync(settings.packs, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(settings.packs, entry.name, 'request-categories.yaml'))
      .find((one) => existsSync(one));
  if (file === undefined) return [];
  const known = trees.get(file);
  if (known !== undefined) return known;
  const tree = file.endsWith('.yaml') ? readYaml(file) : readLines(file);
  trees.set(file, tree);
  return tree;
};
