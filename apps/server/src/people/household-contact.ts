import { fault } from '@lianxin/domain';
import { writeJournal } from '../journal/index.js';
import type { ContextDeps } from '../storage/in-context.js';
import type { Tx } from '../storage/transaction.js';
import { personOf } from './appointment.store.js';
import { carryOut, carryOutForAnyone, found, refuseIf, type Change } from './carry-out.js';
import { assignmentOf, contactOf, householdOf, isOwnHousehold } from './contact.store.js';
import { addNew, decideAlone } from './dated-row.store.js';
import { mayWrite } from './people.access.js';
import { refuseUnlessVillage } from './save-place.js';

const journal = (tx: Tx, commandId: string, division: string, fields: Readonly<Record<string, string>>): void => {
  writeJournal(tx, { kind: 'record.change', division, commandId, commitFields: fields });
};

/** A household as entered. */
export interface HouseholdInput {
  readonly division: string;
  readonly grid?: string | undefined;
  readonly label: string;
  readonly validFrom: string;
}

/** Enters a household 户 by its door label, so that a contact can be assigned to it. */
export const saveHousehold = (deps: ContextDeps, change: Change<HouseholdInput>) =>
  carryOut(deps, 'POST /api/households', change, async (tx, input) => {
    refuseIf(mayWrite(tx.context, 'assign-contacts', input.division));
    await refuseUnlessVillage(tx, input.division);
    const id = await addNew(tx, 'household', {
      division: input.division,
      label: input.label,
      valid_from: input.validFrom,
    });
    if (input.grid !== undefined) {
      await addNew(tx, 'grid_household', {
        division: input.division,
        household: id,
        grid: input.grid,
        valid_from: input.validFrom,
      });
    }
    journal(tx, change.commandId, input.division, { table: 'household', id, what: 'add' });
    return { id };
  });

/** An assignment as entered. */
export interface AssignmentInput {
  readonly household: string;
  readonly member: string;
  readonly validFrom: string;
}

/**
 * Assigns a Party member to a household 党员联系户 [NQ-74]. Refuses `household-declined` once the household has said no,
 * `household-has-contact` naming the present one, `not-a-party-member`.
 */
export const assignContact = (deps: ContextDeps, change: Change<AssignmentInput>) =>
  carryOut(deps, 'POST /api/contact-assignments', change, async (tx, input) => {
    const household = found(await householdOf(tx, input.household));
    refuseIf(
      mayWrite(tx.context, 'assign-contacts', household.division),
      mayWrite(tx.context, 'read-members', household.division),
    );
    const member = found(await personOf(tx, input.member));
    await decideAlone(tx, `household ${input.household}`);
    const membership = await tx.first(
      `select id from lx.party_membership where county = $1 and person = $2 and valid_to is null`,
      [tx.context.county, input.member],
    );
    const present = await contactOf(tx, input.household);
    refuseIf(
      household.takesContact ? undefined : fault('household-declined'),
      membership === undefined ? fault('not-a-party-member') : undefined,
      present === undefined ? undefined : fault('household-has-contact', { member: present.name }),
    );
    const id = await addNew(tx, 'contact_assignment', {
      division: household.division,
      household: input.household,
      member: input.member,
      contact_name: member.name,
      valid_from: input.validFrom,
    });
    journal(tx, change.commandId, household.division, { table: 'contact_assignment', id, what: 'add' });
    return { id };
  });

/** How an assignment ends, as entered. */
export interface AssignmentEndInput {
  readonly id: string;
  readonly on: string;
  readonly by: 'branch' | 'household-declined' | 'household-changed';
}

/**
 * Ends an assignment 结束联系. The household itself may decline a contact or ask for another one, without a reason; an office may
 * enter that for it, or end the assignment for the branch. After declining, nobody is assigned until the household asks [NQ-74].
 */
export const endAssignment = (deps: ContextDeps, change: Change<AssignmentEndInput>) =>
  carryOutForAnyone(deps, 'POST /api/contact-assignments/{id}/end', change, async (tx, input) => {
    const assignment = found(await assignmentOf(tx, input.id));
    const own = input.by !== 'branch' && (await isOwnHousehold(tx, assignment.household));
    refuseIf(own ? undefined : mayWrite(tx.context, 'assign-contacts', assignment.division));
    refuseIf(
      assignment.to === null ? undefined : fault('already-done'),
      input.on < assignment.from ? fault('period-reversed', { from: assignment.from, to: input.on }) : undefined,
    );
    const ended = await tx.run(
      `update lx.contact_assignment set valid_to = $3, ended_by = $4 where county = $1 and id = $2 and valid_to is null`,
      [tx.context.county, input.id, input.on, input.by],
    );
    refuseIf(ended === 1 ? undefined : fault('not-found'));
    if (input.by === 'household-declined') {
      await tx.run(`update lx.household set takes_contact = false where county = $1 and id = $2`, [
        tx.context.county,
        assignment.household,
      ]);
    }
    journal(tx, change.commandId, assignment.division, { table: 'contact_assignment', id: input.id, what: input.by });
    return { id: input.id };
  });
