import { isTreeList, isTreeMap, walkTree, type Tree } from '@lianxin/domain';
import { openPackTexts, readFileTree, readPackTexts } from '@lianxin/pack-reader';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const texts = openPackTexts(fileURLToPath(new URL('.', import.meta.url)));
const { packs } = readPackTexts(texts);

/** Parts of a rule that can refuse an act or a record for the article they cite. */
const refusing = ['vote', 'publish', 'stays', 'reserved', 'constituted', 'demandedBy', 'composition', 'guards', 'routes'];

const lawsIn = (source: Tree | undefined): string[] =>
  [source ?? []].flat().filter((id): id is string => typeof id === 'string' && id.startsWith('LAW-'));

/** Articles on which a rule refuses, by the place they are cited at. */
const refusals = new Map<string, string>();
for (const pack of packs.values()) {
  for (const version of pack.rules) {
    walkTree(version.tree, (value, path) => {
      if (!isTreeMap(value)) return;
      const part = path.findLast((step) => typeof step === 'string');
      const refuses = refusing.includes(String(part)) || (part === 'acts' && ('if' in value || 'power' in value));
      if (refuses) for (const id of lawsIn(value['source'])) refusals.set(id, `${pack.manifest.id}/${version.id}`);
    });
  }
}

/** Articles that a case names as the reason of its refusal. */
const named = new Set<string>();
for (const [, files] of texts) {
  for (const [file, text] of files) {
    if (!file.endsWith('.case.yaml')) continue;
    const read = readFileTree(file, text);
    const then = read.ok && isTreeMap(read.tree.tree) ? read.tree.tree['then'] : undefined;
    const refused = isTreeMap(then) ? then['refused'] : undefined;
    for (const fault of isTreeList(refused) ? refused : []) {
      if (isTreeMap(fault)) for (const id of lawsIn(fault['source'])) named.add(id);
    }
  }
}

describe('every article on which something is refused', () => {
  test('has a case that is refused by it and names it', () => {
    const missing = [...refusals].filter(([id]) => !named.has(id)).map(([id, where]) => `${id} (${where})`);
    expect(missing.toSorted()).toEqual([]);
    expect(refusals.size).toBeGreaterThan(40);
  });
});
