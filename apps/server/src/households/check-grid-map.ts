import { countyDate, explainFault, fault, ok, refuse, type Fault, type Result } from '@lianxin/domain';
import type { GridCheck, GridDrawing } from '@lianxin/contract';
import { mayRead } from '../people/index.js';
import type { ContextDeps, Tx } from '../storage/index.js';
import { checkPartition, type DrawnGrid, type PartitionCheck } from './geometry/check-partition.js';
import { shapeFrom } from './geometry/datum.js';
import { gridFinder } from './geometry/find-grid.js';
import { loadsOf, type GridLoad } from './geometry/loads.js';
import type { Shape } from './geometry/plane.js';
import { doorOf, householdsOn, type PlacedHousehold } from './grid-map.store.js';
import { gridSettings } from './settings.js';

/** A drawing judged: the partition, and where every household with a known door would be. */
export interface Judged {
  readonly boundary: Shape;
  readonly grids: readonly DrawnGrid[];
  readonly partition: PartitionCheck;
  readonly faults: readonly Fault[];
  /** Code of the grid of each household, by id; those without a known door stay where they are. */
  readonly placed: ReadonlyMap<string, string>;
  readonly households: readonly PlacedHousehold[];
  readonly loads: readonly GridLoad[];
}

/** Household labels named in a refusal; more would fill the screen. */
const mostNamed = 5;

const outsideFault = (outside: readonly PlacedHousehold[]): Fault | undefined =>
  outside.length === 0
    ? undefined
    : fault('household-outside-grids', {
        count: outside.length,
        labels:
          outside
            .slice(0, mostNamed)
            .map((row) => row.label)
            .join('、') + (outside.length > mostNamed ? '……' : ''),
      });

/** Judges a drawing of a village: shapes in the stated datum, the settings of the place, its households of today. */
export const judgeDrawing = async (
  deps: ContextDeps,
  tx: Tx,
  division: string,
  drawing: GridDrawing,
): Promise<Judged> => {
  const { tolerance, unevenLoad } = await gridSettings(deps, tx, division);
  const boundary = shapeFrom(drawing.boundary, drawing.datum);
  const grids = drawing.grids.map((grid) => ({ ...grid, shape: shapeFrom(grid.shape, drawing.datum) }));
  const households = await householdsOn(tx, division, countyDate(tx.makers.clock()));
  const codes = grids.map((grid) => grid.code);
  const twice = codes.find((code, at) => codes.indexOf(code) !== at);
  if (twice !== undefined) {
    const faults = [fault('already-exists', { what: `网格代码 ${twice}` })];
    return {
      boundary,
      grids,
      households,
      faults,
      placed: new Map(),
      loads: [],
      partition: { faults, pieces: [], areas: new Map() },
    };
  }
  const partition = checkPartition(boundary, grids, tolerance);
  const find = gridFinder(boundary, grids);
  const placed = new Map<string, string>();
  const outside: PlacedHousehold[] = [];
  for (const row of households) {
    const door = doorOf(row);
    const code = door === undefined ? row.grid : find(door);
    if (code !== undefined && code !== null && codes.includes(code)) placed.set(row.household, code);
    else if (door !== undefined || row.grid !== null) outside.push(row);
  }
  const counts = new Map(codes.map((code) => [code, 0]));
  for (const code of placed.values()) counts.set(code, (counts.get(code) ?? 0) + 1);
  const left = outsideFault(outside);
  return {
    boundary,
    grids,
    households,
    partition,
    placed,
    faults: left === undefined ? partition.faults : [...partition.faults, left],
    loads: loadsOf(counts, unevenLoad),
  };
};

/** What is wrong with a drawing, piece by piece, for whoever draws it; nothing is saved. Refuses `not-found` outside the range. */
export const checkDrawing = async (
  deps: ContextDeps,
  tx: Tx,
  division: string,
  drawing: GridDrawing,
  language: 'zh-CN' | 'en',
): Promise<Result<GridCheck>> => {
  const strange = mayRead(tx.context, division);
  if (strange !== undefined) return refuse(strange);
  const judged = await judgeDrawing(deps, tx, division, drawing);
  return ok({
    sound: judged.faults.length === 0,
    faults: judged.faults.map((one) => {
      const { what, cure } = explainFault(one, language);
      return { code: one.code, what, cure };
    }),
    pieces: judged.partition.pieces as unknown as GridCheck['pieces'],
    boundary: judged.boundary as unknown as GridCheck['boundary'],
    grids: judged.grids as unknown as GridCheck['grids'],
    loads: [...judged.loads],
  });
};
