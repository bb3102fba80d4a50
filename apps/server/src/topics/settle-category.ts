import { fault } from '@lianxin/domain';
import type { Given } from '../access/index.js';
import type { Deps } from '../deps.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { categoryTree } from './category-tree.js';
import { suggestionsFor } from './suggestions.js';
import { mayGroup } from './topics.access.js';
import { oneRequest } from './topics.store.js';

const nameOf = (path: readonly string[]): string => path.join('/');

/**
 * A person gives a request its category: what was suggested, or another of the tree; given again, the newest holds. Whether the first
 * suggestion was taken is kept, so that the suggestions can be judged. Refuses `not-found`, `complaint-not-grouped` and `category-unknown`.
 */
export const settleCategory = (
  deps: Deps,
  { actor, commandId, input }: Given<{ id: string; path: string[] }>,
): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/matters/{id}/category', body: input }, async (tx) => {
    const row = await oneRequest(tx, input.id);
    const strange = mayGroup(actor, row);
    if (strange !== undefined || row === undefined) return { faults: [strange ?? fault('not-found')] };
    const path = categoryTree(deps.config).find((one) => nameOf(one) === nameOf(input.path));
    if (path === undefined) return { faults: [fault('category-unknown', { category: nameOf(input.path) })] };
    const [first] = await suggestionsFor(deps, tx, row);
    const suggested = first !== undefined && nameOf(first.category) === nameOf(path);
    const id = tx.makers.newId();
    await tx.run(
      `insert into lx.matter_category (county, id, division, matter, path, suggested, person, office_body, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        tx.context.county,
        id,
        row.division,
        row.id,
        path,
        suggested,
        tx.context.uid,
        actor.office?.body,
        tx.makers.clock(),
      ],
    );
    writeJournal(tx, {
      kind: 'matter.act',
      division: row.division,
      commandId,
      commitFields: { matter: row.id, category: [...path], suggested },
    });
    return { status: 201, body: { id } };
  });
