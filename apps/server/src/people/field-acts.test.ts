import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '@lianxin/domain';
import type { FieldActInput } from '@lianxin/contract';
import {
  addPerson,
  addRegisterCounty,
  idOf,
  made,
  officeOver,
  codesIn,
  registerCounty,
  residentOf,
  testServer,
  villageOf,
  type TestServer,
} from '@lianxin/testkit/database';
import type { Command } from '../http/command.js';
import { inContext } from '../storage/index.js';
import { appoint } from './appoint.js';
import { logFieldAct, readDistribution, readOwnFieldActs } from './field-acts.js';
import type { MattersHolder } from './open-matter.js';
import { saveBody } from './save-body.js';

const division = villageOf(1);
const keeper = officeOver(registerCounty.whole);
const validFrom = '2026-01-01';
const week = { from: '2026-03-02', to: '2026-03-08' };

let server: TestServer;
let commands = 0;
let branch = '';
const by = <Input>(actor: Command['actor'], input: Input) => ({ actor, commandId: `field-${(commands += 1)}`, input });

let opened = 0;
const holder: MattersHolder = {
  matters: {
    open: async (_, need) => {
      opened += 1;
      expect(need.occurredAt, 'deadlines run by the clock of the server').toBe(server.deps.clock());
      return ok({ matter: idOf(`field matter ${opened}`) });
    },
    stateOf: async () => new Map(),
  },
};
const act = (actor: Command['actor'], over: Partial<FieldActInput> = {}) =>
  logFieldAct(
    server.deps,
    by(actor, {
      division,
      group: 'grid-leader',
      role: 'agent',
      note: '代办医保报销',
      openMatter: true,
      occurredAt: '2026-03-04T02:00:00.000Z',
      ...over,
    } satisfies FieldActInput),
    holder,
  );

beforeAll(async () => {
  server = await testServer({ now: '2026-03-06T01:00:00.000Z' });
  const { owner } = server.database;
  await addRegisterCounty(owner, 2);
  const committee = made(
    await saveBody(
      server.deps,
      by(keeper, { division: registerCounty.town, kind: 'committee', name: '册镇党委', validFrom }),
    ),
  );
  branch = made(
    await saveBody(
      server.deps,
      by(keeper, { division, kind: 'branch', name: '第1村党支部', partyParent: committee, validFrom }),
    ),
  );
  const grid = made(await saveBody(server.deps, by(keeper, { division, kind: 'grid', name: '第一网格', validFrom })));
  for (const name of ['网格长一', '网格长二', '网格长三', '网格长四', '网格长五']) {
    const person = await addPerson(owner, name, division);
    made(await appoint(server.deps, by(keeper, { person, post: 'grid-leader', body: grid, validFrom })));
  }
  await addPerson(owner, '村民乙', division);
});
afterAll(async () => server.close());

const leader = residentOf(division, '网格长一');

describe('field acts in five roles', () => {
  it('shows a grid leader who logged 3 acts as agent and 1 as mediator just that, each agency act with its case [DY-73]', async () => {
    for (let time = 1; time <= 3; time += 1) made(await act(leader));
    made(await act(leader, { role: 'mediator', note: '调解一起田界纠纷', openMatter: false }));
    const own = await inContext(server.deps, leader.context, (tx) => readOwnFieldActs(tx, week));
    expect(own.counts).toEqual({ publicist: 0, surveyor: 0, agent: 3, patroller: 0, mediator: 1 });
    const agency = own.acts.filter((one) => one.role === 'agent');
    expect(agency.map((one) => one.matter)).toEqual([1, 2, 3].map((at) => idOf(`field matter ${at}`)));
  });

  it('keeps nothing of urgent danger, of notes about persons, of other groups, or of an agent without a case [DY-73]', async () => {
    const before = await server.database.owner.query('select id from lx.field_act');
    expect(await act(leader, { urgent: true })).toMatchObject({
      faults: [{ code: 'urgent-call-police', params: { number: '110' } }],
    });
    const refused = [
      await act(leader, { role: 'surveyor', note: '记录来访人员', openMatter: false }),
      await act(leader, { group: 'info-officer' }),
      await act(leader, { openMatter: false }),
      await act(residentOf(division, '村民乙')),
      await act(leader, { division: villageOf(2) }),
    ];
    expect(refused.map((answer) => codesIn(answer)[0])).toEqual([
      'note-not-a-need',
      'not-in-people-group',
      'agent-act-without-matter',
      'not-in-people-group',
      'not-found',
    ]);
    const after = await server.database.owner.query('select id from lx.field_act');
    expect(after.rowCount).toBe(before.rowCount);
  });

  it('shows acts to the person alone: neither a colleague nor the branch nor the county reads one [DY-73]', async () => {
    const colleague = residentOf(division, '网格长二');
    const own = await inContext(server.deps, colleague.context, (tx) => readOwnFieldActs(tx, week));
    expect(own.acts).toEqual([]);
    const office = await inContext(server.deps, keeper.context, (tx) => tx.rows('select id from lx.field_act'));
    expect(office).toEqual([]);
  });

  it('gives the branch bands without persons, and nothing below five persons [DY-73]', async () => {
    const read = (actor: typeof keeper) =>
      inContext(server.deps, actor.context, (tx) => readDistribution(tx, { ...week, branch }));
    const few = await read(keeper);
    expect(few).toMatchObject({ ok: true, value: { suppressed: true, roles: [] } });
    for (const name of ['网格长二', '网格长三', '网格长四', '网格长五']) made(await act(residentOf(division, name)));
    const many = await read(keeper);
    expect(many).toMatchObject({ ok: true, value: { suppressed: false } });
    const agent = many.ok ? many.value.roles.find((one) => one.role === 'agent') : undefined;
    expect(agent).toEqual({
      role: 'agent',
      acts: 7,
      bands: [
        { atLeast: 1, atMost: 1, persons: 4 },
        { atLeast: 2, atMost: 4, persons: 1 },
        { atLeast: 5, atMost: 9, persons: 0 },
        { atLeast: 10, atMost: null, persons: 0 },
      ],
    });
    expect(JSON.stringify(many)).not.toContain('网格长');
    const stranger = await read(officeOver(registerCounty.otherTown));
    expect(stranger).toMatchObject({ ok: false, faults: [{ code: 'not-found' }] });
  });
});
