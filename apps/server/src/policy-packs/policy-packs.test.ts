import { demonstrationServer, signIn, type SignedInClient, type TestServer } from '@lianxin/testkit/database';
import type { ActivePack, Opened, ProcedureReading, RequestForm } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameSources } from '../http/source-names.js';
import { inContext, systemContext } from '../storage/index.js';
import { seedPacks } from './seed-packs.js';

const village = '431122112200';
let server: TestServer;

beforeAll(async () => {
  server = await demonstrationServer();
}, 180_000);
afterAll(() => server.close());

const packs = async (division: string, on = ''): Promise<ActivePack[]> => {
  const answer = await server.request(`/api/policy-packs?division=${division}${on === '' ? '' : `&on=${on}`}`);
  return ((await answer.json()) as { packs: ActivePack[] }).packs;
};

describe('policy packs of the demonstration', () => {
  it('activates in each county the packs that its list names, so that one village runs several', async () => {
    const active = await packs(village);
    expect(active.map((one) => one.pack)).toContain('danyang-four-haves');
    expect(active.length).toBeGreaterThan(1);
    expect(active.flatMap((one) => one.rules.map((rule) => rule.kind))).toContain('procedure');
    expect(await packs(village, '2010-12-31')).toEqual([]);
  });

  it('calls the articles behind its rules by title and place, and an unknown one by its id', async () => {
    await packs(village);
    expect(nameSources(['LAW-VC-30b', 'LAW-VC-30a', 'NQ-C11', 'LAW-NOWHERE'])).toEqual([
      '《中华人民共和国村民委员会组织法》第三十条',
      '《关于在全镇各村推行“135”工作模式的实施方案》二(三)5',
      'LAW-NOWHERE',
    ]);
  });

  it('keeps and activates nothing twice', async () => {
    const count = async () =>
      (
        await server.database.owner.query<{ n: number }>(
          'select ((select count(*) from lx.pack_version) + (select count(*) from lx.pack_activation))::int as n',
        )
      ).rows[0]?.n;
    const before = await count();
    await seedPacks(server.deps, server.database.owner);
    expect(await count()).toBe(before);
  });

  it('asks residents of a village what the procedures in force there ask, with the day by which it would be due', async () => {
    const form = (await (await server.request(`/api/villages/${village}/request-form`)).json()) as RequestForm;
    expect(form.kinds.map((kind) => kind.title)).toEqual(expect.arrayContaining(['民需', '民事', '民困', '民忧']));
    const need = form.kinds.find((kind) => kind.id === 'need');
    expect(need?.due).toMatch(/^\d{4}-\d{2}-\d{2}$/u);
    expect(need?.fields.filter((field) => field.required).map((field) => field.id)).toEqual(['wanted']);
    const nowhere = await server.request('/api/villages/431122112999/request-form');
    expect(nowhere.status).toBe(404);
  });

  it('reads a procedure aloud and draws it by the hash a matter is pinned to', async () => {
    const pack = (await packs(village)).find((one) => one.pack === 'danyang-four-haves');
    const procedure = pack?.rules.find((rule) => rule.kind === 'procedure' && rule.id === 'resident-request');
    const path = `/api/policy-packs/${pack?.hash ?? ''}/procedures/${procedure?.id ?? ''}?division=${village}`;
    const reading = (await (await server.request(path)).json()) as ProcedureReading;
    expect(reading.prose).toContain('受理');
    expect(reading.drawing.svg).toContain('<svg');
    expect(reading.covers).toContain('DY-01');
    const bpmn = await server.request(path.replace('?', '/bpmn?'));
    expect(bpmn.headers.get('content-type')).toContain('application/bpmn+xml');
    expect(await bpmn.text()).toContain('<bpmn:userTask');
    expect((await server.request(path.replace('resident-request', 'no-such-procedure'))).status).toBe(404);
  });
});

let director: SignedInClient;
beforeAll(async () => {
  director = await signIn(server, 'nanqiao-v03-director', 'lianxin-demo-2026');
});

const open = (procedure: string, kind: string, fields: Record<string, unknown>): Promise<Response> =>
  director.send('POST', '/api/matters', { division: village, procedure, kind, fields });
const lease = { subject: '东洼十亩地出租', proposal: '出租三年', basis: '增加集体收入', amount: 30_000 };

describe('several systems that govern one kind of matter', () => {
  const pinned = async (id: string) =>
    (
      await server.database.owner.query<{ procedure: string; stage: string; pack: string; hash: string }>(
        `select m.procedure, m.stage, v.pack, encode(v.hash, 'hex') as hash
         from lx.matter m join lx.pack_version v on v.hash = m.pack_hash where m.id = $1`,
        [id],
      )
    ).rows[0];

  it('make one case of a land lease, with four stages, whichever of the two was named [FC-31]', async () => {
    const first = await open('request-report', 'land-lease', lease);
    expect(first.status).toBe(201);
    const second = await open('representative-deliberation', 'land-lease', lease);
    const [a, b] = [(await first.json()) as Opened, (await second.json()) as Opened];
    const one = await pinned(a.id);
    expect(one).toMatchObject({
      procedure: 'representative-deliberation-with-request-report',
      stage: 'approval',
      pack: 'joint',
    });
    expect((await pinned(b.id))?.hash).toBe(one?.hash);
    const path = `/api/policy-packs/${one?.hash ?? ''}/procedures/${one?.procedure ?? ''}?division=${village}`;
    const reading = (await (await server.request(path)).json()) as ProcedureReading;
    expect(reading.drawing.nodes.filter((node) => node.kind === 'stage').map((node) => node.id)).toEqual([
      'approval',
      'discuss',
      'notice',
      'implement',
    ]);
    expect(reading.prose).toContain('FC-C04-2');
    expect(reading.prose).toContain('FC-C04-4');
  });

  it('leave a kind that only one of them governs to that one', async () => {
    const answer = await open('request-report', 'works-project', lease);
    const { id } = (await answer.json()) as Opened;
    expect(await pinned(id)).toMatchObject({ procedure: 'request-report', pack: 'fucheng-xiqu-governance' });
  });

  it('are not open without the kind, since the kind says which of them govern it', async () => {
    const answer = await director.send('POST', '/api/matters', {
      division: village,
      procedure: 'request-report',
      fields: lease,
    });
    expect(answer.status).toBe(422);
  });

  it('lets nobody add a version that is not joined from the others', async () => {
    const forged = inContext(server.deps, { ...systemContext('431122'), role: 'rt_office' }, (tx) =>
      tx.rows(
        `insert into lx.pack_version (hash, pack, version, title, body, recorded_at)
         values (decode(repeat('ab', 32), 'hex'), 'cn-statute', '9.9.9', 'x', '{}', now())`,
        [],
      ),
    );
    await expect(forged).rejects.toThrow(/row-level security/);
  });
});

describe('an asset whose disposal is being decided', () => {
  it('cannot be changed or struck off until the matter has ended, and then it can [FC-29]', async () => {
    const entered = await director.send('POST', '/api/registers/collective-assets/records', {
      division: village,
      on: '2026-03-01',
      fields: { village: '本村', name: '旧仓库', kind: 'building', worth: 120_000 },
    });
    expect(entered.status).toBe(201);
    const { id: asset } = (await entered.json()) as { id: string };
    const change = () =>
      director.send('POST', `/api/records/${asset}/changes`, {
        on: '2026-03-02',
        reason: '折价',
        fields: { worth: 1 },
      });
    const end = () => director.send('POST', `/api/records/${asset}/end`, { on: '2026-03-02', reason: '拆除' });
    const opened = await open('request-report', 'asset-disposal', { ...lease, asset });
    expect(opened.status).toBe(201);
    const { id, version } = (await opened.json()) as Opened;
    for (const attempt of [change, end]) {
      const answer = await attempt();
      expect(answer.status).toBe(422);
      const { faults } = (await answer.json()) as { faults: { code: string }[] };
      expect(faults.map((one) => one.code)).toEqual(['record-locked']);
    }
    const leader = await signIn(server, 'nanqiao-leader', 'lianxin-demo-2026');
    const refused = await leader.send('POST', `/api/matters/${id}/acts`, {
      act: 'refuse',
      baseVersion: version,
      fields: { 'refusal-reasons': '资产有争议' },
    });
    expect(refused.status).toBe(200);
    expect((await change()).status).toBe(201);
  });
});

describe('a major matter opened as an ordinary one', () => {
  it('is refused, and told which procedure it must go by [NQ-47]', async () => {
    const answer = await director.send('POST', '/api/matters', {
      division: village,
      procedure: 'village-affair',
      fields: { subject: '东洼十亩地出租', category: 'collective-land', proposal: '出租三年' },
    });
    expect(answer.status).toBe(422);
    const { faults } = (await answer.json()) as { faults: { code: string; params: Record<string, unknown> }[] };
    expect(faults[0]).toMatchObject({ code: 'other-procedure-required', params: { id: 'four-deliberations' } });
  });
});
