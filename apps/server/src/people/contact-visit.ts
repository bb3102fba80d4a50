import { countyDate, fault, latestClaimable } from '@lianxin/domain';
import type { HouseholdContact } from '@lianxin/contract';
import { writeJournal } from '../journal/index.js';
import type { ContextDeps } from '../storage/in-context.js';
import type { Tx } from '../storage/transaction.js';
import { carryOutForAnyone, found, Refusing, refuseIf, type Change } from './carry-out.js';
import { contactOf, householdOf, ownHouseholds, visitOf, visitsTo } from './contact.store.js';
import { addNew, addRow, decideAlone } from './dated-row.store.js';
import type { MattersForPeople, MattersHolder } from './open-matter.js';
import { checkNote } from './visit-wording.js';

/** A visit as entered. */
export interface VisitInput {
  readonly household: string;
  readonly need?: string | undefined;
  readonly feedback?: string | undefined;
  readonly occurredAt: string;
}

/**
 * Logs a visit 走访 by a household's contact: the need heard, the answer given [NQ-74]. Its moment is what the device's clock gave, also where
 * that clock was wrong and has been put right since; how far it was off is kept beside it.
 *
 * Refuses `not-the-contact`, `visit-empty`, and `note-not-a-need` for words about views, belief or relations.
 */
export const logVisit = (deps: ContextDeps, change: Change<VisitInput>) =>
  carryOutForAnyone(deps, 'POST /api/contact-visits', change, async (tx, input) => {
    const household = found(await householdOf(tx, input.household));
    const contact = await contactOf(tx, input.household);
    refuseIf(contact?.member === tx.context.uid ? undefined : fault('not-the-contact'));
    refuseIf(
      input.need === undefined && input.feedback === undefined ? fault('visit-empty') : undefined,
      checkNote(input.need, input.feedback),
      input.occurredAt > latestClaimable(tx.makers.clock(), change.actor.device?.writtenAt)
        ? fault('date-in-future', { field: '走访时间' })
        : undefined,
    );
    const id = await addNew(tx, 'contact_visit', {
      division: household.division,
      household: input.household,
      visitor: tx.context.uid,
      need: input.need,
      feedback: input.feedback,
      occurred_at: input.occurredAt,
      device_sent_at: change.actor.device?.sentAt,
    });
    writeJournal(tx, {
      kind: 'record.change',
      division: household.division,
      commandId: change.commandId,
      commitFields: { table: 'contact_visit', id, ...(input.need === undefined ? {} : { need: input.need }) },
    });
    return { id };
  });

/** What sending a need asks. */
export interface SendNeedInput {
  readonly id: string;
  readonly kind?: string | undefined;
}

/** Matters, or a refusal that passes: without them nothing can be opened now. */
export const mattersOf = (holder: MattersHolder): MattersForPeople => {
  if (holder.matters === undefined) throw new Refusing([fault('temporarily-unavailable')]);
  return holder.matters;
};

/**
 * Turns the need heard on a visit into a matter 转为事项: once, with the visitor as contact; the household then sees its state [NQ-74].
 * Refuses `need-missing`, `already-done`, `not-the-contact` for anybody but the visitor.
 */
export const sendNeed = (deps: ContextDeps, change: Change<SendNeedInput>, holder: MattersHolder) =>
  carryOutForAnyone(deps, 'POST /api/contact-visits/{id}/matter', change, async (tx, input) => {
    const visit = found(await visitOf(tx, input.id));
    await decideAlone(tx, `visit ${input.id}`);
    refuseIf(visit.visitor === tx.context.uid ? undefined : fault('not-the-contact'));
    refuseIf(visit.matter === null ? undefined : fault('already-done'));
    if (visit.need === null) throw new Refusing([fault('need-missing')]);
    const opened = await mattersOf(holder).open(tx, {
      division: visit.division,
      text: visit.need,
      kind: input.kind,
      channel: 'visit',
      household: visit.household,
      contact: visit.visitor,
      commandId: change.commandId,
      // Deadlines run from when the server was told: the visit keeps the moment that the phone's clock gave.
      occurredAt: tx.makers.clock(),
    });
    if (!opened.ok) throw new Refusing(opened.faults);
    const { matter } = opened.value;
    await addRow(tx, 'contact_need', {
      visit: input.id,
      division: visit.division,
      matter,
      sent_by: visit.visitor,
    });
    writeJournal(tx, {
      kind: 'record.change',
      division: visit.division,
      commandId: change.commandId,
      commitFields: { table: 'contact_need', visit: input.id, matter },
    });
    return { id: input.id, matter };
  });

/** The households of the acting person, own or in contact, with visits and what became of each need. */
export const readOwnHouseholds = async (tx: Tx, holder: MattersHolder): Promise<HouseholdContact[]> => {
  const households = await ownHouseholds(tx, countyDate(tx.makers.clock()));
  const visits = await visitsTo(
    tx,
    households.map((one) => one.household),
  );
  const matters = visits.flatMap((visit) => visit.matter ?? []);
  const states = matters.length === 0 ? undefined : await holder.matters?.stateOf(tx, matters);
  return households.map((household) => ({
    ...household,
    visits: visits
      .filter((visit) => visit.household === household.household)
      .map(({ id, occurredAt, need, feedback, visitorName, clockOff, matter }) => ({
        id,
        occurredAt,
        need,
        feedback,
        visitorName,
        clockOff,
        matter,
        matterState: matter === null ? null : (states?.get(matter) ?? null),
      })),
  }));
};
