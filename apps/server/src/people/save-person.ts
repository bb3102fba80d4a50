import { fault, levelOf } from '@lianxin/domain';
import type { PersonInput } from '@lianxin/contract';
import { writeJournal } from '../journal/index.js';
import type { ContextDeps } from '../storage/in-context.js';
import type { Tx } from '../storage/transaction.js';
import { personOf } from './appointment.store.js';
import { bodyOf } from './body.store.js';
import { carryOut, found, refuseIf, type Change } from './carry-out.js';
import { addNew, decideAlone, endRow } from './dated-row.store.js';
import { mayWrite } from './people.access.js';

/** Enters a person 登记人员: name, and sex and birth year where a roll needs them; nothing else is asked. */
export const savePerson = (deps: ContextDeps, change: Change<PersonInput>) =>
  carryOut(deps, 'POST /api/persons', change, async (tx, input) => {
    refuseIf(mayWrite(tx.context, 'appoint', input.division));
    refuseIf(levelOf(input.division) === 'province' ? fault('unknown-division', { code: input.division }) : undefined);
    const id = await addNew(tx, 'person', {
      division: input.division,
      name: input.name,
      sex: input.sex,
      birth_year: input.birthYear,
      valid_from: input.validFrom,
    });
    writeJournal(tx, {
      kind: 'person.change',
      division: input.division,
      commandId: change.commandId,
      commitFields: { person: id, name: input.name },
    });
    return { id };
  });

/** A member's place in the Party as entered. */
export interface MembershipInput {
  readonly person: string;
  readonly branch: string;
  readonly partyGroup?: string | undefined;
  readonly validFrom: string;
}

/** The running membership of a person with the branch's name. */
const runningMembership = async (tx: Tx, person: string) =>
  tx.first<{ id: string; branch: string; name: string; division: string }>(
    `select m.id, m.branch, b.name, m.division from lx.party_membership m join lx.body b on b.county = m.county and b.id = m.branch
     where m.county = $1 and m.person = $2 and m.valid_to is null`,
    [tx.context.county, person],
  );

/** Adds the membership after checking that the branch is a branch and the group is one of its groups. */
const addMembership = async (tx: Tx, input: MembershipInput): Promise<{ id: string; division: string }> => {
  const branch = found(await bodyOf(tx, input.branch));
  refuseIf(
    branch.kind === 'branch'
      ? undefined
      : fault('field-invalid', { field: 'branch', reason: `${branch.name}不是党支部` }),
    branch.validTo === null ? undefined : fault('unknown-body', { body: branch.name }),
  );
  if (input.partyGroup !== undefined) {
    const under = await tx.first<{ id: string }>(
      `select id from lx.body_link where county = $1 and from_body = $2 and to_body = $3 and kind = 'party-tree' and valid_to is null`,
      [tx.context.county, input.partyGroup, branch.id],
    );
    refuseIf(under ? undefined : fault('field-invalid', { field: 'partyGroup', reason: '不是该支部的党小组' }));
  }
  const id = await addNew(tx, 'party_membership', {
    division: branch.division,
    person: input.person,
    branch: branch.id,
    party_group: input.partyGroup,
    valid_from: input.validFrom,
  });
  return { id, division: branch.division };
};

/**
 * Places a Party member in a branch 编入支部. A member is in exactly one branch: a second one refuses `member-needs-transfer`
 * with the name of the first [DY-50].
 */
export const placeMember = (deps: ContextDeps, change: Change<MembershipInput>) =>
  carryOut(deps, 'POST /api/party-memberships', change, async (tx, input) => {
    const branch = found(await bodyOf(tx, input.branch));
    refuseIf(mayWrite(tx.context, 'appoint', branch.division), mayWrite(tx.context, 'read-members', branch.division));
    found(await personOf(tx, input.person));
    await decideAlone(tx, `membership ${input.person}`);
    const running = await runningMembership(tx, input.person);
    refuseIf(running === undefined ? undefined : fault('member-needs-transfer', { branch: running.name }));
    const { id, division } = await addMembership(tx, input);
    writeJournal(tx, {
      kind: 'person.change',
      division,
      commandId: change.commandId,
      commitFields: { person: input.person, branch: input.branch },
    });
    return { id };
  });

/** A transfer as entered. */
export interface TransferInput extends Omit<MembershipInput, 'validFrom'> {
  readonly on: string;
}

/**
 * Transfers a member to another branch 组织关系转接: the old membership ends on the day the new one begins, in one command.
 * Refuses `not-a-party-member` without one, `already-done` when the branch is the same.
 */
export const transferMember = (deps: ContextDeps, change: Change<TransferInput>) =>
  carryOut(deps, 'POST /api/party-memberships/transfers', change, async (tx, input) => {
    const branch = found(await bodyOf(tx, input.branch));
    refuseIf(mayWrite(tx.context, 'appoint', branch.division), mayWrite(tx.context, 'read-members', branch.division));
    await decideAlone(tx, `membership ${input.person}`);
    const running = await runningMembership(tx, input.person);
    refuseIf(running === undefined ? fault('not-a-party-member') : undefined);
    const before = found(running);
    refuseIf(before.branch === input.branch ? fault('already-done') : undefined);
    await endRow(tx, 'party_membership', before.id, input.on);
    const { id, division } = await addMembership(tx, { ...input, validFrom: input.on });
    writeJournal(tx, {
      kind: 'person.change',
      division,
      commandId: change.commandId,
      commitFields: { person: input.person, branch: input.branch, from: before.branch },
    });
    return { id };
  });
