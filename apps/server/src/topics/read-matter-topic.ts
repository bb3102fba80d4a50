import { corpusOf, fault, ok, refuse, similarTo, type Result } from '@lianxin/domain';
import type { MatterTopic } from '@lianxin/contract';
import type { Deps } from '../deps.js';
import { actorView, directoryFor, momentOf, readNames, type Directory } from '../matters/index.js';
import type { Tx } from '../storage/index.js';
import { categoryTree } from './category-tree.js';
import { suggestionsFor } from './suggestions.js';
import { toldBy } from './told.js';
import {
  categoryOf,
  linksOf,
  oneRequest,
  openRequests,
  requestsById,
  type CategoryRow,
  type LinkRow,
  type RequestRow,
} from './topics.store.js';
import { besideView, similarView } from './topics.view.js';

const byView = (
  row: LinkRow | CategoryRow,
  names: ReadonlyMap<string, string>,
  directory: Directory,
): MatterTopic['links'][number]['by'] =>
  actorView({ kind: 'officer', person: row.person, body: row.office_body }, names, directory);

/** The links of one matter to others that the viewer sees. */
const linkViews = (
  id: string,
  links: readonly LinkRow[],
  others: ReadonlyMap<string, RequestRow>,
  names: ReadonlyMap<string, string>,
  directory: Directory,
): MatterTopic['links'] =>
  links.flatMap((link) => {
    const other = others.get(link.one === id ? link.other : link.one);
    return other === undefined
      ? []
      : [
          {
            id: link.id,
            same: link.same,
            matter: besideView(other, directory),
            by: byView(link, names, directory),
            at: momentOf(link.recorded_at),
          },
        ];
  });

/**
 * What is offered about one matter: open requests in the viewer's range that may be the same, what staff said, which category fits.
 * Nothing is decided and nothing is written. Refuses `not-found`.
 */
export const readMatterTopic = async (deps: Deps, tx: Tx, id: string): Promise<Result<MatterTopic>> => {
  const row = await oneRequest(tx, id);
  if (row === undefined) return refuse(fault('not-found'));
  const directory = await directoryFor(deps, tx.context.county);
  const tree = categoryTree(deps.config);
  const [mine] = row.comparable ? await toldBy(deps, tx, [row]) : [];
  if (mine === undefined) {
    return ok({ compared: null, similar: [], links: [], category: { settled: null, suggestions: [], tree: [] } });
  }
  const open = (await openRequests(tx)).filter((one) => one.id !== id);
  const told = await toldBy(deps, tx, open);
  const corpus = corpusOf([mine, ...told]);
  const links = await linksOf(tx, [id]);
  const said = new Set(links.flatMap((link) => [link.one, link.other]));
  const rows = new Map(open.map((one) => [one.id, one]));
  const linked = new Map((await requestsById(tx, [...said])).map((one) => [one.id, one]));
  const settled = await categoryOf(tx, id);
  const names = await readNames(tx, [
    ...links.map((link) => link.person),
    ...(settled === undefined ? [] : [settled.person]),
  ]);
  return ok({
    compared: told.length,
    similar: similarTo(corpus, mine, 5 + said.size)
      .filter((one) => !said.has(one.told.id))
      .slice(0, 5)
      .flatMap((one) => {
        const other = rows.get(one.told.id);
        return other === undefined ? [] : [similarView(corpus, mine, one, other, directory)];
      }),
    links: linkViews(id, links, linked, names, directory),
    category: {
      settled:
        settled === undefined
          ? null
          : {
              path: settled.path,
              suggested: settled.suggested,
              by: byView(settled, names, directory),
              at: momentOf(settled.recorded_at),
            },
      suggestions: (await suggestionsFor(deps, tx, row)).map(({ category, words }) => ({
        path: [...category],
        words: [...words],
      })),
      tree: tree.map((path) => [...path]),
    },
  });
};
