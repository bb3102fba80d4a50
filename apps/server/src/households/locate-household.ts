import { fault } from '@lianxin/domain';
import type { Datum } from '@lianxin/contract';
import { writeJournal } from '../journal/index.js';
import { carryOut, found, mayWrite, refuseIf, type Change } from '../people/index.js';
import type { ContextDeps, Tx } from '../storage/index.js';
import { positionFrom } from './geometry/datum.js';
import { gridFinder } from './geometry/find-grid.js';
import type { Position } from './geometry/plane.js';
import { gridsOf, mapOf, putIntoGrid, putPoint } from './grid-map.store.js';
import { householdById } from './household.store.js';

/** Which grid of the newest map holds a position: an id, or undefined; null where the village has no map yet. */
export const gridAt = async (tx: Tx, division: string) => {
  const map = await mapOf(tx, division);
  if (map === undefined) return null;
  const grids = await gridsOf(tx, map.id);
  const find = gridFinder(map.boundary, grids);
  return (position: Position): string | undefined => {
    const code = find(position);
    return grids.find((grid) => grid.code === code)?.id;
  };
};

/** Where a door is, as entered. */
export interface LocationInput {
  readonly id: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly datum: Datum;
  readonly validFrom: string;
}

/**
 * Says where a household's door is; from then on it is in the grid that holds the door. Refuses `household-outside-grids` for a door
 * that no grid of the newest map holds.
 */
export const locateHousehold = (deps: ContextDeps, change: Change<LocationInput>) =>
  carryOut(deps, 'POST /api/households/{id}/location', change, async (tx, input) => {
    const { division, label } = found(await householdById(tx, input.id));
    refuseIf(mayWrite(tx.context, 'keep-places', division));
    const position = positionFrom([input.longitude, input.latitude], input.datum);
    const find = await gridAt(tx, division);
    const grid = find?.(position);
    refuseIf(
      find !== null && grid === undefined ? fault('household-outside-grids', { count: 1, labels: label }) : undefined,
    );
    const household = input.id;
    const id = await putPoint(tx, { household, division, position, datum: input.datum, on: input.validFrom });
    if (grid !== undefined) await putIntoGrid(tx, { household, division, grid, on: input.validFrom });
    writeJournal(tx, {
      kind: 'record.change',
      division,
      commandId: change.commandId,
      commitFields: { table: 'household_point', id, household },
    });
    return { id };
  });
