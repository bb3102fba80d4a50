import { fault } from '@lianxin/domain';
import type { ContextDeps } from '../storage/in-context.js';
import type { Tx } from '../storage/transaction.js';
import { bodyOf } from './body.store.js';
import { carryOut, found, refuseIf, type Change } from './carry-out.js';
import { addNew, decideAlone, supersedeRow } from './dated-row.store.js';
import { mayWrite } from './people.access.js';
import { journalRegister } from './register-change.js';
import { refuseUnlessVillage } from './save-place.js';

/** A grid as entered. */
export interface GridInput {
  readonly division: string;
  readonly code: string;
  readonly name: string;
  readonly validFrom: string;
}

/** Enters a grid 网格 of a village. Refuses `already-exists` for a code in use. */
export const saveGrid = (deps: ContextDeps, change: Change<GridInput>) =>
  carryOut(deps, 'POST /api/grids', change, async (tx, input) => {
    refuseIf(mayWrite(tx.context, 'keep-places', input.division));
    await refuseUnlessVillage(tx, input.division);
    const id = await addNew(tx, 'grid', {
      division: input.division,
      code: input.code,
      name: input.name,
      valid_from: input.validFrom,
    });
    journalRegister(tx, change.commandId, input.division, { table: 'grid', id, what: 'add' }, { name: input.name });
    return { id };
  });

const gridOf = async (tx: Tx, id: string) =>
  found(
    await tx.first<{ division: string }>(
      `select division from lx.grid where county = $1 and id = $2 and valid_to is null`,
      [tx.context.county, id],
    ),
  );

/** A grid's Party group and contact as entered. */
export interface GridGroupInput {
  readonly id: string;
  readonly body: string;
  readonly contact: string;
  readonly validFrom: string;
}

/**
 * Makes a Party group responsible for a grid 网格对应党小组, through one contact [NQ-07].
 * Refuses `grid-has-party-group` naming the present one, `field-invalid` for a body that is no Party group of the village.
 */
export const assignGrid = (deps: ContextDeps, change: Change<GridGroupInput>) =>
  carryOut(deps, 'POST /api/grids/{id}/party-group', change, async (tx, input) => {
    const grid = await gridOf(tx, input.id);
    refuseIf(mayWrite(tx.context, 'keep-places', grid.division));
    const group = found(await bodyOf(tx, input.body));
    const fits = group.kind === 'party-group' && group.division === grid.division && group.validTo === null;
    refuseIf(fits ? undefined : fault('field-invalid', { field: 'body', reason: '不是本村的党小组' }));
    await decideAlone(tx, `grid ${input.id}`);
    const present = await tx.first<{ name: string }>(
      `select b.name from lx.grid_party_group g join lx.body b on b.county = g.county and b.id = g.body
       where g.county = $1 and g.grid = $2 and g.valid_to is null`,
      [tx.context.county, input.id],
    );
    refuseIf(present === undefined ? undefined : fault('grid-has-party-group', { group: present.name }));
    const id = await addNew(tx, 'grid_party_group', {
      division: grid.division,
      grid: input.id,
      body: input.body,
      contact: input.contact,
      valid_from: input.validFrom,
    });
    journalRegister(
      tx,
      change.commandId,
      grid.division,
      { table: 'grid_party_group', id, what: 'add' },
      { contact: input.contact },
    );
    return { id };
  });

/** A published duty contact as entered. */
export interface DutyContactInput {
  readonly id: string;
  readonly name: string;
  readonly duty: string;
  readonly officePhone?: string | undefined;
  readonly validFrom: string;
}

/** Publishes who is on duty for a grid 公布值守联系人: all that the public sees of it [NQ-07]. The one before ends on that day. */
export const publishDutyContact = (deps: ContextDeps, change: Change<DutyContactInput>) =>
  carryOut(deps, 'POST /api/grids/{id}/duty-contact', change, async (tx, input) => {
    const grid = await gridOf(tx, input.id);
    refuseIf(mayWrite(tx.context, 'keep-places', grid.division));
    await decideAlone(tx, `grid ${input.id}`);
    const id = await supersedeRow(tx, 'duty_contact', ['grid'], {
      division: grid.division,
      grid: input.id,
      name: input.name,
      duty: input.duty,
      office_phone: input.officePhone,
      published_day: input.validFrom,
      valid_from: input.validFrom,
    });
    journalRegister(tx, change.commandId, grid.division, { table: 'duty_contact', id, what: 'publish' });
    return { id };
  });

/** What anybody may read about who is on duty in a village: published contacts alone. */
export const listDutyContacts = async (tx: Tx, division: string) =>
  tx.rows<{
    grid: string | null;
    gridName: string | null;
    body: string | null;
    bodyName: string | null;
    name: string;
    duty: string;
    officePhone: string | null;
  }>(
    `select c.grid, g.name as "gridName", c.body, b.name as "bodyName", c.name, c.duty, c.office_phone as "officePhone"
     from lx.duty_contact c left join lx.grid g on g.county = c.county and g.id = c.grid
       left join lx.body b on b.county = c.county and b.id = c.body
     where c.county = $1 and c.division = $2 and c.valid_to is null and c.published_day is not null
     order by c.body nulls last, g.code, c.id`,
    [tx.context.county, division],
  );
