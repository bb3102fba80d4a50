import { fault, type Fault } from '@lianxin/domain';
import { writeJournal } from '../journal/index.js';
import type { ContextDeps } from '../storage/in-context.js';
import type { Tx } from '../storage/transaction.js';
import { personOf, postOf, seatsOf } from './appointment.store.js';
import { bodyOf } from './body.store.js';
import { carryOut, found, refuseIf, Refusing, type Change } from './carry-out.js';
import { addNew, decideAlone, endOnDemand, supersedeRow } from './dated-row.store.js';
import { mayWrite } from './people.access.js';
import { reasonOf, type Ending } from './save-body.js';
import { supervisionFault } from './supervision.js';

/** An appointment as entered. */
export interface AppointInput {
  readonly person: string;
  readonly post: string;
  readonly body: string;
  readonly grid?: string | undefined;
  readonly validFrom: string;
  readonly validTo?: string | undefined;
}

/** What an appointment rests on, once it may be made. */
export interface Appointable {
  readonly division: string;
  readonly personName: string;
}

/** Refuses as `appoint` does, all but the need of a second person; what it gives is what the appointment is written from. */
const checkAppointment = async (tx: Tx, input: AppointInput): Promise<Appointable & { administers: boolean }> => {
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
  refuseIf(await supervisionFault(tx, body, person, input.validFrom));
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
  return { division: body.division, personName: person.name, administers: post.administers };
};

/** Whether a proposal may be made or confirmed: the appointment it stands for, or why there can be none. */
export const mayAppointTo = async (
  tx: Tx,
  input: AppointInput,
): Promise<Appointable | { readonly faults: readonly Fault[] }> => {
  try {
    return await checkAppointment(tx, input);
  } catch (error) {
    if (error instanceof Refusing) return { faults: error.faults };
    throw error;
  }
};

/** Writes an appointment that may be made, with its journal entry; gives its id. */
export const addAppointment = async (
  tx: Tx,
  commandId: string,
  input: AppointInput,
  on: Appointable,
  proposedBy?: string,
): Promise<string> => {
  const id = await addNew(tx, 'appointment', {
    division: on.division,
    person: input.person,
    post: input.post,
    body: input.body,
    grid: input.grid,
    holder_name: on.personName,
    valid_from: input.validFrom,
    valid_to: input.validTo,
  });
  writeJournal(tx, {
    kind: 'role.grant',
    division: on.division,
    commandId,
    pub: { post: input.post, body: input.body, from: input.validFrom },
    commitFields: { person: input.person, ...(proposedBy === undefined ? {} : { proposedBy }) },
  });
  return id;
};

/**
 * Appoints a person to a post of a body for a term 任职; from then on a log-in of this person holds that office.
 *
 * Refuses `establishment-full` when all seats are taken, `appointment-running` when the person holds it already,
 * `supervisor-barred` and `supervisor-relative` for the committee that watches those who govern, `field-invalid` for a post that this
 * kind of body does not have, `period-reversed`, `capability-missing`, `not-found`, and
 * `second-person-needed` for a post that administers the system: that is proposed by one and confirmed by another.
 */
export const appoint = (deps: ContextDeps, change: Change<AppointInput>) =>
  carryOut(deps, 'POST /api/appointments', change, async (tx, input) => {
    const may = await checkAppointment(tx, input);
    refuseIf(may.administers ? fault('second-person-needed') : undefined);
    return { id: await addAppointment(tx, change.commandId, input, may) };
  });

/** Ends a term 离任 on a day, from which the log-in has the office no more; on its first day with a reason alone (`ended-as-it-began`). */
export const endAppointment = (deps: ContextDeps, change: Change<Ending>) =>
  carryOut(deps, 'POST /api/appointments/{id}/end', change, async (tx, input) => {
    const term = found(
      await tx.first<{ division: string; post: string; body: string; person: string }>(
        `select division, post, body, person from lx.appointment where county = $1 and id = $2`,
        [tx.context.county, input.id],
      ),
    );
    refuseIf(mayWrite(tx.context, 'appoint', term.division));
    await endOnDemand(tx, 'appointment', input);
    writeJournal(tx, {
      kind: 'role.revoke',
      division: term.division,
      commandId: change.commandId,
      pub: { post: term.post, body: term.body, on: input.on },
      commitFields: { person: term.person, ...reasonOf(input) },
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
    const id = await supersedeRow(tx, 'establishment', ['body', 'post'], {
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
