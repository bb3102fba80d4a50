import { fault } from '@lianxin/domain';
import type { Given } from '../access/index.js';
import type { Deps } from '../deps.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { mayGroup } from './topics.access.js';
import { linksOf, oneLink, oneRequest } from './topics.store.js';

/** The lowest division that holds both places: a village, its township, or the county. */
const commonDivision = (a: string, b: string): string => {
  if (a.slice(0, 12) === b.slice(0, 12)) return a.slice(0, 12);
  return a.slice(0, 9) === b.slice(0, 9) ? `${a.slice(0, 9)}000` : `${a.slice(0, 6)}000000`;
};

/**
 * Staff say that two requests are the same matter, or that they are not. Neither matter changes: not its holder, its clocks, its acts, nor
 * what its resident sees. Refuses `not-found` where either is not in range, `link-of-itself`, `complaint-not-grouped`, and `already-exists`
 * while something else stands about the two.
 */
export const linkMatters = (
  deps: Deps,
  { actor, commandId, input }: Given<{ id: string; other: string; same: boolean }>,
): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/matters/{id}/links', body: input }, async (tx) => {
    const [mine, theirs] = [await oneRequest(tx, input.id), await oneRequest(tx, input.other)];
    const strange = mayGroup(actor, mine) ?? mayGroup(actor, theirs);
    if (strange !== undefined || mine === undefined || theirs === undefined)
      return { faults: [strange ?? fault('not-found')] };
    if (mine.id === theirs.id) return { faults: [fault('link-of-itself')] };
    const [one, other] = mine.id < theirs.id ? [mine.id, theirs.id] : [theirs.id, mine.id];
    if ((await linksOf(tx, [one])).some((link) => link.one === one && link.other === other))
      return { faults: [fault('already-exists', { what: '对这两件事项的认定' })] };
    const id = tx.makers.newId();
    const division = commonDivision(mine.place, theirs.place);
    await tx.run(
      `insert into lx.matter_link (county, id, division, one, other, same, person, office_body, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [tx.context.county, id, division, one, other, input.same, tx.context.uid, actor.office?.body, tx.makers.clock()],
    );
    writeJournal(tx, {
      kind: 'matter.act',
      division,
      commandId,
      commitFields: { link: id, one, other, same: input.same },
    });
    return { status: 201, body: { id } };
  });

/** Takes back what was said about two requests; that it was said stays known. Refuses `not-found` and `already-done`. */
export const undoLink = (deps: Deps, { actor, commandId, input }: Given<{ id: string }>): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/matter-links/{id}/undo', body: input }, async (tx) => {
    const link = actor.office === null ? undefined : await oneLink(tx, input.id);
    if (link === undefined) return { faults: [fault('not-found')] };
    if (link.undone_at !== null) return { faults: [fault('already-done')] };
    const changed = await tx.run(
      `update lx.matter_link set undone_by = $3, undone_at = $4 where county = $1 and id = $2 and undone_at is null`,
      [tx.context.county, link.id, tx.context.uid, tx.makers.clock()],
    );
    if (changed !== 1) return { faults: [fault('already-done')] };
    writeJournal(tx, {
      kind: 'matter.act',
      division: link.division,
      commandId,
      commitFields: { link: link.id, undone: true },
    });
    return { status: 200, body: { id: link.id } };
  });
