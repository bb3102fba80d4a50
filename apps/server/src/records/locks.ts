import { fault, type Fault, type Register } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';

/** The procedures a matter runs on: its own, or those it was joined from. */
const partsOf = (procedure: string): readonly string[] => [procedure, ...procedure.split('-with-')];

/**
 * Why a record may not be changed or ended now (锁定): a matter that names it is still open under a procedure that locks it. What is being
 * decided about may not become something else meanwhile.
 */
export const lockFaults = async (tx: Tx, register: Register, record: string): Promise<Fault[]> => {
  const locks = register.guards.filter((guard) => guard.lockedWhile !== undefined);
  if (locks.length === 0) return [];
  const open = await tx.rows<{ procedure: string }>(
    `select distinct m.procedure from lx.matter m join lx.act a on a.county = m.county and a.matter = m.id and a.seq = 0
     where m.county = $1 and m.state <> 'ended' and exists (select from jsonb_each_text(a.body) field where field.value = $2)`,
    [tx.context.county, record],
  );
  const running = new Set(open.flatMap(({ procedure }) => partsOf(procedure)));
  return locks
    .filter((guard) => running.has(guard.lockedWhile ?? ''))
    .map((guard) => fault('record-locked', { procedure: guard.title }, { source: [guard.source ?? []].flat() }));
};
