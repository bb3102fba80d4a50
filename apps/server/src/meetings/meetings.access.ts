import { fault, isWithin, type Fault } from '@lianxin/domain';
import { asOfficer, type SessionActor } from '../access/index.js';
import { seenBy } from '../ballots/index.js';
import type { Tx } from '../storage/index.js';

/** A seat in an assembly of the villagers is a vote, not an office that runs the meeting; the council's convener runs the council. */
const runsMeetings = (bodyKind: string): boolean =>
  seenBy(bodyKind) !== 'everybody' || bodyKind === 'deliberation-council';

/** Whether the person logged in works for the place of a meeting: calls it, keeps its roll, enters what happened. */
export const managesAt = (session: SessionActor, division: string): boolean =>
  session.office !== null &&
  isWithin(division, session.context) &&
  !session.context.caps.includes('own-matters-only') &&
  session.session.offices.some((office) => runsMeetings(office.bodyKind));

/**
 * The person in the office that may read Party members, where several are held in one place: the roll of a Party meeting is all of them or nothing.
 */
export const asReaderOfMembers = (session: SessionActor): SessionActor => {
  const { office } = session;
  if (office === null || office.capabilities.includes('read-members')) return session;
  const other = session.session.offices.find(
    (one) => one.division === office.division && one.capabilities.includes('read-members'),
  );
  const reader = other === undefined ? undefined : asOfficer(session.session, other.appointment);
  return reader?.ok === true ? reader.value : session;
};

/** Why somebody may not run a meeting of a place: a stranger is told nothing of it, a member whose act it is. */
export const faultOfManaging = (
  tx: Tx,
  session: SessionActor,
  meeting: { readonly division: string; readonly roll: string },
  act: string,
): Fault | undefined => {
  const { division, roll } = meeting;
  if (tx.context.role !== 'rt_office' || !isWithin(division, session.context)) return fault('not-found');
  const reads = seenBy(roll) !== 'party' || session.context.caps.includes('read-members');
  if (managesAt(session, division) && reads) return undefined;
  return fault('not-your-act', { act, who: '召集会议的组织' });
};
