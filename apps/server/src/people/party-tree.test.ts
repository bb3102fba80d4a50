import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addPerson,
  addRegisterCounty,
  faultsOf,
  idOf,
  made,
  officeOver,
  codesIn,
  registerCounty,
  testServer,
  villageOf,
  type TestServer,
} from '@lianxin/testkit/database';
import { inContext } from '../storage/index.js';
import { linkBodies } from './link-bodies.js';
import { checkParent, checkPlace, tierOf, type PartyBody } from './party-tree.js';
import { readBody } from './read-bodies.js';
import { endBody, saveBody } from './save-body.js';
import { savePlace } from './save-place.js';
import { placeMember, transferMember } from './save-person.js';

const { whole, town } = registerCounty;
const village = villageOf(1);
const keeper = officeOver(whole);
const validFrom = '2026-01-01';

let server: TestServer;
let commands = 0;
const next = <Input>(input: Input) => ({ actor: keeper, commandId: `party-tree-${(commands += 1)}`, input });
const count = async (sql: string): Promise<number> =>
  Number((await server.database.owner.query<{ n: string }>(`select count(*)::text as n from ${sql}`)).rows[0]?.n);

let committee = '';
let branch = '';

beforeAll(async () => {
  server = await testServer();
  await addRegisterCounty(server.database.owner);
  committee = made(
    await saveBody(server.deps, next({ division: town, kind: 'committee', name: '册镇党委', validFrom })),
  );
  branch = made(
    await saveBody(
      server.deps,
      next({ division: village, kind: 'branch', name: '第1村党支部', partyParent: committee, validFrom }),
    ),
  );
});
afterAll(async () => server.close());

describe('the Party tree', () => {
  it('refuses a village Party group saved without a parent branch, and names the missing parent [NQ-05]', async () => {
    const before = await count('lx.body');
    const entries = await count('lx.journal_entry');
    const answer = await saveBody(
      server.deps,
      next({ division: village, kind: 'party-group', name: '第1村第一党小组', validFrom }),
    );
    expect(answer.status).toBe(422);
    expect(faultsOf(answer)).toEqual([
      { code: 'party-parent-missing', params: { name: '第1村第一党小组', missing: '党支部 (branch)' } },
    ]);
    expect(await count('lx.body')).toBe(before);
    expect(await count('lx.journal_entry')).toBe(entries);
  });

  it('refuses a branch without its one parent committee, and a group under a committee [NQ-05]', async () => {
    const lone = await saveBody(
      server.deps,
      next({ division: village, kind: 'branch', name: '孤立党支部', validFrom }),
    );
    expect(faultsOf(lone)[0]?.params.missing).toBe('党委 (committee)');
    const wrong = await saveBody(
      server.deps,
      next({ division: village, kind: 'party-group', name: '错位党小组', partyParent: committee, validFrom }),
    );
    expect(codesIn(wrong)).toEqual(['party-parent-wrong']);
  });

  it('keeps one parent at a time: saving with another parent moves the body and ends the old link [NQ-05]', async () => {
    const group = made(
      await saveBody(
        server.deps,
        next({ division: village, kind: 'party-group', name: '第1村第二党小组', partyParent: branch, validFrom }),
      ),
    );
    const second = made(
      await saveBody(
        server.deps,
        next({ division: village, kind: 'branch', name: '第1村第二党支部', partyParent: committee, validFrom }),
      ),
    );
    const twice = await linkBodies(
      server.deps,
      next({ fromBody: group, toBody: second, kind: 'party-tree' as const, validFrom }),
    );
    expect(codesIn(twice)).toEqual(['already-done']);
    made(
      await saveBody(
        server.deps,
        next({
          id: group,
          division: village,
          kind: 'party-group',
          name: '第1村第二党小组',
          partyParent: second,
          validFrom: '2026-02-01',
        }),
      ),
    );
    const links = await server.database.owner.query<{ parent: string; to: string | null }>(
      `select to_body as parent, valid_to as to from lx.body_link where from_body = $1 order by valid_from`,
      [group],
    );
    expect(links.rows).toEqual([
      { parent: branch, to: '2026-02-01' },
      { parent: second, to: null },
    ]);
  });

  it('links no body to itself, of whatever kind', async () => {
    const before = await count('lx.body_link');
    for (const kind of ['serves', 'line', 'liaison'] as const)
      expect(
        codesIn(await linkBodies(server.deps, next({ fromBody: branch, toBody: branch, kind, validFrom }))),
      ).toEqual(['field-invalid']);
    expect(await count('lx.body_link')).toBe(before);
  });

  it('does not end a body while others stand under it [NQ-05]', async () => {
    const answer = await endBody(server.deps, next({ id: committee, on: '2026-03-01' }));
    expect(codesIn(answer)).toEqual(['bodies-still-below']);
    expect(await count(`lx.body where id = '${committee}' and valid_to is null`)).toBe(1);
  });

  it('builds four levels beside community, estate and building, each Party body tied to its place [XQ-02]', async () => {
    const community = made(
      await saveBody(
        server.deps,
        next({ division: village, kind: 'committee', name: '社区党委', partyParent: committee, validFrom }),
      ),
    );
    const place = { division: village, validFrom };
    const estate = made(await savePlace(server.deps, next({ ...place, kind: 'estate', name: '东苑' })));
    const other = made(await savePlace(server.deps, next({ ...place, kind: 'estate', name: '西苑' })));
    const building = made(
      await savePlace(server.deps, next({ ...place, kind: 'building', name: '1号楼', parent: estate })),
    );
    const body = (kind: string, name: string, tied: string, partyParent: string) =>
      saveBody(server.deps, next({ division: village, kind, name, place: tied, partyParent, validFrom }));
    const estateBranch = made(await body('branch', '东苑党支部', estate, community));
    const otherBranch = made(await body('branch', '西苑党支部', other, community));
    expect(codesIn(await body('party-group', '1号楼党小组', building, otherBranch))).toEqual(['party-parent-wrong']);
    expect(codesIn(await body('branch', '1号楼党支部', building, community))).toContain('party-place-missing');
    const group = made(await body('party-group', '1号楼党小组', building, estateBranch));
    const tiers: (string | null)[] = [];
    let at: string | null = group;
    while (at !== null) {
      const id: string = at;
      const row = await inContext(server.deps, keeper.context, (tx) => readBody(tx, id, '2026-03-01'));
      if (!row.ok) throw new Error('not found');
      tiers.push(row.value.placeTier);
      at = row.value.partyParent;
    }
    expect(tiers).toEqual(['building', 'estate', 'community', 'township']);
  });

  it('offers seven branch kinds under a village committee and committees led by an enterprise [DY-50]', async () => {
    const led = made(
      await saveBody(
        server.deps,
        next({
          division: villageOf(2),
          kind: 'committee',
          name: '第2村党委',
          partyParent: committee,
          enterpriseLed: true,
          validFrom,
        }),
      ),
    );
    const kinds = [
      'agriculture',
      'industry',
      'enterprise',
      'cooperative',
      'joint-new-organisations',
      'veteran-cadres',
      'mobile-members',
    ] as const;
    for (const branchKind of kinds) {
      made(
        await saveBody(
          server.deps,
          next({ division: villageOf(2), kind: 'branch', name: branchKind, partyParent: led, branchKind, validFrom }),
        ),
      );
    }
    expect(await count(`lx.body where division = '${villageOf(2)}' and branch_kind is not null`)).toBe(7);
    expect(await count(`lx.body where id = '${led}' and enterprise_led`)).toBe(1);
  });

  it('asks for a transfer when a member of one branch is added to another, and leaves the membership alone [DY-50]', async () => {
    const person = await addPerson(server.database.owner, '企业党员', villageOf(2));
    const branchOf = async (kind: string): Promise<string> =>
      (await server.database.owner.query<{ id: string }>(`select id from lx.body where branch_kind = $1`, [kind]))
        .rows[0]?.id ?? '';
    const enterprise = await branchOf('enterprise');
    const mobile = await branchOf('mobile-members');
    made(await placeMember(server.deps, next({ person, branch: enterprise, validFrom })));
    const answer = await placeMember(server.deps, next({ person, branch: mobile, validFrom }));
    expect(faultsOf(answer)).toEqual([{ code: 'member-needs-transfer', params: { branch: 'enterprise' } }]);
    expect(await count(`lx.party_membership where person = '${person}'`)).toBe(1);
    made(await transferMember(server.deps, next({ person, branch: mobile, on: '2026-02-01' })));
    expect(await count(`lx.party_membership where person = '${person}' and valid_to is null`)).toBe(1);
    expect(await count(`lx.party_membership where branch = '${mobile}' and valid_to is null`)).toBe(1);
  });
});

describe('the rules of the tree by themselves', () => {
  const body = (over: Partial<PartyBody>): PartyBody => ({
    name: '某',
    kind: 'branch',
    tier: 'community',
    place: null,
    ...over,
  });

  it('ties a body to its place, else to its division, and a county committee to none [XQ-02]', () => {
    expect(tierOf('township', null)).toBe('township');
    expect(tierOf('village', null)).toBe('community');
    expect(tierOf('village', { id: idOf('e'), kind: 'estate', parent: null })).toBe('estate');
    expect(tierOf('county', null)).toBeNull();
  });

  it('lets a branch stand under a committee of its own or the next wider tier, not further away [XQ-02]', () => {
    const estate = body({ tier: 'estate', place: { id: idOf('e'), kind: 'estate', parent: null } });
    expect(checkParent(estate, body({ kind: 'committee', tier: 'community' }))).toEqual([]);
    expect(checkParent(estate, body({ kind: 'committee', tier: 'township' })).map((one) => one.code)).toEqual([
      'party-parent-wrong',
    ]);
    expect(checkPlace(estate)).toBeUndefined();
  });
});
