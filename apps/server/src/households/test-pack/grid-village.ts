import type { GridMapInput } from '@lianxin/contract';
import {
  addPerson,
  addRegisterCounty,
  everyCapability,
  idOf,
  made,
  officeOver,
  registerCounty,
  residentOf,
  sumOfTables,
  testServer,
  villageOf,
  type TestServer,
} from '@lianxin/testkit/database';
import { afterAll, beforeAll } from 'vitest';
import type { SessionActor } from '../../access/index.js';
import type { Command } from '../../http/command.js';
import { inContext } from '../../storage/index.js';
import { planeAround, type Position, type Shape } from '../geometry/plane.js';
import { saveGridMap } from '../save-grid-map.js';

export const division = villageOf(1);
export const keeper = officeOver(division, everyCapability);
export const neighbour = officeOver(villageOf(2), everyCapability, 'neighbour');
export const clerk = officeOver(division, [], 'clerk');
export const villager = residentOf(division, '户主');
export const stranger = residentOf(division, '路人');
export const plane = planeAround([111.3, 26.4]);
export const validFrom = '2026-03-02';

export const asSession = (actor: Command['actor']) =>
  ({ ...actor, office: null, session: null }) as unknown as SessionActor;

const shape = (...points: readonly (readonly [number, number])[]): Shape => {
  const ring = points.map(plane.toDegrees);
  return [[[...ring, ring[0] as Position]]];
};
export const square = shape([0, 0], [900, 0], [900, 900], [0, 900]);
export const column = (code: string, from: number, to: number) => ({
  code,
  name: `第${code}网格`,
  shape: shape([from, 0], [to, 0], [to, 900], [from, 900]),
});
export const drawing = (grids: readonly { code: string; name: string; shape: Shape }[], base: number) =>
  ({
    division,
    datum: 'wgs-84',
    boundary: square,
    grids,
    base,
    flow: ['群众说', '网格长收', '村里办', '答复本人'],
    validFrom,
  }) as unknown as GridMapInput & { division: string };
export const three = [column('001', 0, 300), column('002', 300, 600), column('003', 600, 900)];

/** The household behind one of the three hundred doors. */
export const household = (number: number): string => `00000001-0000-7000-8000-${String(number).padStart(12, '0')}`;

/**
 * A village of three hundred households, 290 of them with a door on the map, for the tests of one file: made before them, gone afterwards. It is
 * divided into `three` grids where the tests do not draw themselves.
 */
export const gridVillage = (grids: { readonly drawn: boolean }) => {
  let server: TestServer;
  let commands = 0;
  const by = <Input>(actor: Command['actor'], input: Input) => ({
    actor,
    commandId: `place-${(commands += 1)}`,
    input,
  });

  beforeAll(async () => {
    server = await testServer({ now: '2026-03-02T01:00:00.000Z' });
    const { owner } = server.database;
    await addRegisterCounty(owner, 2);
    await owner.query(
      `insert into lx.household (county, id, division, label, valid_from, recorded_at)
       select $1, ('00000001-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $2, n || '号', '2020-01-01', now() from generate_series(1, 300) n`,
      [registerCounty.county, division],
    );
    // Doors stand in a net of thirty by ten; the last of each row is left without a place.
    await owner.query(
      `insert into lx.household_point (county, id, division, household, longitude, latitude, original_datum, valid_from, recorded_at)
       select $1, gen_random_uuid(), $2, ('00000001-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, p.x, p.y, 'wgs-84', '2020-01-01', now()
       from json_to_recordset($3::json) as p (n int, x float, y float)`,
      [
        registerCounty.county,
        division,
        JSON.stringify(
          Array.from({ length: 290 }, (_, at) => {
            const [x, y] = plane.toDegrees([15 + 30 * (at % 30), 20 + 80 * Math.floor(at / 30)]);
            return { n: at + 1, x, y };
          }),
        ),
      ],
    );
    await addPerson(owner, '户主', division);
    await owner.query(
      `insert into lx.household_member (county, household, person, division, valid_from, recorded_at) values ($1, $2, $3, $4, '2020-01-01', now())`,
      [registerCounty.county, household(1), idOf('户主'), division],
    );
    if (grids.drawn) made(await saveGridMap(server.deps, by(keeper, drawing(three, 0))));
  });
  afterAll(() => server.close());

  return {
    server: () => server,
    by,
    read: <T>(actor: Command['actor'], work: Parameters<typeof inContext<T>>[2]) =>
      inContext(server.deps, actor.context, work),
    /** Every table this feature writes: a refusal leaves all of them as they were. */
    everything: async (): Promise<string> =>
      sumOfTables(server.database.owner, [
        'grid_map',
        'grid_shape',
        'grid',
        'chart_posting',
        'household_point',
        'grid_household',
        'household_card',
        'household_card_entry',
        'household',
        'journal_entry',
      ]),
    count: async (table: string, where = 'true'): Promise<number> =>
      Number(
        (await server.database.owner.query<{ n: string }>(`select count(*)::text as n from lx.${table} where ${where}`))
          .rows[0]?.n,
      ),
  };
};
