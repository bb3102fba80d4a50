import { fault, scopeOf, type Result } from '@lianxin/domain';
import type { BodyDetail, BodyRow } from '@lianxin/contract';
import type { Tx } from '../storage/transaction.js';
import { formerHoldersOf, holdersOf, seatsOfBody } from './appointment.store.js';
import { bodyRowOf, linksOf, listBodyRows } from './body.store.js';

/** Bodies of a division and below that stand on a day. Institutions are no secret inside a county. */
export const listBodies = async (
  tx: Tx,
  query: { division: string; on: string; kind?: string | undefined },
): Promise<BodyRow[]> => listBodyRows(tx, scopeOf(query.division), query.on, query.kind);

/** One body with who holds and held which post, how many seats are taken, and what it is linked to; refuses `not-found`. */
export const readBody = async (tx: Tx, id: string, on: string): Promise<Result<BodyDetail>> => {
  const row = await bodyRowOf(tx, id, on);
  if (row === undefined) return { ok: false, faults: [fault('not-found')] };
  const holders = await holdersOf(tx, { body: id, on });
  const former = await formerHoldersOf(tx, id, on);
  const seats = await seatsOfBody(tx, row, on);
  const links = await linksOf(tx, id, on);
  return {
    ok: true,
    value: { ...row, holders, former, seats, links: links.filter((link) => link.kind !== 'party-tree') },
  };
};
