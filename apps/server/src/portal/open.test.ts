import { scopeOf, type FieldValues } from '@lianxin/domain';
import { signIn, testServer, type SignedInClient, type TestServer } from '@lianxin/testkit/database';
import { readPdf } from '@lianxin/testkit/pdf';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actWithin } from '../matters/index.js';
import { seedDemonstration } from '../people/index.js';
import { checkout } from '../installation.js';
import { seedPacks } from '../policy-packs/index.js';
import { inContext } from '../storage/index.js';

const town = '431122112000';
const village = '431122112200';
const otherTown = '430321100000';
const otherVillage = '430321100236';
let server: TestServer;
let leader: SignedInClient;
let password = '';

beforeAll(async () => {
  server = await testServer({ now: '2026-06-01T01:00:00.000Z' });
  const owner = await server.database.owner.connect();
  try {
    const packs = path.join(checkout, 'policy-packs');
    ({ password } = await seedDemonstration({ ...server.deps, owner, packs }));
    await seedPacks(server.deps, owner);
  } finally {
    owner.release();
  }
  leader = await client('nanqiao-leader');
}, 180_000);
afterAll(() => server.close());

const clients = new Map<string, Promise<SignedInClient>>();
const client = (username: string): Promise<SignedInClient> => {
  const known = clients.get(username) ?? signIn(server, username, password);
  clients.set(username, known);
  return known;
};
const page = async (path: string): Promise<string> => (await server.request(path)).text();
const faultsOf = async (answer: Response): Promise<string[]> =>
  ((await answer.json()) as { faults: { code: string }[] }).faults.map((each) => each.code);

describe('政策文件', () => {
  const plan = {
    title: '135工作模式实施方案',
    'index-number': '4300000001/2016-00069',
    issuer: '东安县南桥镇',
    'document-number': '南发[2015]15号',
    version: 1,
    basis: '东发〔2015〕2号',
    text: '一核心、三会、五项制度。',
    'published-on': '2026-06-01',
  };
  const enter = (fields: object, division = town, who = leader) =>
    who.send('POST', '/api/registers/policy-documents/records', { division, on: '2026-06-01', fields });
  const count = async (): Promise<number> =>
    (await server.database.owner.query<{ n: number }>('select count(*)::int as n from lx.record')).rows[0]?.n ?? -1;

  it('a plan whose header has no date is published with 未填 and the signed date beside it [NQ-82]', async () => {
    const answer = await enter({ ...plan, 'signed-on': '2015-05-24' });
    expect(answer.status).toBe(201);
    const { id } = (await answer.json()) as { id: string };
    expect(await page(`/v/${village}/documents`)).toContain(plan.title);
    const shown = await page(`/v/${village}/open/policy-documents/${id}`);
    expect(shown).toMatch(/发文日期<\/dt><dd>未填/u);
    expect(shown).toMatch(/落款日期<\/dt><dd>2015年5月24日/u);
    for (const text of [plan['index-number'], plan.issuer, plan['document-number'], plan.basis])
      expect(shown).toContain(text);
  });

  it('a plan without a date is refused until one is given, and then shows title, author and date and prints without the menu [YS-06]', async () => {
    const other = await client('yisuhe-leader');
    const fields = {
      title: '连心惠民工程实施方案',
      issuer: '易俗河镇人民政府',
      version: 1,
      text: '正文',
      'published-on': '2026-06-01',
    };
    const before = await count();
    const refused = await enter(fields, otherTown, other);
    expect([refused.status, await faultsOf(refused), await count()]).toEqual([422, ['record-guard-failed'], before]);
    const answer = await enter({ ...fields, 'issued-on': '2016-05-01' }, otherTown, other);
    const { id } = (await answer.json()) as { id: string };
    const shown = await page(`/v/${otherVillage}/open/policy-documents/${id}`);
    for (const text of [fields.title, fields.issuer, '2016年5月1日']) expect(shown).toContain(text);
    expect(shown).toMatch(/<nav[^>]*screen-only|screen-only[^>]*><nav/u);
    expect(await page(`/v/${village}/documents`)).not.toContain(fields.title);
  });

  it('is kept by the town alone: a village, a resident and another town are refused, and nothing changes', async () => {
    const before = await count();
    const given = { ...plan, title: '假文件', 'signed-on': '2026-01-01' };
    for (const [username, status] of [
      ['nanqiao-v03-director', 404],
      ['nanqiao-v01-resident', 404],
      ['yisuhe-leader', 404],
      ['nanqiao-finance', 403],
    ] as const)
      expect([username, (await enter(given, town, await client(username))).status]).toEqual([username, status]);
    expect(await count()).toBe(before);
  });

  it('what was not published yet, and what stands in a register about households, is no visitor’s to read', async () => {
    const answer = await enter({
      ...plan,
      title: '没有公布的文件',
      'signed-on': '2026-01-01',
      'published-on': undefined,
    });
    const { id } = (await answer.json()) as { id: string };
    expect((await server.request(`/v/${village}/open/policy-documents/${id}`)).status).toBe(404);
    expect(await page(`/v/${village}/documents`)).not.toContain('没有公布的文件');
    expect((await server.request(`/v/${village}/open/booklet-deliveries`)).status).toBe(404);
  });

  it('lists the six documents the plan cites with 原文缺失, and the rules that rest on each [YS-05]', async () => {
    const shown = await page(`/v/${otherVillage}/documents`);
    expect(shown).toContain('潭县发〔2016〕1号');
    expect(shown.match(/原文缺失/gu)).toHaveLength(6 + 1); // six documents, and the sentence above the list
    expect(shown).toMatch(/阳光村务管理实施办法.*?依据它的规则 1 项.*?阳光村务公开目录/su);
  });
});

/** Plays acts of the village committee, where a vote counts thirty representatives and nine hundred villagers. */
const actor = async (username: string) => {
  const { rows } = await server.database.owner.query<{
    person: string;
    post: string;
    body: string;
    division: string;
    kind: string;
    level: string;
    appointment: string;
  }>(
    `select a.person, a.post, a.body, a.division, b.kind, p.level, a.id as appointment from lx.account c
     join lx.appointment a on a.person = c.person join lx.body b on b.id = a.body join lx.post p on p.id = a.post
     where c.username = $1 order by b.kind = 'villagers-committee' desc, a.id limit 1`,
    [username],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`nobody is ${username}`);
  const office = {
    ...row,
    postTitle: '',
    bodyName: '',
    bodyKind: row.kind,
    divisionName: '',
    capabilities: [],
    before: [],
    standsFor: [],
  };
  const context = { role: 'rt_office' as const, county: '431122', uid: row.person, ...scopeOf(row.division), caps: [] };
  return {
    key: `person:${row.person}`,
    context,
    office,
    session: {
      account: '',
      username,
      county: '431122',
      person: row.person,
      name: '',
      division: row.division,
      offices: [office],
      capabilities: [],
      expiresAt: '',
    },
  };
};

const playing = async (username: string) => {
  const who = await actor(username);
  return (matter: string, act: string, stage: string, fields: FieldValues = {}) =>
    inContext(server.deps, who.context, (tx) =>
      actWithin(server.deps, tx, who, {
        matter,
        act,
        stage,
        fields,
        commandId: server.deps.newId(),
        roll: (body) =>
          body === 'representative-assembly'
            ? { entitled: 30, groups: { 'villager-representative': 30, women: 12 } }
            : { entitled: 900, households: 300 },
      }),
    );
};

const openMatter = async (procedure: string, kind: string, fields: object): Promise<string> => {
  const director = await client('nanqiao-v03-director');
  const { office } = await actor('nanqiao-v03-director');
  const answer = await director.send(
    'POST',
    '/api/matters',
    { division: village, procedure, kind, fields },
    { 'lianxin-office': office.appointment },
  );
  if (answer.status !== 201) throw new Error(await answer.text());
  return ((await answer.json()) as { id: string }).id;
};

describe('过程公开', () => {
  it('shows the records of the steps that were taken, and the result only after the sixth [FC-17]', async () => {
    const act = await playing('nanqiao-v03-director');
    const done = async (...given: Parameters<typeof act>) => {
      const answer = await act(...given);
      if (!answer.ok) throw new Error(JSON.stringify(answer.faults));
    };
    const matter = await openMatter('six-mechanisms', 'residents-interest', {
      subject: '村口垃圾站选址',
      proposal: '迁到东头',
    });
    const address = `/v/${village}/progress/${matter}`;
    await done(matter, 'summarise', 'solicit', { summary: '多数同意迁移', asked: 120 });
    await done(matter, 'authorise', 'decide', { 'authorised-on': '2026-03-15', authorisation: '环境事项的授权' });
    await done(matter, 'convene', 'decide', { 'meeting-on': '2026-06-20' });
    server.clock.advance({ days: 20 });
    await done(matter, 'pass', 'decide', { present: 25, approve: 20, against: 5 });
    await done(matter, 'assign-tasks', 'assign', { tasks: ['清场，东头组，七月底'] });
    const atFour = await page(address);
    for (const text of ['多数同意迁移', '到会25人，赞成20票，反对5票', '清场，东头组，七月底'])
      expect(atFour).toContain(text);
    expect(atFour).toMatch(/4\. 公开承诺<\/strong> <span class="muted">正在办/u);
    expect(atFour).toContain('还没有办结');
    await done(matter, 'promise', 'promise', { promises: ['八月完工'], 'promised-at': '村公示栏' });
    await done(matter, 'finish', 'implement', { outcome: '已经搬完' });
    expect(await page(address)).not.toContain('<strong>已考评');
    await done(matter, 'appraise', 'appraise', { appraisal: '满意，有事打13800000000' });
    const ended = await page(address);
    expect(ended).toContain('<strong>已考评');
    expect(ended).not.toContain('13800000000');
    expect(await page(`/v/${village}/progress`)).toContain('村口垃圾站选址');
  });

  it('a charter stands on the portal as version 1 with day and votes only after the assembly adopted it [FC-11]', async () => {
    const director = await playing('nanqiao-v03-director');
    const justice = await playing('nanqiao-justice');
    const kept = { subject: '村规民约', draft: '草案' };
    const matter = await openMatter('village-rules', 'charter-adoption', kept);
    const must = async (answer: Awaited<ReturnType<typeof director>>) => {
      if (!answer.ok) throw new Error(JSON.stringify(answer.faults));
    };
    await must(await director(matter, 'revise', 'comment', { text: '第一条 红白事从简。', clauses: ['红白事从简'] }));
    await must(
      await justice(matter, 'find-lawful', 'review', {
        'clause-opinions': ['合法'],
        'no-fines': true,
        'no-loss-of-benefits': true,
        'no-limits-on-person': true,
      }),
    );
    const early = await director(matter, 'file', 'file', { 'filed-on': '2026-06-25' });
    expect(early.ok ? [] : early.faults.map(({ code }) => code)).toEqual(['act-comes-later']);
    expect(await page(`/v/${village}/texts`)).toContain('还没有施行的文本');
    await must(await director(matter, 'convene', 'adopt', { 'meeting-on': '2026-07-03' }));
    server.clock.advance({ days: 12 });
    await must(
      await director(matter, 'pass', 'adopt', {
        items: ['村规民约'],
        present: 500,
        approve: 431,
        against: 60,
        abstain: 9,
      }),
    );
    await must(await director(matter, 'file', 'file', { 'filed-on': '2026-07-04' }));
    expect(await page(`/v/${village}/texts`)).not.toContain('红白事从简');
    await must(await director(matter, 'post', 'publish', { channels: ['wall'] }));
    server.clock.advance({ days: 16 });
    await must(await director(matter, 'finish-posting', 'publish'));
    const shown = await page(`/v/${village}/texts`);
    expect(shown).toContain('第 1 版');
    expect(shown).toContain('到会500人，赞成431票，反对60票，弃权9票');
    expect(shown).toContain('红白事从简');
  });
});

describe('一本通', () => {
  it('is a page and a print of ten chapters, the empty ones marked, with its version [DY-65]', async () => {
    const shown = await page(`/v/${village}/service-booklet`);
    expect(shown.match(/id="chapter-\d+"/gu)).toHaveLength(10);
    expect(shown).toMatch(/综治<\/h2>.*?这一类还没有事项/su);
    expect(shown).toContain('2026年1月1日 版');
    const print = await server.request(`/v/${village}/service-booklet.pdf`);
    expect(print.status).toBe(200);
    const text = readPdf(new Uint8Array(await print.arrayBuffer()))
      .map((each) => each.text)
      .join('\n');
    for (const area of ['农技', '农机', '农资', '户籍', '建房', '水电', '综治', '法治', '党群', '计生'])
      expect(text).toContain(area);
  });

  it('and everything else open to everybody has its address on one page', async () => {
    const shown = await page(`/v/${village}/open`);
    for (const link of ['documents', 'texts', 'progress', 'service-booklet'])
      expect(shown).toContain(`/v/${village}/${link}`);
    expect(shown).toContain('要村里报的表格清单');
    // Accounts are public through the check and the board, never past them.
    expect((await server.request(`/v/${village}/open/village-accounts`)).status).toBe(404);
  });
});
