import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askRoute, routesOf } from './test-pack/ask-routes.js';
import { askingCounty, type AskingCounty } from './test-pack/asking-county.js';
import { placeNames, type Place } from './test-pack/askers.js';
import { readMatrix, type MatrixRow } from './test-pack/matrix.js';
import type { Described } from './test-pack/request-samples.js';

const rows = readMatrix().filter((row) => row.kind === 'route');
const rowOf = new Map<string, MatrixRow>(rows.map((row) => [`${row.action} ${row.resource}`, row]));

/** The places that are asked about in a short run: the own village always, and one of the others in turn. */
const drawnFor = (turn: number): readonly Place[] => {
  const others = placeNames.filter((place) => place !== 'self' && place !== 'same-village');
  return ['same-village', others[turn % others.length] ?? 'other-village'];
};

describe('the routes do what the access matrix says', () => {
  let county: AskingCounty;
  let described: Described;
  beforeAll(async () => {
    county = await askingCounty();
    described = (await (await county.server.request('/api/openapi.json')).json()) as Described;
  });
  afterAll(async () => county.server.close());

  it('has a line for every route of the router, and none for a route that is gone', async () => {
    const missing: string[] = [];
    for (const route of routesOf(county)) {
      if (rowOf.has(`${route.method} ${route.shown}`)) continue;
      const { line, faults } = await askRoute(county, described, route, undefined);
      missing.push(line ?? '', ...faults);
    }
    const known = new Set(routesOf(county).map((route) => `${route.method} ${route.shown}`));
    const gone = [...rowOf.keys()].filter((key) => !known.has(key));
    expect(
      { missing, gone },
      'Add the missing lines to docs/access/access.matrix.csv if they are what the policy should be; then npm run access -- --print',
    ).toEqual({ missing: [], gone: [] });
  }, 300_000);

  it('answers everybody, about everything, exactly as far as the matrix says; who is refused changed nothing', async () => {
    const faults: string[] = [];
    let asked = 0;
    const seed = Number(process.env.LIANXIN_SEED ?? Date.now() % 1_000_000);
    const whole = process.env.LIANXIN_ACCESS === 'all';
    for (const [turn, route] of routesOf(county).entries()) {
      const row = rowOf.get(`${route.method} ${route.shown}`);
      if (row === undefined) continue;
      const heard = await askRoute(
        county,
        described,
        route,
        row,
        (place) => whole || drawnFor(seed + turn).includes(place),
      );
      faults.push(...heard.faults);
      asked += heard.asked;
    }
    const sample = `access matrix: ${asked} requests${whole ? '' : `; LIANXIN_SEED=${seed} repeats the sample, npm run access asks everything`}`;
    console.log(sample);
    expect(faults, sample).toEqual([]);
  }, 300_000);
});
