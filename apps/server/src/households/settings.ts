import { countyDate } from '@lianxin/domain';
import { rulesOf } from '../policy-packs/index.js';
import type { ContextDeps, Tx } from '../storage/index.js';

/** The figures that the grids of a place go by; both are the place's own, set in a pack as `settings`. */
export interface GridSettings {
  /** A gap or an overlap of at most so many square metres is none. */
  readonly tolerance: number;
  /** A grid with more than so many times the even share of households is too heavy. */
  readonly unevenLoad: number;
}

const ids = { tolerance: 'grid-tolerance', unevenLoad: 'uneven-grid-load' } as const;

/** Where no pack sets them: a strip ten metres long and one wide, and half as much again as the even share. */
const otherwise: GridSettings = { tolerance: 10, unevenLoad: 1.5 };

/** The settings in force for a village today; the nearest pack that sets a figure decides it. */
export const gridSettings = async (deps: ContextDeps, tx: Tx, division: string): Promise<GridSettings> => {
  const book = await rulesOf(deps.pool, tx);
  const set = book
    .rulesFor(division, countyDate(tx.makers.clock()), 'settings')
    .flatMap(({ rule }) => (rule.rule as { settings?: { id: string; number?: unknown }[] }).settings ?? []);
  const figure = (id: string, without: number): number => {
    const found = set.find((one) => one.id === id)?.number;
    return typeof found === 'number' ? found : without;
  };
  return {
    tolerance: figure(ids.tolerance, otherwise.tolerance),
    unevenLoad: figure(ids.unevenLoad, otherwise.unevenLoad),
  };
};
