import { fault } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import type { SessionActor } from './session.js';

/**
 * Takes a lost second factor away 重置二次验证, as an administrator, with the reason in the journal; the person's sessions end.
 * Refuses `not-found` outside the range and for oneself, `capability-missing` without the duty.
 */
export const resetSecondFactor = (
  deps: Deps,
  actor: SessionActor,
  commandId: string,
  input: { readonly person: string; readonly reason: string },
): Promise<Answer> =>
  runCommand(
    deps,
    { actor, commandId, route: 'POST /api/accounts/{person}/second-factor-reset', body: input },
    async (tx) => {
      if (actor.office === null) return { faults: [fault('not-found')] };
      const person = await tx.first<{ division: string }>(
        'select division from lx.person where county = $1 and id = $2 and division >= $3 and division < $4',
        [tx.context.county, input.person, tx.context.lo, tx.context.hi],
      );
      if (person === undefined) return { faults: [fault('not-found')] };
      if (!tx.context.caps.includes('administer'))
        return { faults: [fault('capability-missing', { what: '管理账号' })] };
      const done = await tx.first<{ done: boolean }>('select lx.reset_second_factor($1) as done', [input.person]);
      if (done?.done !== true) return { faults: [fault('not-found')] };
      writeJournal(tx, {
        kind: 'account.change',
        division: person.division,
        commandId,
        commitFields: { person: input.person, change: 'second-factor-reset', reason: input.reason },
      });
      return { status: 201, body: { id: input.person } };
    },
  );
