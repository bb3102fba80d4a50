import { fault, isWithin, type Fault } from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import type { Tx } from '../storage/index.js';

/** The body of a village that residents ask about a decision 村务监督委员会. */
export const supervising = 'supervision-committee';

/** Whether the office sits on the supervision committee of this very village. */
export const answersFor = (actor: SessionActor, division: string): boolean =>
  actor.office !== null && actor.office.bodyKind === supervising && actor.office.division === division;

/** Why this office may not answer a query; outside its range there is nothing. */
export const mayAnswer = (tx: Tx, actor: SessionActor, division: string): Fault | undefined => {
  if (tx.context.role !== 'rt_office' || !isWithin(division, tx.context)) return fault('not-found');
  return answersFor(actor, division) ? undefined : fault('capability-missing', { what: '答复监督询问' });
};

/** Whether this office may open who said something. */
export const mayOpenSender = (actor: SessionActor): boolean => actor.context.caps.includes('audit');
