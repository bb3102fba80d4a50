import { fault } from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { addAppointment, mayAppointTo } from '../people/index.js';

interface Proposal {
  readonly person: string;
  readonly post: string;
  readonly body: string;
  readonly validFrom: string;
}

/** Proposes somebody for a post that administers the system 提名管理岗位; nothing is granted yet. Refuses what an appointment refuses. */
export const proposeAppointment = (
  deps: Deps,
  actor: SessionActor,
  commandId: string,
  input: Proposal,
): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/appointment-proposals', body: input }, async (tx) => {
    if (actor.office === null) return { faults: [fault('not-found')] };
    const found = await mayAppointTo(tx, input);
    if ('faults' in found) return found;
    const id = tx.makers.newId();
    await tx.run(
      `insert into lx.appointment_proposal (county, id, division, person, post, body, valid_from, asked_by, asked_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        tx.context.county,
        id,
        found.division,
        input.person,
        input.post,
        input.body,
        input.validFrom,
        tx.context.uid,
        tx.makers.clock(),
      ],
    );
    writeJournal(tx, {
      kind: 'account.change',
      division: found.division,
      commandId,
      commitFields: { proposal: id, person: input.person, post: input.post },
    });
    return { status: 201, body: { id } };
  });

/**
 * Confirms somebody else's proposal 复核授权: the appointment is made, and holds from the very next request of that person.
 * Refuses `second-person-needed` to whoever proposed it and to the person concerned, `already-done`, `not-found`.
 */
export const confirmAppointment = (deps: Deps, actor: SessionActor, commandId: string, id: string): Promise<Answer> =>
  runCommand(
    deps,
    { actor, commandId, route: 'POST /api/appointment-proposals/{id}/confirmation', body: { id } },
    async (tx) => {
      if (actor.office === null) return { faults: [fault('not-found')] };
      const asked = await tx.first<
        Proposal & { asked_by: string; confirmed_at: string | null } & Record<string, unknown>
      >(
        `select person, post, body, valid_from::text as "validFrom", asked_by, confirmed_at from lx.appointment_proposal
         where county = $1 and id = $2`,
        [tx.context.county, id],
      );
      if (asked === undefined) return { faults: [fault('not-found')] };
      const found = await mayAppointTo(tx, asked);
      if ('faults' in found) return found;
      if ([asked.asked_by, asked.person].includes(tx.context.uid ?? ''))
        return { faults: [fault('second-person-needed')] };
      if (asked.confirmed_at !== null) return { faults: [fault('already-done')] };
      await tx.run(
        `update lx.appointment_proposal set confirmed_by = $3, confirmed_at = $4 where county = $1 and id = $2`,
        [tx.context.county, id, tx.context.uid, tx.makers.clock()],
      );
      const appointment = await addAppointment(tx, commandId, asked, found, asked.asked_by);
      return { status: 201, body: { id: appointment } };
    },
  );
