import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addRegisterCounty,
  made,
  officeOver,
  registerCounty,
  testServer,
  villageOf,
  type TestServer,
} from '@lianxin/testkit/database';
import { inContext, publicContext } from '../storage/index.js';
import { listStations, markMainStation, saveStation } from './save-station.js';

const keeper = officeOver(registerCounty.whole);
const division = villageOf(1);

let server: TestServer;
let commands = 0;
const next = <Input>(input: Input) => ({ actor: keeper, commandId: `station-${(commands += 1)}`, input });
const mainCount = async (): Promise<number> =>
  (await inContext(server.deps, publicContext(division), (tx) => listStations(tx, division))).filter((one) => one.main)
    .length;

beforeAll(async () => {
  server = await testServer();
  await addRegisterCounty(server.database.owner, 2);
});
afterAll(async () => server.close());

describe('the main convenience station of a merged village', () => {
  const stations: string[] = [];

  it('refuses a second main station until the first is unmarked, and shows the choice with scores on the 2 criteria [YS-36]', async () => {
    const scores = [
      [90, 80],
      [70, 95],
      [60, 50],
    ] as const;
    for (const [at, [facilitiesScore, locationScore]] of scores.entries()) {
      const station = {
        division,
        name: `原${at + 1}村村部`,
        formerVillage: `原${at + 1}村`,
        facilitiesScore,
        locationScore,
        validFrom: '2026-01-01',
      };
      stations.push(made(await saveStation(server.deps, next(station))));
    }
    const [first = '', second = ''] = stations;
    made(await markMainStation(server.deps, next({ id: first, main: true })));
    const refused = await markMainStation(server.deps, next({ id: second, main: true }));
    expect(refused).toMatchObject({
      status: 422,
      faults: [{ code: 'main-station-taken', params: { station: '原1村村部' } }],
    });
    expect(await mainCount()).toBe(1);
    made(await markMainStation(server.deps, next({ id: first, main: false })));
    made(await markMainStation(server.deps, next({ id: second, main: true })));
    const listed = await inContext(server.deps, publicContext(division), (tx) => listStations(tx, division));
    expect(listed.map((one) => [one.name, one.main, one.facilitiesScore, one.locationScore])).toEqual([
      ['原2村村部', true, 70, 95],
      ['原1村村部', false, 90, 80],
      ['原3村村部', false, 60, 50],
    ]);
  });

  it('does not make a station main before both criteria are scored [YS-36]', async () => {
    const bare = { division: villageOf(2), name: '未评分村部', formerVillage: '原村', validFrom: '2026-01-01' };
    const id = made(await saveStation(server.deps, next(bare)));
    const answer = await markMainStation(server.deps, next({ id, main: true }));
    expect(answer).toMatchObject({ faults: [{ code: 'station-scores-missing' }] });
  });

  it('keeps one main station when two are marked at the same moment [YS-36]', async () => {
    const two = {
      division: villageOf(2),
      formerVillage: '原村',
      facilitiesScore: 50,
      locationScore: 50,
      validFrom: '2026-01-01',
    };
    const one = made(await saveStation(server.deps, next({ ...two, name: '甲' })));
    const other = made(await saveStation(server.deps, next({ ...two, name: '乙' })));
    const answers = await Promise.all([
      markMainStation(server.deps, next({ id: one, main: true })),
      markMainStation(server.deps, next({ id: other, main: true })),
    ]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([201, 422]);
  });
});
