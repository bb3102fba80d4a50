import { fault, levelOf } from '@lianxin/domain';
import type { ContextDeps } from '../storage/in-context.js';
import { personOf } from './appointment.store.js';
import { bodyOf } from './body.store.js';
import { carryOut, found, refuseIf, type Change } from './carry-out.js';
import { addNew, decideAlone, supersedeRow } from './dated-row.store.js';
import { mayWrite } from './people.access.js';
import { journalRegister } from './register-change.js';

/** An organisation as entered: facts about it alone. */
export interface OrganisationInput {
  readonly division: string;
  readonly kind: 'trade-association' | 'mobile-people-service' | 'economic' | 'social';
  readonly name: string;
  readonly partyBody?: string | undefined;
  readonly validFrom: string;
}

/** Registers an association or another economic or social organisation 登记组织 [NQ-08]; no list of its people is asked for. */
export const saveOrganisation = (deps: ContextDeps, change: Change<OrganisationInput>) =>
  carryOut(deps, 'POST /api/organisations', change, async (tx, input) => {
    refuseIf(mayWrite(tx.context, 'keep-places', input.division));
    if (input.partyBody !== undefined) found(await bodyOf(tx, input.partyBody));
    const id = await addNew(tx, 'organisation', {
      division: input.division,
      kind: input.kind,
      name: input.name,
      party_body: input.partyBody,
      valid_from: input.validFrom,
    });
    journalRegister(
      tx,
      change.commandId,
      input.division,
      { table: 'organisation', id, what: 'add' },
      { name: input.name },
    );
    return { id };
  });

/** A link as entered. */
export interface OrganisationLinkInput {
  readonly id: string;
  readonly branch: string;
  readonly contact: string;
  readonly validFrom: string;
}

/**
 * Links a village branch to an organisation 有效衔接 through a contact person; both are needed, since a branch without a contact
 * is no link [NQ-08]. Refuses `organisation-has-link` naming the present branch.
 */
export const linkOrganisation = (deps: ContextDeps, change: Change<OrganisationLinkInput>) =>
  carryOut(deps, 'POST /api/organisations/{id}/link', change, async (tx, input) => {
    const organisation = found(
      await tx.first<{ division: string }>(
        `select division from lx.organisation where county = $1 and id = $2 and valid_to is null`,
        [tx.context.county, input.id],
      ),
    );
    refuseIf(mayWrite(tx.context, 'keep-places', organisation.division));
    const branch = found(await bodyOf(tx, input.branch));
    refuseIf(
      branch.kind === 'branch'
        ? undefined
        : fault('field-invalid', { field: 'branch', reason: `${branch.name}不是党支部` }),
    );
    found(await personOf(tx, input.contact));
    await decideAlone(tx, `organisation ${input.id}`);
    const present = await tx.first<{ name: string }>(
      `select b.name from lx.organisation_link l join lx.body b on b.county = l.county and b.id = l.branch
       where l.county = $1 and l.organisation = $2 and l.valid_to is null`,
      [tx.context.county, input.id],
    );
    refuseIf(present === undefined ? undefined : fault('organisation-has-link', { branch: present.name }));
    const id = await addNew(tx, 'organisation_link', {
      division: organisation.division,
      organisation: input.id,
      branch: input.branch,
      contact: input.contact,
      valid_from: input.validFrom,
    });
    journalRegister(tx, change.commandId, organisation.division, { table: 'organisation_link', id, what: 'add' });
    return { id };
  });

/** Who manages one side of an office as entered. */
export interface ManagementInput {
  readonly body: string;
  readonly dimension: 'people' | 'money' | 'property';
  readonly managedBy: 'township' | 'line-department' | 'both';
  readonly validFrom: string;
}

/** Records who manages the people, money or property of a township office 人财物管理 [YS-62]; the record before ends on that day. */
export const recordManagement = (deps: ContextDeps, change: Change<ManagementInput>) =>
  carryOut(deps, 'POST /api/office-management', change, async (tx, input) => {
    const office = found(await bodyOf(tx, input.body));
    refuseIf(mayWrite(tx.context, 'keep-bodies', office.division));
    const level = levelOf(office.division);
    refuseIf(
      office.kind === 'office' && level === 'township'
        ? undefined
        : fault('field-invalid', { field: 'body', reason: '不是乡镇的站办所' }),
    );
    await decideAlone(tx, `management ${input.body} ${input.dimension}`);
    const id = await supersedeRow(tx, 'office_management', ['body', 'dimension'], {
      division: office.division,
      body: input.body,
      dimension: input.dimension,
      managed_by: input.managedBy,
      valid_from: input.validFrom,
    });
    journalRegister(
      tx,
      change.commandId,
      office.division,
      { table: 'office_management', id, what: 'add' },
      { dimension: input.dimension, managedBy: input.managedBy },
    );
    return { id };
  });
