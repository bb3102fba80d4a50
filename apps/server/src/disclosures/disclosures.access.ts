import { fault, isWithin, type DisclosureItem, type Fault } from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import type { Tx } from '../storage/index.js';
import { catalogueFor, itemNamed, type CatalogueDeps } from './catalogue.js';

/** Whether the division lies in the range of an office that is held. */
export const within = (tx: Tx, actor: SessionActor, division: string): boolean =>
  actor.office !== null && tx.context.role === 'rt_office' && isWithin(division, tx.context);

/** Whether the office is one of the village's own bodies that publish this item; a township never writes a village's board for it. */
export const publishes = (actor: SessionActor, item: DisclosureItem, division: string): boolean =>
  actor.office !== null && actor.office.division === division && item.body.includes(actor.office.bodyKind);

/** Whether the office belongs to the committee that checks this item in this very village. */
export const checks = (actor: SessionActor, item: DisclosureItem, division: string): boolean =>
  actor.office !== null && actor.office.division === division && actor.office.bodyKind === item.checkedBy;

/** Why this office may not draw up or publish; outside its range there is nothing. */
export const mayPublish = (tx: Tx, actor: SessionActor, item: DisclosureItem, division: string): Fault | undefined => {
  if (!within(tx, actor, division)) return fault('not-found');
  return publishes(actor, item, division) ? undefined : fault('capability-missing', { what: `公布${item.title}` });
};

/** Why this office may not check. */
export const mayCheck = (tx: Tx, actor: SessionActor, item: DisclosureItem, division: string): Fault | undefined => {
  if (!within(tx, actor, division)) return fault('not-found');
  return checks(actor, item, division) ? undefined : fault('capability-missing', { what: `审核${item.title}` });
};

/** Why this office may not see to what was published (posting, answers, taking down): as for publishing, by the item it was published under. */
export const mayKeepBoard = async (
  deps: CatalogueDeps,
  tx: Tx,
  actor: SessionActor,
  row: { readonly division: string; readonly item: string; readonly title: string },
): Promise<Fault | undefined> => {
  const { items } = await catalogueFor(deps, tx, row.division);
  const applied = itemNamed(items, row.item);
  if (applied !== undefined) return mayPublish(tx, actor, applied.item, row.division);
  return within(tx, actor, row.division) ? fault('capability-missing', { what: row.title }) : fault('not-found');
};
