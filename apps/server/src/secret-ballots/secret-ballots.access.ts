import { fault, isWithin, type Fault } from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import { seenBy } from '../ballots/index.js';
import type { Tx } from '../storage/index.js';

/**
 * Why somebody may not run secret ballots of a place: whoever has no office over it is told nothing of them; one who only looks after own matters, or may not
 * read the members of a Party roll, is told whose act it is. Who of the others may open and close is the procedure's to say.
 */
export const faultOfRunning = (
  tx: Tx,
  session: SessionActor,
  division: string,
  bodies: readonly string[],
): Fault | undefined => {
  if (session.office === null || tx.context.role !== 'rt_office' || !isWithin(division, tx.context))
    return fault('not-found');
  const reads = !bodies.some((body) => seenBy(body) === 'party') || tx.context.caps.includes('read-members');
  if (reads && !tx.context.caps.includes('own-matters-only')) return undefined;
  return fault('not-your-act', { act: '组织无记名测评', who: '召集会议的组织' });
};
