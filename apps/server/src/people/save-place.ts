import { fault, levelOf, scopeOf } from '@lianxin/domain';
import type { PlaceInput, PlaceRow, ServiceRoomInput } from '@lianxin/contract';
import type { ContextDeps } from '../storage/in-context.js';
import type { Tx } from '../storage/transaction.js';
import { levelOfDivision } from './body.store.js';
import { carryOut, found, refuseIf, type Change } from './carry-out.js';
import { addNew, decideAlone, holdsOn, supersedeRow } from './dated-row.store.js';
import { mayWrite } from './people.access.js';
import { journalRegister } from './register-change.js';

/** Refuses unless the code is a village of this county that still stands. */
export const refuseUnlessVillage = async (tx: Tx, code: string): Promise<void> => {
  const level = await levelOfDivision(tx, code);
  refuseIf(level === undefined ? fault('unknown-division', { code }) : undefined);
  refuseIf(
    level === 'village' ? undefined : fault('wrong-level', { code, expected: '村（社区）', found: levelOf(code) }),
  );
};

/** Enters an estate, a building or a site 登记小区、楼栋、场所. A building names its estate in the same village. */
export const savePlace = (deps: ContextDeps, change: Change<PlaceInput>) =>
  carryOut(deps, 'POST /api/places', change, async (tx, input) => {
    refuseIf(mayWrite(tx.context, 'keep-places', input.division));
    await refuseUnlessVillage(tx, input.division);
    refuseIf(
      (input.kind === 'site') === (input.siteKind !== undefined)
        ? undefined
        : fault('field-invalid', { field: 'siteKind', reason: '只有场所分七类，且必须选一类' }),
      input.estateAge === undefined || input.kind === 'estate'
        ? undefined
        : fault('field-invalid', { field: 'estateAge', reason: '只有小区分新旧' }),
      (input.kind === 'building') === (input.parent !== undefined)
        ? undefined
        : fault('field-missing', { field: '所在小区' }),
    );
    if (input.parent !== undefined) {
      const estate = await tx.first<{ id: string }>(
        `select id from lx.place where county = $1 and id = $2 and kind = 'estate' and division = $3 and valid_to is null`,
        [tx.context.county, input.parent, input.division],
      );
      refuseIf(estate ? undefined : fault('field-invalid', { field: 'parent', reason: '不是本村的小区' }));
    }
    const id = await addNew(tx, 'place', {
      division: input.division,
      kind: input.kind,
      name: input.name,
      parent: input.parent,
      site_kind: input.siteKind,
      estate_age: input.estateAge,
      valid_from: input.validFrom,
    });
    journalRegister(tx, change.commandId, input.division, { table: 'place', id, what: 'add' }, { name: input.name });
    return { id };
  });

/** An estate that stands, with its age. */
const estateOf = async (tx: Tx, id: string) =>
  found(
    await tx.first<{ division: string; age: 'new' | 'old' | null }>(
      `select division, estate_age as age from lx.place where county = $1 and id = $2 and kind = 'estate' and valid_to is null`,
      [tx.context.county, id],
    ),
  );

/**
 * Records the service room of an estate 综合服务用房. For a new estate it is a planning precondition; an old one rents, rebuilds
 * or extends. Refuses `service-room-precondition` and `service-room-way` otherwise [DY-55].
 */
export const saveServiceRoom = (deps: ContextDeps, change: Change<ServiceRoomInput>) =>
  carryOut(deps, 'POST /api/service-rooms', change, async (tx, input) => {
    const estate = await estateOf(tx, input.estate);
    refuseIf(mayWrite(tx.context, 'keep-places', estate.division));
    const planned = input.way === 'planning-precondition';
    refuseIf(
      estate.age === 'new' && !planned ? fault('service-room-precondition') : undefined,
      estate.age === 'old' && planned ? fault('service-room-way') : undefined,
      estate.age === null ? fault('field-missing', { field: '小区新旧' }) : undefined,
    );
    await decideAlone(tx, `service room ${input.estate}`);
    const id = await supersedeRow(tx, 'service_room', ['estate'], {
      division: estate.division,
      estate: input.estate,
      way: input.way,
      area_square_metres: input.areaSquareMetres,
      state: input.state,
      valid_from: input.validFrom,
    });
    journalRegister(
      tx,
      change.commandId,
      estate.division,
      { table: 'service_room', id, what: 'add' },
      { way: input.way },
    );
    return { id };
  });

/** A department's task for an estate as entered. */
export interface RoomTaskInput {
  readonly estate: string;
  readonly department: 'planning' | 'housing' | 'land' | 'civil-affairs';
  readonly task: string;
  readonly dueOn: string;
}

/** Gives one of four departments its task 部门任务, so that the estate gets its service room; one open task a department. */
export const saveServiceRoomTask = (deps: ContextDeps, change: Change<RoomTaskInput>) =>
  carryOut(deps, 'POST /api/service-room-tasks', change, async (tx, input) => {
    const estate = await estateOf(tx, input.estate);
    refuseIf(mayWrite(tx.context, 'keep-places', estate.division));
    const id = await addNew(tx, 'service_room_task', {
      division: estate.division,
      estate: input.estate,
      department: input.department,
      task: input.task,
      due_on: input.dueOn,
    });
    journalRegister(
      tx,
      change.commandId,
      estate.division,
      { table: 'service_room_task', id, what: 'add' },
      { task: input.task },
    );
    return { id };
  });

/** A department has done its task. Refuses `already-done` for a task that was. */
export const finishServiceRoomTask = (deps: ContextDeps, change: Change<{ id: string; on: string }>) =>
  carryOut(deps, 'POST /api/service-room-tasks/{id}/done', change, async (tx, input) => {
    const task = found(
      await tx.first<{ division: string }>(`select division from lx.service_room_task where county = $1 and id = $2`, [
        tx.context.county,
        input.id,
      ]),
    );
    refuseIf(mayWrite(tx.context, 'keep-places', task.division));
    const done = await tx.run(
      `update lx.service_room_task set done_on = $3 where county = $1 and id = $2 and done_on is null`,
      [tx.context.county, input.id, input.on],
    );
    refuseIf(done === 1 ? undefined : fault('already-done'));
    journalRegister(tx, change.commandId, task.division, { table: 'service_room_task', id: input.id, what: 'done' });
    return { id: input.id };
  });

/** Estates, buildings and sites of a division that stand on a day. */
export const listPlaces = async (tx: Tx, division: string, on: string): Promise<PlaceRow[]> => {
  const { lo, hi } = scopeOf(division);
  return tx.rows<PlaceRow>(
    `select p.id, p.division, p.kind, p.name, p.parent, p.site_kind as "siteKind", p.estate_age as "estateAge" from lx.place p
     where p.county = $1 and p.division >= $3 and p.division < $4 and ${holdsOn('p', 2)}
     order by p.division, p.kind, p.name, p.id limit 5000`,
    [tx.context.county, on, lo, hi],
  );
};
