import { fault } from '@lianxin/domain';
import { writeJournal } from '../journal/index.js';
import type { ContextDeps } from '../storage/in-context.js';
import { personOf, postOf, seatsOf } from './appointment.store.js';
import { bodyOf } from './body.store.js';
import { carryOut, found, refuseIf, type Change } from './carry-out.js';
import { addNew, decideAlone, endRow } from './dated-row.store.js';
import { mayWrite } from './people.access.js';
import type { Ending } from './save-body.js';

/** An appointment as entered. */
export interface AppointInput {
  readonly person: string;
  readonly post: string;
  readonly body: string;
  readonly grid?: string | undefined;
  readonly validFrom: string;
  readonly validTo?: string | undefined;
}

/**
 * Appoints a person to a post of a body for a term 任职; from then on a log-in of this person holds that office.
 *
 * Refuses `establishment-full` when all seats are taken, `appointment-running` when the person holds it already,
 * `field-invalid` for a post that this kind of body does not have, `period-reversed`, `capability-missing`, `not-found`.
 */
export const appoint = (deps: ContextDeps, change: Change<AppointInput>) =>
  carryOut(deps, 'POST /api/appointments', change, async (tx, input) => {
    const body = found(await bodyOf(tx, input.body));
    refuseIf(mayWrite(tx.context, 'appoint', body.division));
    const person = found(await personOf(tx, input.person));
    const post = found(await postOf(tx, input.post));
    refuseIf(
      post.bodyKinds.includes(body.kind)
        ? undefined
        : fault('field-invalid', { field: 'post', reason: `${body.name}没有${post.title}` }),
      body.validTo === null ? undefined : fault('unknown-body', { body: body.name }),
      input.validTo === undefined || input.validTo > input.validFrom
        ? undefined
        : fault('period-reversed', { from: input.validFrom, to: input.validTo }),
    );
    await decideAlone(tx, `post ${body.id} ${post.id}`);
    const running = await tx.first<{ since: string }>(
      `select valid_from::text as since from lx.appointment
       where county = $1 and person = $2 and post = $3 and body = $4 and (valid_to is null or valid_to > $5::date)`,
      [tx.context.county, person.id, post.id, body.id, input.validFrom],
    );
    refuseIf(running === undefined ? undefined : fault('appointment-running', { since: running.since }));
    const seats = await seatsOf(tx, body.id, post.id, input.validFrom);
    const full = seats !== undefined && seats.seats !== null && seats.taken >= seats.seats;
    refuseIf(full ? fault('establishment-full', { post: post.title, most: seats?.seats ?? 0 }) : undefined);
    const id = await addNew(tx, 'appointment', {
      division: body.division,
      person: person.id,
      post: post.id,
      body: body.id,
      grid: input.grid,
      holder_name: person.name,
      valid_from: input.validFrom,
      valid_to: input.validTo,
    });
    writeJournal(tx, {
      kind: 'role.grant',
      division: body.division,
      commandId: change.commandId,
      pub: { post: post.id, body: body.id, from: input.validFrom },
      commitFields: { person: person.id },
    });
    return { id };
  });

/** Ends a term 离任 on a day, from which the log-in has the office no more. */
export const endAppointment = (deps: ContextDeps, change: Change<Ending>) =>
  carryOut(deps, 'POST /api/appointments/{id}/end', change, async (tx, input) => {
    const term = found(
      await tx.first<{ division: string; post: string; body: string; person: string }>(
        `select division, post, body, person from lx.appointment where county = $1 and id = $2`,
        [tx.context.county, input.id],
      ),
    );
    refuseIf(mayWrite(tx.context, 'appoint', term.division));
    await endRow(tx, 'appointment', input.id, input.on);
    writeJournal(tx, {
      kind: 'role.revoke',
      division: term.division,
      commandId: change.commandId,
      pub: { post: term.post, body: term.body, on: input.on },
      commitFields: { person: term.person },
    });
    return { id: input.id };
  });

/** Seats as entered. */
export interface EstablishInput {
  readonly body: string;
  readonly post: string;
  readonly seats: number;
  readonly validFrom: string;
}

/** Says how many persons may hold a post of a body 核定职数; the number before ends on that day. */
export const establish = (deps: ContextDeps, change: Change<EstablishInput>) =>
  carryOut(deps, 'POST /api/establishments', change, async (tx, input) => {
    const body = found(await bodyOf(tx, input.body));
    refuseIf(mayWrite(tx.context, 'appoint', body.division));
    const post = found(await postOf(tx, input.post));
    await decideAlone(tx, `post ${body.id} ${post.id}`);
    const before = await tx.first<{ id: string }>(
      `select id from lx.establishment where county = $1 and body = $2 and post = $3 and valid_to is null`,
      [tx.context.county, body.id, post.id],
    );
    if (before !== undefined) await endRow(tx, 'establishment', before.id, input.validFrom);
    const id = await addNew(tx, 'establishment', {
      division: body.division,
      body: body.id,
      post: post.id,
      seats: input.seats,
      valid_from: input.validFrom,
    });
    writeJournal(tx, {
      kind: 'body.change',
      division: body.division,
      commandId: change.commandId,
      pub: { change: 'establish', body: body.id, post: post.id, seats: input.seats },
    });
    return { id };
  });
