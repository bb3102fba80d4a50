import { fault, type Result } from '@lianxin/domain';
import type { RouteStation } from '@lianxin/contract';
import type { Tx } from '../storage/transaction.js';
import { holdsOn } from './dated-row.store.js';

/** An office of the chain with the next one above it. */
export interface ChainOffice extends RouteStation {
  /** The next office up; null at the head of the chain. */
  readonly next: string | null;
}

/**
 * The offices a matter passes from one office to another 流转路径: up to the first office both stand under, then down.
 *
 * Both ends are stations, so a village office that asks for a department's office gives four: village, town, head of the chain,
 * department [DY-80]. Refuses `office-chain-broken` naming the office above which nothing is recorded, `unknown-body` for an office
 * that is not in the chain. A ring of links would be our own bug and throws.
 */
export const pathBetween = (
  offices: readonly ChainOffice[],
  from: string,
  to: string,
): Result<readonly RouteStation[]> => {
  const byId = new Map(offices.map((office) => [office.body, office]));
  const upwards = (start: string): ChainOffice[] => {
    const way: ChainOffice[] = [];
    for (let at = byId.get(start); at !== undefined; at = at.next === null ? undefined : byId.get(at.next)) {
      if (way.includes(at)) throw new TypeError('the chain of offices is a ring');
      way.push(at);
    }
    return way;
  };
  const here = upwards(from);
  const there = upwards(to);
  const missing = here.length === 0 ? from : there.length === 0 ? to : undefined;
  if (missing !== undefined) return { ok: false, faults: [fault('unknown-body', { body: missing })] };
  const meeting = here.find((office) => there.includes(office));
  if (meeting === undefined) {
    return { ok: false, faults: [fault('office-chain-broken', { office: here.at(-1)?.name ?? from })] };
  }
  const up = here.slice(0, here.indexOf(meeting) + 1);
  const down = there.slice(0, there.indexOf(meeting)).toReversed();
  const stations = [...up, ...down].map(({ body, name, division, level }): RouteStation => ({
    body,
    name,
    division,
    level,
  }));
  return { ok: true, value: stations };
};

/** The whole chain of a county on a day: some hundred offices, read once. */
const chainOn = async (tx: Tx, on: string): Promise<ChainOffice[]> =>
  tx.rows<ChainOffice & Record<string, unknown>>(
    `select b.id as body, b.name, b.division, d.level, l.to_body as next
     from lx.body b join lx.division d on d.code = b.division
     left join lx.body_link l on l.county = b.county and l.from_body = b.id and l.kind = 'liaison' and ${holdsOn('l', 2)}
     where b.county = $1 and b.kind = 'liaison-office' and ${holdsOn('b', 2)}`,
    [tx.context.county, on],
  );

/** The way between two offices on a day; see `pathBetween`. */
export const readRoutePath = async (tx: Tx, query: { from: string; to: string; on: string }) =>
  pathBetween(await chainOn(tx, query.on), query.from, query.to);
