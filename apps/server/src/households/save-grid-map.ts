import { fault } from '@lianxin/domain';
import type { GridMapInput } from '@lianxin/contract';
import { writeJournal } from '../journal/index.js';
import { carryOut, decideAlone, mayWrite, refuseIf, refuseUnlessVillage, type Change } from '../people/index.js';
import type { ContextDeps, Tx } from '../storage/index.js';
import { judgeDrawing, type Judged } from './check-grid-map.js';
import { mapOf, putIntoGrid, standingGrids } from './grid-map.store.js';

/** Grids as they stand after the drawing: new codes are entered, codes left out end on the day. Gives the id of each code. */
const keepGrids = async (tx: Tx, division: string, judged: Judged, on: string): Promise<Map<string, string>> => {
  const standing = await standingGrids(tx, division);
  const ids = new Map<string, string>();
  for (const grid of judged.grids) {
    const known = standing.find((one) => one.code === grid.code);
    const id = known?.id ?? tx.makers.newId();
    ids.set(grid.code, id);
    if (known !== undefined) continue;
    await tx.run(
      `insert into lx.grid (county, id, division, code, name, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [tx.context.county, id, division, grid.code, grid.name, on, tx.makers.clock()],
    );
  }
  for (const gone of standing.filter((one) => !ids.has(one.code))) {
    await tx.run(
      `update lx.grid set valid_to = greatest($3::date, valid_from + 1) where county = $1 and id = $2 and valid_to is null`,
      [tx.context.county, gone.id, on],
    );
  }
  return ids;
};

/**
 * Saves a new version of a village's grid map 网格示意图 with its service flow chart 网格服务流程图 [DY-60].
 *
 * The grids fill the village without gap and overlap, and every household with a known door is put into the one grid that holds it
 * [BZ-54]; otherwise nothing is saved and the answer names grids and areas. Refuses `stale-version` when somebody saved in between.
 * The versions before stay; the new one is not public before it is posted.
 */
export const saveGridMap = (deps: ContextDeps, change: Change<GridMapInput & { readonly division: string }>) =>
  carryOut(deps, 'POST /api/villages/{division}/grid-map', change, async (tx, input) => {
    const { division, validFrom } = input;
    refuseIf(mayWrite(tx.context, 'keep-places', division));
    await refuseUnlessVillage(tx, division);
    await decideAlone(tx, `grid map ${division}`);
    const newest = await mapOf(tx, division);
    refuseIf((newest?.number ?? 0) === input.base ? undefined : fault('stale-version'));
    const judged = await judgeDrawing(deps, tx, division, input);
    refuseIf(...judged.faults);
    const id = tx.makers.newId();
    const number = input.base + 1;
    await tx.run(
      `insert into lx.grid_map (county, id, division, number, boundary, flow, original_datum, valid_from, recorded_at)
       values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8, $9)`,
      [
        tx.context.county,
        id,
        division,
        number,
        JSON.stringify(judged.boundary),
        JSON.stringify(input.flow),
        input.datum,
        validFrom,
        tx.makers.clock(),
      ],
    );
    const ids = await keepGrids(tx, division, judged, validFrom);
    for (const grid of judged.grids) {
      await tx.run(
        `insert into lx.grid_shape (county, map, grid, division, name, shape, square_metres, recorded_at)
         values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)`,
        [
          tx.context.county,
          id,
          ids.get(grid.code),
          division,
          grid.name,
          JSON.stringify(grid.shape),
          Math.round(judged.partition.areas.get(grid.code) ?? 0),
          tx.makers.clock(),
        ],
      );
    }
    for (const [household, code] of judged.placed) {
      const grid = ids.get(code);
      if (grid !== undefined) await putIntoGrid(tx, { household, division, grid, on: validFrom });
    }
    writeJournal(tx, {
      kind: 'record.change',
      division,
      commandId: change.commandId,
      commitFields: { table: 'grid_map', id, number, grids: judged.grids.length },
    });
    return { id, number };
  });
