import { countyDate, ok, refuse, type Result } from '@lianxin/domain';
import type { Datum, GridMapView } from '@lianxin/contract';
import { mayRead } from '../people/index.js';
import type { ContextDeps, Tx } from '../storage/index.js';
import { positionIn, shapeIn } from './geometry/datum.js';
import { loadsOf } from './geometry/loads.js';
import {
  doorOf,
  gridsOf,
  householdsOn,
  mapOf,
  postedMap,
  postingsOf,
  versionsOf,
  type StoredGrid,
  type StoredMap,
} from './grid-map.store.js';
import { everyPosting } from './post-chart.js';
import { gridSettings } from './settings.js';

const nameOf = async (tx: Tx, division: string): Promise<string> =>
  (await tx.first<{ name: string }>('select name from lx.division where code = $1', [division]))?.name ?? division;

/** A village's map as its offices see it: the newest version or one by number, doors, loads, what is still to be posted. */
export const readGridMap = async (
  deps: ContextDeps,
  tx: Tx,
  query: { readonly division: string; readonly datum?: Datum | undefined; readonly number?: number | undefined },
): Promise<Result<GridMapView>> => {
  const { division } = query;
  const strange = mayRead(tx.context, division);
  if (strange !== undefined) return refuse(strange);
  const datum = query.datum ?? 'wgs-84';
  const settings = await gridSettings(deps, tx, division);
  const households = await householdsOn(tx, division, countyDate(tx.makers.clock()));
  const points = households.flatMap((row) => {
    const door = doorOf(row);
    return door === undefined
      ? []
      : [{ household: row.household, label: row.label, position: [...positionIn(door, datum)], grid: row.grid }];
  });
  const map = await mapOf(tx, division, query.number ?? null);
  const common = {
    division,
    divisionName: await nameOf(tx, division),
    versions: await versionsOf(tx, division),
    points,
    unlocated: households.length - points.length,
    ...settings,
  };
  if (map === undefined) return ok({ ...common, map: null, toPost: [], loads: [] });
  const grids = await gridsOf(tx, map.id);
  const postings = await postingsOf(tx, map.id);
  const counts = new Map(grids.map((grid) => [grid.code, 0]));
  for (const row of households) if (row.grid !== null) counts.set(row.grid, (counts.get(row.grid) ?? 0) + 1);
  const newest = map.number === common.versions[0]?.number;
  return ok({
    ...common,
    map: {
      id: map.id,
      number: map.number,
      validFrom: map.validFrom,
      boundary: shapeIn(map.boundary, datum) as unknown as number[][][][],
      flow: [...map.flow],
      originalDatum: map.originalDatum,
      madeUp: map.madeUp,
      postings,
      grids: grids.map((grid) => ({ ...grid, shape: shapeIn(grid.shape, datum) as unknown as number[][][][] })),
    },
    toPost: newest
      ? everyPosting.filter((one) => !postings.some((p) => p.chart === one.chart && p.channel === one.channel))
      : [],
    loads: loadsOf(counts, settings.unevenLoad),
  });
};

/** What everybody sees of a village's grids 网格公示: the posted version of each chart, with contacts; no household [DY-60]. */
export interface PublicCharts {
  readonly map: (StoredMap & { readonly postedOn: string; readonly grids: readonly StoredGrid[] }) | null;
  readonly flow: { readonly steps: readonly string[]; readonly number: number; readonly postedOn: string } | null;
}

export const readPublicCharts = async (tx: Tx, division: string): Promise<PublicCharts> => {
  const map = await postedMap(tx, division, 'grid-map');
  const flow = await postedMap(tx, division, 'service-flow');
  return {
    map: map === undefined ? null : { ...map, grids: await gridsOf(tx, map.id) },
    flow: flow === undefined ? null : { steps: flow.flow, number: flow.number, postedOn: flow.postedOn },
  };
};

/** The newest version as GeoJSON (RFC 7946); a datum other than WGS-84 is said in `datum`, which the standard has no word for. */
export const gridMapGeoJson = (view: GridMapView, datum: Datum) => ({
  type: 'FeatureCollection',
  datum,
  features:
    view.map === null
      ? []
      : [
          {
            type: 'Feature',
            geometry: { type: 'MultiPolygon', coordinates: view.map.boundary },
            properties: { kind: 'boundary', code: view.division, name: view.divisionName, version: view.map.number },
          },
          ...view.map.grids.map((grid) => ({
            type: 'Feature',
            geometry: { type: 'MultiPolygon', coordinates: grid.shape },
            properties: { kind: 'grid', code: grid.code, name: grid.name },
          })),
        ],
});
