import { addMilliseconds, fault } from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { isMinor } from './minor.js';

interface Asking {
  readonly person: string;
  readonly purpose: string;
}

/** Asks to read a minor's record 申请查阅未成年人信息. Refuses `not-found` outside the range, `minor-approval-not-needed` for an adult. */
export const askMinorAccess = (deps: Deps, actor: SessionActor, commandId: string, input: Asking): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/minor-accesses', body: input }, async (tx) => {
    if (actor.office === null) return { faults: [fault('not-found')] };
    const person = await tx.first<{ division: string; birth_year: number | null }>(
      `select division, birth_year from lx.person where county = $1 and id = $2`,
      [tx.context.county, input.person],
    );
    if (person === undefined) return { faults: [fault('not-found')] };
    const now = tx.makers.clock();
    if (!isMinor(person.birth_year, now)) return { faults: [fault('minor-approval-not-needed')] };
    const id = tx.makers.newId();
    await tx.run(
      `insert into lx.minor_access (county, id, division, person, purpose, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [tx.context.county, id, person.division, input.person, input.purpose, tx.context.uid, now],
    );
    writeJournal(tx, {
      kind: 'person.change',
      division: person.division,
      commandId,
      commitFields: { request: id, person: input.person, purpose: input.purpose },
    });
    return { status: 201, body: { id } };
  });

interface Decision {
  readonly id: string;
  readonly approve: boolean;
  readonly days: number;
}

const day = 86_400_000;

/**
 * Decides somebody else's request 审批, for at most seven days. Refuses `capability-missing`, `second-person-needed` for one's own request,
 * `already-done`, `not-found`.
 */
export const decideMinorAccess = (
  deps: Deps,
  actor: SessionActor,
  commandId: string,
  input: Decision,
): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/minor-accesses/{id}/decision', body: input }, async (tx) => {
    if (actor.office === null) return { faults: [fault('not-found')] };
    const asked = await tx.first<{ division: string; asked_by: string; decided_at: string | null }>(
      `select division, asked_by, decided_at from lx.minor_access where county = $1 and id = $2`,
      [tx.context.county, input.id],
    );
    if (asked === undefined) return { faults: [fault('not-found')] };
    if (!tx.context.caps.includes('approve-minors'))
      return { faults: [fault('capability-missing', { what: '审批查阅未成年人信息' })] };
    if (asked.asked_by === tx.context.uid) return { faults: [fault('second-person-needed')] };
    if (asked.decided_at !== null) return { faults: [fault('already-done')] };
    const now = tx.makers.clock();
    await tx.run(
      `update lx.minor_access set decided_by = $3, decided_at = $4, approved = $5, valid_until = $6 where county = $1 and id = $2`,
      [
        tx.context.county,
        input.id,
        tx.context.uid,
        now,
        input.approve,
        input.approve ? addMilliseconds(now, input.days * day) : null,
      ],
    );
    writeJournal(tx, {
      kind: 'person.change',
      division: asked.division,
      commandId,
      commitFields: { request: input.id, approved: input.approve, days: input.days },
    });
    return { status: 201, body: { id: input.id } };
  });
