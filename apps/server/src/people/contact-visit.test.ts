import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMilliseconds, ok } from '@lianxin/domain';
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
import { logVisit, readOwnHouseholds, sendNeed } from './contact-visit.js';
import { assignContact, endAssignment, saveHousehold } from './household-contact.js';
import type { MattersHolder, NeedAsMatter } from './open-matter.js';
import { saveBody } from './save-body.js';
import { placeMember } from './save-person.js';

const division = villageOf(1);
const keeper = officeOver(registerCounty.whole);
const contact = residentOf(division, '联系党员');
const villager = residentOf(division, '住户');
const neighbour = residentOf(division, '邻居');
const validFrom = '2026-01-01';
const occurredAt = '2026-03-01T08:00:00.000Z';

let server: TestServer;
let commands = 0;
const by = <Input>(actor: Command['actor'], input: Input) => ({
  actor,
  commandId: `contact-${(commands += 1)}`,
  input,
});
const count = async (table: string): Promise<number> =>
  Number((await server.database.owner.query<{ n: string }>(`select count(*)::text as n from lx.${table}`)).rows[0]?.n);

const opened: NeedAsMatter[] = [];
/** Matters as field work sees them: opened once each, and open until somebody ends them. */
const holder: MattersHolder = {
  matters: {
    open: async (_, need) => {
      opened.push(need);
      return ok({ matter: idOf(`matter ${opened.length}`) });
    },
    stateOf: async (_, matters) => new Map(matters.map((matter) => [matter, 'open'])),
  },
};

let household = '';
let member = '';

beforeAll(async () => {
  server = await testServer({ now: '2026-03-02T01:00:00.000Z' });
  const { owner } = server.database;
  await addRegisterCounty(owner, 2);
  member = await addPerson(owner, '联系党员', division);
  const person = await addPerson(owner, '住户', division);
  await addPerson(owner, '邻居', division);
  const committee = made(
    await saveBody(
      server.deps,
      by(keeper, { division: registerCounty.town, kind: 'committee', name: '册镇党委', validFrom }),
    ),
  );
  const branch = made(
    await saveBody(
      server.deps,
      by(keeper, { division, kind: 'branch', name: '第1村党支部', partyParent: committee, validFrom }),
    ),
  );
  made(await placeMember(server.deps, by(keeper, { person: member, branch, validFrom })));
  household = made(await saveHousehold(server.deps, by(keeper, { division, label: '一号院', validFrom })));
  await owner.query(
    `insert into lx.household_member (county, household, person, division, valid_from, recorded_at) values ($1, $2, $3, $4, $5, now())`,
    [registerCounty.county, household, person, division, validFrom],
  );
});
afterAll(async () => server.close());

describe('a Party member keeps contact with a household', () => {
  let assignment = '';
  let visit = '';

  it('is assigned once, and only when on record as a member [NQ-74]', async () => {
    const assign = (person: string) => assignContact(server.deps, by(keeper, { household, member: person, validFrom }));
    expect(codesIn(await assign(idOf('邻居')))).toEqual(['not-a-party-member']);
    assignment = made(await assign(member));
    expect(codesIn(await assign(member))).toEqual(['household-has-contact']);
  });

  it('logs needs and answers only: the contact alone, never views or belief [NQ-74]', async () => {
    const before = await count('contact_visit');
    const log = (actor: Command['actor'], need?: string) =>
      logVisit(server.deps, by(actor, { household, need, occurredAt }));
    expect(codesIn(await log(neighbour, '水泵坏了'))).toEqual(['not-found']);
    expect(codesIn(await log(villager, '水泵坏了'))).toEqual(['not-the-contact']);
    expect(codesIn(await log(contact))).toEqual(['visit-empty']);
    expect(codesIn(await log(contact, '这家人信教'))).toEqual(['note-not-a-need']);
    expect(await count('contact_visit')).toBe(before);
    visit = made(await log(contact, '院里的水泵坏了'));
  });

  it('turns the need into a matter once; the household sees its state and the visitor as contact [NQ-74, XQ-04]', async () => {
    const sent = await sendNeed(server.deps, by(contact, { id: visit }), holder);
    expect(sent).toMatchObject({ status: 201, body: { matter: idOf('matter 1') } });
    expect(opened).toEqual([
      expect.objectContaining({ text: '院里的水泵坏了', household, contact: member, division, channel: 'visit' }),
    ]);
    expect(codesIn(await sendNeed(server.deps, by(contact, { id: visit }), holder))).toEqual(['already-done']);
    const seen = await inContext(server.deps, villager.context, (tx) => readOwnHouseholds(tx, holder));
    expect(seen).toEqual([
      expect.objectContaining({
        label: '一号院',
        contactName: '联系党员',
        visits: [
          expect.objectContaining({
            need: '院里的水泵坏了',
            visitorName: '联系党员',
            matter: idOf('matter 1'),
            matterState: 'open',
          }),
        ],
      }),
    ]);
    expect(await inContext(server.deps, neighbour.context, (tx) => readOwnHouseholds(tx, holder))).toEqual([]);
  });

  it('by a phone whose clock is wrong is taken as it stands, with how far that clock was off beside it', async () => {
    const now = server.deps.clock();
    const at = (minutes: number) => addMilliseconds(now, minutes * 60_000);
    const device = (written: number, sent = written) => ({
      ...contact,
      device: { writtenAt: at(written), sentAt: at(sent) },
    });
    const log = (actor: ReturnType<typeof device>, need: string) =>
      logVisit(server.deps, by(actor, { household, need, occurredAt: actor.device.writtenAt }));
    for (const minutes of [4, 72, -72]) made(await log(device(minutes), `手机差 ${minutes} 分钟`));
    // Put right between the door and the line: what was written in good faith is taken, and what can be known is said.
    made(await log(device(60, 0), '手机差了，又调准了'));
    // Later than it was written is no visit yet, whatever the clock says; a device that says nothing is held to ours.
    const ahead = at(72);
    for (const actor of [device(72), device(72, 0), device(0, 72)]) {
      const tomorrow = addMilliseconds(actor.device.writtenAt, 1);
      const refused = await logVisit(server.deps, by(actor, { household, need: '明天', occurredAt: tomorrow }));
      expect(codesIn(refused)).toEqual(['date-in-future']);
    }
    expect(codesIn(await logVisit(server.deps, by(contact, { household, need: '明天', occurredAt: ahead })))).toEqual([
      'date-in-future',
    ]);
    const [home] = await inContext(server.deps, villager.context, (tx) => readOwnHouseholds(tx, holder));
    const seen = home?.visits.filter(({ need }) => need?.startsWith('手机差') === true);
    expect(seen?.map((one) => [one.occurredAt, one.clockOff])).toEqual([
      ['2026-03-02T02:12:00Z', { minutes: 72, atLeast: false }],
      ['2026-03-02T02:00:00Z', { minutes: 60, atLeast: true }],
      ['2026-03-02T01:04:00Z', null],
      ['2026-03-01T23:48:00Z', { minutes: -72, atLeast: false }],
    ]);
    const { rows } = await server.database.owner.query<{ off: number }>(
      `select round(extract(epoch from device_sent_at - recorded_at) / 60)::int as off from lx.command
       where device_written_at is not null and status = 201 order by 1`,
    );
    expect(rows.map(({ off }) => off)).toEqual([-72, 0, 4, 72]);
  });

  it('lets the household decline; then nobody is assigned, and the former contact logs nothing more [NQ-74]', async () => {
    const end = (actor: Command['actor']) =>
      endAssignment(server.deps, by(actor, { id: assignment, on: '2026-03-02', by: 'household-declined' as const }));
    expect(codesIn(await end(neighbour))).toEqual(['not-found']);
    expect(codesIn(await end(officeOver(division, [], 'clerk')))).toEqual(['capability-missing']);
    made(await end(villager));
    const again = await assignContact(server.deps, by(keeper, { household, member, validFrom: '2026-03-03' }));
    expect(codesIn(again)).toEqual(['household-declined']);
    const late = await logVisit(server.deps, by(contact, { household, need: '再来看看', occurredAt }));
    expect(codesIn(late)).toEqual(['not-the-contact']);
  });

  it('lets a household ask for another contact without a reason [NQ-74, XQ-04]', async () => {
    const second = made(await saveHousehold(server.deps, by(keeper, { division, label: '二号院', validFrom })));
    await server.database.owner.query(
      `insert into lx.household_member (county, household, person, division, valid_from, recorded_at) values ($1, $2, $3, $4, $5, now())`,
      [registerCounty.county, second, idOf('邻居'), division, validFrom],
    );
    const first = made(await assignContact(server.deps, by(keeper, { household: second, member, validFrom })));
    made(
      await endAssignment(
        server.deps,
        by(neighbour, { id: first, on: '2026-03-02', by: 'household-changed' as const }),
      ),
    );
    const next = await assignContact(server.deps, by(keeper, { household: second, member, validFrom: '2026-03-02' }));
    expect(next.status).toBe(201);
  });
});
