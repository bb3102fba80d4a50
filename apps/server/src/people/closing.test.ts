import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CoverageReport, CoverageReportId } from '@lianxin/contract';
import {
  addPerson,
  addRegisterCounty,
  faultsOf,
  made,
  officeOver,
  registerCounty,
  testServer,
  villageOf,
  type TestServer,
} from '@lianxin/testkit/database';
import { inContext } from '../storage/index.js';
import { readCoverage } from './coverage-reports/read-coverage.js';
import { listBodies, readBody } from './read-bodies.js';
import { appoint, endAppointment } from './appoint.js';
import { endLink, linkBodies } from './link-bodies.js';
import { endBody, saveBody } from './save-body.js';
import { placeMember, transferMember } from './save-person.js';

const { whole, town } = registerCounty;
const division = villageOf(1);
const keeper = officeOver(whole);
const validFrom = '2026-01-01';
const on = '2026-02-01';

let server: TestServer;
let commands = 0;
const next = <Input>(input: Input, actor = keeper) => ({ actor, commandId: `closing-${(commands += 1)}`, input });
const report = async (id: CoverageReportId): Promise<CoverageReport> => {
  const found = await inContext(server.deps, keeper.context, (tx) =>
    readCoverage(tx, id, { division: whole, on: '2026-03-01' }),
  );
  if (!found.ok) throw new Error(JSON.stringify(found.faults));
  return found.value;
};
const branches: Record<string, string> = {};
const members: Record<string, string[]> = {};

beforeAll(async () => {
  server = await testServer();
  await addRegisterCounty(server.database.owner);
  const committee = made(
    await saveBody(server.deps, next({ division: town, kind: 'committee', name: '册镇党委', validFrom })),
  );
  for (const name of ['甲支部', '乙支部', '接收支部', '空支部']) {
    const body = { division, kind: 'branch', name, partyParent: committee, validFrom };
    branches[name] = made(await saveBody(server.deps, next(body)));
  }
  for (const name of ['甲支部', '乙支部']) {
    members[name] = [];
    for (const number of [1, 2]) {
      const person = await addPerson(server.database.owner, `${name}党员${number}`, division);
      made(await placeMember(server.deps, next({ person, branch: branches[name] ?? '', validFrom })));
      members[name]?.push(person);
    }
  }
});
afterAll(async () => server.close());

describe('closing an empty Party organisation 撤并空壳党组织', () => {
  it('begins with the branches that have no member, listed for somebody to look closer [XQ-17]', async () => {
    const { figures, rows } = await report('empty-party-bodies');
    expect(figures).toEqual([{ id: 'empty', title: '没有党员', count: 2, of: 4 }]);
    expect(rows.map((row) => row.name)).toEqual(['接收支部', '空支部']);
  });

  it('is refused while a member has not been transferred, and nothing changes [XQ-17]', async () => {
    const refused = await endBody(server.deps, next({ id: branches['甲支部'] ?? '', on }));
    expect(faultsOf(refused)).toEqual([{ code: 'members-not-transferred', params: { count: 2 } }]);
    const blind = officeOver(whole, ['keep-bodies']);
    const unseen = await endBody(server.deps, next({ id: branches['甲支部'] ?? '', on }, blind));
    expect(faultsOf(unseen).map((one) => one.code)).toEqual(['capability-missing']);
    expect((await report('closed-party-bodies')).rows).toEqual([]);
  });

  it('shows 2 closed by decision, each of their members in a new branch, and keeps the branch in history [XQ-17]', async () => {
    const branch = branches['接收支部'] ?? '';
    for (const name of ['甲支部', '乙支部']) {
      for (const person of members[name] ?? [])
        made(await transferMember(server.deps, next({ person, branch, on: '2026-01-20' })));
      made(await endBody(server.deps, next({ id: branches[name] ?? '', on, decision: '镇党委一号决定' })));
    }
    const closed = await report('closed-party-bodies');
    expect(closed.figures).toEqual([{ id: 'placed', title: '党员都已转接', count: 2, of: 2 }]);
    expect(closed.rows).toHaveLength(2);
    expect(closed.rows[0]).toMatchObject({ closed: on, members: 2, placed: 2, to: '接收支部', gap: null });
    const history = await inContext(server.deps, keeper.context, (tx) => readBody(tx, branches['甲支部'] ?? '', on));
    expect(history.ok && history.value).toMatchObject({ name: '甲支部', validTo: on });
  });
});

describe('what was entered by mistake 登记有误', () => {
  const today = '2026-03-02';

  it('is withdrawn on the day it began with a reason alone, and stays in history as never having held', async () => {
    const [wrong, right] = await Promise.all(
      ['错登的站', '对的站'].map(async (name) =>
        made(await saveBody(server.deps, next({ division, kind: 'service-station', name, validFrom: today }))),
      ),
    );
    const ending = { id: wrong ?? '', on: today };
    const before = await endBody(server.deps, next({ ...ending, on: '2026-03-01', reason: '登错了' }));
    const bare = await endBody(server.deps, next(ending));
    expect([...faultsOf(before), ...faultsOf(bare)]).toEqual([
      { code: 'period-reversed', params: { from: today, to: '2026-03-01' } },
      { code: 'ended-as-it-began', params: { from: today } },
    ]);
    const link = made(
      await linkBodies(
        server.deps,
        next({ fromBody: wrong ?? '', toBody: right ?? '', kind: 'serves', validFrom: today }),
      ),
    );
    expect(faultsOf(await endLink(server.deps, next({ id: link, on: today }))).map((one) => one.code)).toEqual([
      'ended-as-it-began',
    ]);
    made(await endLink(server.deps, next({ id: link, on: today, reason: '联系错了' })));
    made(await endBody(server.deps, next({ ...ending, reason: '重名，登错了' })));
    const history = await inContext(server.deps, keeper.context, (tx) => readBody(tx, wrong ?? '', today));
    expect(history.ok && history.value).toMatchObject({ validFrom: today, validTo: today, links: [] });
    const standing = await inContext(server.deps, keeper.context, (tx) =>
      listBodies(tx, { division, on: today, kind: 'service-station' }),
    );
    expect(standing.map((each) => each.name)).toEqual(['对的站']);
  });

  it('a wrong parent and a wrong term of today are put right today; a branch withdrawn today is no branch that was closed', async () => {
    const [first, second] = await Promise.all(
      ['错的党委', '对的党委'].map(async (name) =>
        made(await saveBody(server.deps, next({ division: town, kind: 'committee', name, validFrom: today }))),
      ),
    );
    const branch = { division, kind: 'branch', name: '新支部', validFrom: today };
    const id = made(await saveBody(server.deps, next({ ...branch, partyParent: first ?? '' })));
    made(await saveBody(server.deps, next({ ...branch, id, partyParent: second ?? '' })));
    const read = await inContext(server.deps, keeper.context, (tx) => readBody(tx, id, today));
    expect(read.ok && read.value.partyParentName).toBe('对的党委');
    const person = await addPerson(server.database.owner, '任错的人', division);
    const term = made(await appoint(server.deps, next({ person, post: 'secretary', body: id, validFrom: today })));
    expect(faultsOf(await endAppointment(server.deps, next({ id: term, on: today }))).map((one) => one.code)).toEqual([
      'ended-as-it-began',
    ]);
    made(await endAppointment(server.deps, next({ id: term, on: today, reason: '选错了人' })));
    const after = await inContext(server.deps, keeper.context, (tx) => readBody(tx, id, today));
    expect(after.ok && [after.value.holders, after.value.former]).toMatchObject([
      [],
      [{ name: '任错的人', validFrom: today, validTo: today }],
    ]);
    made(await endBody(server.deps, next({ id, on: today, reason: '登错了' })));
    expect((await report('closed-party-bodies')).rows.map((row) => row.name)).not.toContain('新支部');
  });
});
