import { classifierOf, type CategorySuggestion } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import type { Tx } from '../storage/index.js';
import { categoryTree } from './category-tree.js';
import { toldBy } from './told.js';
import { requestsById, settledCategories, type RequestRow } from './topics.store.js';
import { wordsOf } from './words.js';

/** Categories suggested for one request, best first, learnt from the names of the tree and from what was settled in the viewer's range. */
export const suggestionsFor = async (deps: Deps, tx: Tx, row: RequestRow): Promise<CategorySuggestion[]> => {
  const tree = categoryTree(deps.config);
  const [mine] = await toldBy(deps, tx, [row]);
  if (mine === undefined || tree.length === 0) return [];
  const settled = (await settledCategories(tx)).filter((one) => one.matter !== row.id);
  const pathOf = new Map(settled.map((one) => [one.matter, one.path]));
  const told = await toldBy(deps, tx, await requestsById(tx, [...pathOf.keys()]));
  const classifier = classifierOf(
    tree,
    told.map((one) => ({ traits: one.traits, category: pathOf.get(one.id) ?? [] })),
    wordsOf,
  );
  return classifier.suggest(mine.traits);
};
