import { fault, isWithin, type Fault, type Ledger } from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import type { Tx } from '../storage/index.js';
import type { FoundRegister } from './find-register.js';

/**
 * Why this office may not keep a register's records in a division, or undefined when it may.
 *
 * Outside its range, and for a resident, there is nothing (`not-found`); inside it, an office that is not among the register's keepers
 * is told what duty it takes (`capability-missing`).
 */
export const mayKeep = async (
  tx: Tx,
  actor: SessionActor,
  found: FoundRegister,
  division: string,
): Promise<Fault | undefined> => {
  if (!within(tx, actor, division)) return fault('not-found');
  return (await keeps(tx, actor, found)) ? undefined : fault('capability-missing', { what: found.register.title });
};

/** Whether the division lies in the range of an office that is held. */
export const within = (tx: Tx, actor: SessionActor, division: string): boolean =>
  actor.office !== null && tx.context.role === 'rt_office' && isWithin(division, tx.context);

/** Whether the body of the office held is one of the register's keepers, by its kind or by its entry in the office catalogue. */
export const keeps = async (tx: Tx, { office }: SessionActor, found: FoundRegister): Promise<boolean> => {
  if (office === null) return false;
  if (found.keepers.has(office.bodyKind)) return true;
  const body = await tx.first<{ code: string | null }>(`select code from lx.body where county = $1 and id = $2`, [
    tx.context.county,
    office.body,
  ]);
  return typeof body?.code === 'string' && found.keepers.has(body.code);
};

const height = { public: 0, village: 1, township: 2, county: 3 } as const;
const heightOf: Readonly<Record<string, number>> = { group: 0, village: 1, township: 2, county: 3 };

/** Whether an office in range may see a ledger: its keepers always; others when their level is the one the ledger is for, or higher. */
export const maySeeLedger = (ledger: Ledger, actor: SessionActor, isKeeper: boolean): boolean =>
  isKeeper || (ledger.seenBy !== 'keepers' && (heightOf[actor.office?.level ?? ''] ?? -1) >= height[ledger.seenBy]);
