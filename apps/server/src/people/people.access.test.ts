import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addPerson,
  addRegisterCounty,
  everyCapability,
  idOf,
  made,
  officeOver,
  registerCounty,
  residentOf,
  testServer,
  villageOf,
  type TestServer,
} from '@lianxin/testkit/database';
import type { Answer, Command } from '../http/command.js';
import { appoint, endAppointment, establish } from './appoint.js';
import type { Change } from './carry-out.js';
import { assignContact, endAssignment, saveHousehold } from './household-contact.js';
import { endLink, linkBodies } from './link-bodies.js';
import { endBody, saveBody } from './save-body.js';
import { assignGrid, publishDutyContact, saveGrid } from './save-grid.js';
import { linkOrganisation, recordManagement, saveOrganisation } from './save-organisation.js';
import { placeMember, savePerson, transferMember } from './save-person.js';
import { finishServiceRoomTask, savePlace, saveServiceRoom, saveServiceRoomTask } from './save-place.js';
import { markMainStation, recordStanding, saveStation } from './save-station.js';

const division = villageOf(1);
const { town, whole, otherTown } = registerCounty;
const validFrom = '2026-01-01';
const on = '2026-02-01';
const keeper = officeOver(whole);

/** Who must be refused by every command about village 1, and how: a stranger learns nothing, a colleague is told what duty it takes. */
const strangers: readonly (readonly [who: string, actor: Command['actor'], code: string])[] = [
  ['the office of the neighbouring village', officeOver(villageOf(2)), 'not-found'],
  ['the office of another township', officeOver(otherTown), 'not-found'],
  ['an office of another county with the same capabilities', officeOver('999901000000'), 'not-found'],
  ['a resident of the village', residentOf(division, '村民'), 'not-found'],
  ['an office of the village without the duty', officeOver(division, []), 'capability-missing'],
];

let server: TestServer;
let commands = 0;
const ids: Record<string, string> = {};
const id = (word: string): string => ids[word] ?? idOf(word);
const next = <Input>(input: Input, actor: Command['actor'] = keeper): Change<Input> => ({
  actor,
  commandId: `access-${(commands += 1)}`,
  input,
});

/** Every command that keeps a register, with an input that the keeper's office may give. */
const attempts: Readonly<Record<string, (actor: Command['actor']) => Promise<Answer>>> = {
  saveBody: (actor) =>
    saveBody(server.deps, next({ division, kind: 'volunteer-team', name: '志愿队', validFrom }, actor)),
  endBody: (actor) => endBody(server.deps, next({ id: id('team'), on }, actor)),
  linkBodies: (actor) =>
    linkBodies(
      server.deps,
      next({ fromBody: id('team'), toBody: id('grid body'), kind: 'serves' as const, validFrom }, actor),
    ),
  endLink: (actor) => endLink(server.deps, next({ id: id('link'), on }, actor)),
  savePerson: (actor) => savePerson(server.deps, next({ division, name: '新人', validFrom }, actor)),
  appoint: (actor) =>
    appoint(
      server.deps,
      next({ person: id('person'), post: 'grid-leader', body: id('grid body'), validFrom: on }, actor),
    ),
  endAppointment: (actor) => endAppointment(server.deps, next({ id: id('appointment'), on }, actor)),
  establish: (actor) =>
    establish(server.deps, next({ body: id('grid body'), post: 'grid-leader', seats: 2, validFrom }, actor)),
  placeMember: (actor) =>
    placeMember(server.deps, next({ person: id('person'), branch: id('branch'), validFrom }, actor)),
  transferMember: (actor) =>
    transferMember(server.deps, next({ person: id('member'), branch: id('branch'), on }, actor)),
  savePlace: (actor) =>
    savePlace(server.deps, next({ division, kind: 'estate' as const, name: '新小区', validFrom }, actor)),
  saveServiceRoom: (actor) =>
    saveServiceRoom(
      server.deps,
      next(
        { estate: id('estate'), way: 'rent' as const, areaSquareMetres: 400, state: 'ready' as const, validFrom },
        actor,
      ),
    ),
  saveServiceRoomTask: (actor) =>
    saveServiceRoomTask(
      server.deps,
      next({ estate: id('estate'), department: 'land' as const, task: '核定', dueOn: on }, actor),
    ),
  finishServiceRoomTask: (actor) => finishServiceRoomTask(server.deps, next({ id: id('task'), on }, actor)),
  saveGrid: (actor) => saveGrid(server.deps, next({ division, code: '009', name: '第九网格', validFrom }, actor)),
  assignGrid: (actor) =>
    assignGrid(server.deps, next({ id: id('grid'), body: id('group'), contact: id('person'), validFrom }, actor)),
  publishDutyContact: (actor) =>
    publishDutyContact(server.deps, next({ id: id('grid'), name: '甲', duty: '网格长', validFrom }, actor)),
  saveOrganisation: (actor) =>
    saveOrganisation(server.deps, next({ division, kind: 'social' as const, name: '新协会', validFrom }, actor)),
  linkOrganisation: (actor) =>
    linkOrganisation(
      server.deps,
      next({ id: id('organisation'), branch: id('branch'), contact: id('person'), validFrom }, actor),
    ),
  saveStation: (actor) =>
    saveStation(server.deps, next({ division, name: '新村部', formerVillage: '原村', validFrom }, actor)),
  markMainStation: (actor) => markMainStation(server.deps, next({ id: id('station'), main: true }, actor)),
  recordStanding: (actor) =>
    recordStanding(
      server.deps,
      next({ division, largerEconomy: true, placeUpToStandard: true, basis: '核定', validFrom }, actor),
    ),
  saveHousehold: (actor) => saveHousehold(server.deps, next({ division, label: '新院', validFrom }, actor)),
  assignContact: (actor) =>
    assignContact(server.deps, next({ household: id('free household'), member: id('member'), validFrom }, actor)),
  endAssignment: (actor) =>
    endAssignment(server.deps, next({ id: id('assignment'), on, by: 'branch' as const }, actor)),
};

/** Rows of all registers, the journal and the accounts of this county, so that a change anywhere shows. */
const standing = async (): Promise<string> => {
  const tables = await server.database.owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'lx' and column_name = 'county'
     and table_name not in ('command', 'session', 'account') order by 1`,
  );
  const sums: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await server.database.owner.query<{ sum: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from lx.${name} t`,
    );
    sums.push(`${name} ${rows[0]?.sum}`);
  }
  return sums.join('\n');
};

beforeAll(async () => {
  server = await testServer();
  const { owner } = server.database;
  const { deps } = server;
  await addRegisterCounty(owner, 2);
  ids.person = await addPerson(owner, '张三', division);
  ids.member = await addPerson(owner, '党员甲', division);
  const committee = made(
    await saveBody(deps, next({ division: town, kind: 'committee', name: '册镇党委', validFrom })),
  );
  const branch = (name: string) =>
    saveBody(deps, next({ division, kind: 'branch', name, partyParent: committee, validFrom }));
  ids.branch = made(await branch('第一支部'));
  const second = made(await branch('第二支部'));
  const own = { division, validFrom };
  ids.group = made(
    await saveBody(deps, next({ ...own, kind: 'party-group', name: '党小组', partyParent: ids.branch })),
  );
  ids.team = made(await saveBody(deps, next({ ...own, kind: 'volunteer-team', name: '老志愿队' })));
  ids['grid body'] = made(await saveBody(deps, next({ ...own, kind: 'grid', name: '第一网格' })));
  const link = { fromBody: ids['grid body'], toBody: ids.team, kind: 'serves' as const, validFrom };
  ids.link = made(await linkBodies(deps, next(link)));
  const term = { person: ids.member, post: 'grid-leader', body: ids['grid body'], validFrom };
  ids.appointment = made(await appoint(deps, next(term)));
  made(await placeMember(deps, next({ person: ids.member, branch: second, validFrom })));
  ids.estate = made(await savePlace(deps, next({ ...own, kind: 'estate', name: '老小区', estateAge: 'old' })));
  const task = { estate: ids.estate, department: 'housing' as const, task: '核定', dueOn: on };
  ids.task = made(await saveServiceRoomTask(deps, next(task)));
  ids.grid = made(await saveGrid(deps, next({ ...own, code: '001', name: '第一网格' })));
  ids.organisation = made(await saveOrganisation(deps, next({ ...own, kind: 'social', name: '协会' })));
  const station = { ...own, name: '村部', formerVillage: '原村', facilitiesScore: 1, locationScore: 1 };
  ids.station = made(await saveStation(deps, next(station)));
  ids['free household'] = made(await saveHousehold(deps, next({ ...own, label: '一号院' })));
  const household = made(await saveHousehold(deps, next({ ...own, label: '二号院' })));
  ids.assignment = made(await assignContact(deps, next({ household, member: ids.member, validFrom })));
});
afterAll(async () => server.close());

describe('who may keep the registers', () => {
  it('refuses every command to five strangers, and nothing changes anywhere', async () => {
    const before = await standing();
    const wrong: string[] = [];
    for (const [command, attempt] of Object.entries(attempts)) {
      for (const [who, actor, code] of strangers) {
        const answer = await attempt(actor);
        const codes = 'faults' in answer ? answer.faults.map((one) => one.code) : ['done'];
        if (codes[0] !== code) wrong.push(`${command} by ${who}: ${codes.join(', ')} instead of ${code}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await standing()).toBe(before);
  });

  it('answers a stranger with 404 and a colleague without the duty with 403', async () => {
    const status = async (actor: Command['actor']) => (await attempts.savePlace?.(actor))?.status;
    expect(await status(officeOver(otherTown))).toBe(404);
    expect(
      await status(
        officeOver(
          division,
          everyCapability.filter((one) => one !== 'keep-places'),
        ),
      ),
    ).toBe(403);
  });

  it('carries every one of these commands out for the office that has the duty, once for a repeated command id', async () => {
    for (const [command, attempt] of Object.entries(attempts)) {
      const entries = async (): Promise<number> =>
        (await server.database.owner.query('select id from lx.journal_entry')).rowCount ?? 0;
      const before = await entries();
      // A body with a link cannot end first; the order of the table does not matter otherwise.
      const at = commands;
      const first = await attempt(keeper);
      expect([command, first.status]).toEqual([command, 201]);
      expect([command, await entries()]).toEqual([command, before + 1]);
      commands = at;
      const again = await attempt(keeper);
      expect([command, again.repeated, again.status]).toEqual([command, true, 201]);
      expect([command, await entries()]).toEqual([command, before + 1]);
      commands = at + 1;
    }
  });

  it('records office management for a township office alone', async () => {
    const office = made(
      await saveBody(server.deps, next({ division: town, kind: 'office', name: '水利站', validFrom })),
    );
    const record = (actor: Command['actor'], body: string) =>
      recordManagement(
        server.deps,
        next({ body, dimension: 'money' as const, managedBy: 'township' as const, validFrom }, actor),
      );
    expect((await record(officeOver(division), office)).status).toBe(404);
    expect((await record(officeOver(town, ['keep-places']), office)).status).toBe(403);
    expect((await record(officeOver(otherTown), office)).status).toBe(404);
    expect((await record(keeper, ids.team ?? '')).status).toBe(422);
    expect((await record(keeper, office)).status).toBe(201);
  });

  it('lets nobody but the function write an identity number, and nobody read one', async () => {
    const client = await server.database.pool.connect();
    try {
      for (const role of ['rt_public', 'rt_resident', 'rt_office', 'rt_worker']) {
        await client.query('begin');
        await client.query(`set local role ${role}`);
        await expect(client.query('select * from lx.person_identity')).rejects.toThrow(/permission denied/);
        await client.query('rollback');
      }
      const put = async (context: (typeof keeper)['context'], person: string): Promise<boolean> => {
        await client.query('begin');
        await client.query('select set_config($1, $2, true)', ['role', 'rt_office']);
        for (const [name, value] of [
          ['lx.county', context.county],
          ['lx.lo', context.lo],
          ['lx.hi', context.hi],
          ['lx.caps', `,${context.caps.join(',')},`],
        ]) {
          await client.query('select set_config($1, $2, true)', [name, value]);
        }
        const { rows } = await client.query<{ done: boolean }>(
          `select lx.put_person_identity($1, 'phone', '\\x00', '\\x01', now()) as done`,
          [person],
        );
        await client.query('rollback');
        return rows[0]?.done === true;
      };
      expect(await put(keeper.context, ids.person ?? '')).toBe(true);
      expect(await put(officeOver(otherTown).context, ids.person ?? '')).toBe(false);
      expect(await put(officeOver(division, ['keep-places']).context, ids.person ?? '')).toBe(false);
      expect(await put(officeOver('999901000000').context, ids.person ?? '')).toBe(false);
    } finally {
      client.release();
    }
  });
});
