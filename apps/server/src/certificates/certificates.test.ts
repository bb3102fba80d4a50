import {
  checkCertificate,
  cosign,
  filesInPdf,
  formatNoteKey,
  formatSignature,
  noteKey,
  parseCertificateFile,
  parseNote,
  parseNoteKey,
  parsePolicy,
} from '@lianxin/domain';
import {
  addTeaAccounts,
  addTeaCounty,
  addTeaDecisions,
  decideInTea,
  teaCounty,
  teaPeople,
  testServer,
  type TeaDecision,
  type TestServer,
} from '@lianxin/testkit/database';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOutDue } from '../effects/worker.js';
import { checkLog, policyFile, sha256, takeCosignature, verifyEd25519 } from '../log/index.js';
import { signingKeyOf } from '../log/signing-key.js';
import { certificatesFeature, issueCertificate } from './index.js';

const { county, divisions } = teaCounty;

describe('certificates of decisions', () => {
  let server: TestServer;
  let decided: TeaDecision;
  const get = async (target: string) => server.request(target);
  const fileOf = async (id: string | null): Promise<string> => (await get(`/certificates/${county}/${id}.json`)).text();
  const keyOf = async () => {
    const key = parseNoteKey(sha256, await (await get(`/log/${county}/2026/key`)).text());
    if (key === null) throw new Error('no key');
    return key;
  };
  const count = async (sql: string): Promise<number> =>
    Number((await server.database.owner.query<{ count: string }>(sql)).rows[0]?.count);

  beforeAll(async () => {
    server = await testServer({ now: '2026-03-02T01:00:00.000Z' });
    await addTeaCounty(server.database.owner);
    await addTeaAccounts(server.database.owner, [teaPeople.upperClerk, teaPeople.lowerClerk]);
    await addTeaDecisions(server.database.owner);
    decided = await decideInTea(server, '修村口的桥');
  });
  afterAll(async () => server.close());

  it('issues one for a decision that ended, made of its leaves, and everything in it can be computed again', async () => {
    const text = await fileOf(decided.certificate);
    const outcome = await checkCertificate(text, { sha256, verify: verifyEd25519, key: await keyOf() });
    if (!outcome.holds) throw new Error(outcome.difference);
    expect(outcome.checks).toEqual({ steps: 6, votes: 1, publications: 2, leaves: 7 });
    expect(outcome.certificate).toMatchObject({
      matter: { id: decided.matter, kind: 'tea-decision', title: '修村口的桥' },
      place: { division: divisions.upper, names: ['茶县', '北茶镇', '上茶村'] },
      rule: { pack: 'tea-decisions', version: '1.0.0', procedure: 'tea-decision' },
      result: { id: 'carried-out', title: '已实施并公开' },
      publications: [
        { title: '决议', days: 15, asked: 15 },
        { title: '实施结果', days: 15, asked: 15 },
      ],
    });
    expect(outcome.certificate.steps.find((step) => step.act === 'pass')?.counts).toEqual({
      entitled: 30,
      households: 30,
      present: 21,
      for: 12,
      against: 9,
    });
    expect(text).not.toContain(teaPeople.upperClerk.person);
    expect(text).not.toContain(teaPeople.upperClerk.name);
    expect(await checkLog(server.deps, county)).toMatchObject({ findings: [] });
  });

  it('issues it once, however often the effect is carried out', async () => {
    expect(await count('select count(*) from lx.certificate')).toBe(1);
    expect(await issueCertificate(server.deps, county, decided.matter)).toBe(decided.certificate);
    expect(await count("select count(*) from lx.outbox where effect = 'issue-certificate'")).toBe(1);
    expect(await carryOutDue(server.deps, certificatesFeature.effects ?? [])).toBe(1);
    expect(await carryOutDue(server.deps, certificatesFeature.effects ?? [])).toBe(0);
    expect(await count('select count(*) from lx.certificate')).toBe(1);
    expect(await count("select count(*) from lx.journal_entry where kind = 'certificate'")).toBe(1);
  });

  it('certifies a lost vote as lost, and gives nothing for a matter that is open, no decision, or not there', async () => {
    const lost = await decideInTea(server, '换掉旧茶壶', { present: 21, approve: 10, against: 11 });
    expect(parseCertificateFile(await fileOf(lost.certificate))?.certificate).toMatchObject({
      result: { id: 'rejected', title: '未通过' },
      publications: [],
    });
    expect(await issueCertificate(server.deps, county, '00000000-0000-7000-8000-000000000000')).toBeNull();
    expect((await get(`/certificates/${county}/00000000-0000-7000-8000-000000000000.json`)).status).toBe(404);
    expect((await get(`/certificates/${county}/nonsense.json`)).status).toBe(404);
    expect((await get(`/certificates/999902/${decided.certificate}.json`)).status).toBe(404);
  });

  it('leaves a title with personal data out, and keeps a commitment to it', async () => {
    const named = await decideInTea(server, '低保公示 11010519491231002X');
    const file = parseCertificateFile(await fileOf(named.certificate));
    expect(file?.certificate.matter).not.toHaveProperty('title');
    expect(file?.certificate.subject).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(JSON.stringify(file)).not.toContain('11010519491231002X');
  });

  it('shows it to everybody on a page that computes it again and says in one line what was checked, in both languages', async () => {
    const page = await (await get(`/certificates/${county}/${decided.certificate}`)).text();
    expect(page).toContain('已重新核算：6 个环节');
    expect(page).toContain('应到 30，实到 21，赞成 12，反对 9');
    expect(page).toContain('赞成须达到会人员的过半数（《上茶村议事规则》第三十条）');
    expect(page).toContain('满 15 日（规定 15 日）');
    expect(page).toContain('异议 0 件 · 《上茶村议事规则》第三十二条');
    expect(page).not.toContain('TEA-3');
    expect(page).toContain(`/verify#3.${county}.${decided.certificate}`);
    expect(page).not.toContain(teaPeople.upperClerk.name);
    const english = await (await get(`/certificates/${county}/${decided.certificate}?lang=en`)).text();
    expect(english).toContain('Computed again');
    const list = await (await get(`/v/${divisions.upper}/certificates`)).text();
    expect(list).toContain('修村口的桥');
    const empty = await (await get(`/v/${divisions.lower}/certificates`)).text();
    expect(empty).toContain('还没有决议证书');
    const unknown = await get(`/certificates/${county}/00000000-0000-7000-8000-000000000000`);
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain('没有这份证书');
  });

  it('carries the file inside its print, which is the same bytes each time', { timeout: 60_000 }, async () => {
    const one = new Uint8Array(await (await get(`/certificates/${county}/${decided.certificate}.pdf`)).arrayBuffer());
    const again = new Uint8Array(await (await get(`/certificates/${county}/${decided.certificate}.pdf`)).arrayBuffer());
    expect(Buffer.from(one).equals(Buffer.from(again))).toBe(true);
    const files = filesInPdf(one).map(({ bytes }) => new Uint8Array(inflateSync(bytes)));
    expect(files.map((bytes) => Buffer.from(bytes).toString('utf8'))).toContain(await fileOf(decided.certificate));
  });

  it('becomes 见证 when witnesses cosign, without being issued anew', async () => {
    const witness = signingKeyOf(new Uint8Array(32).fill(7));
    const key = noteKey(sha256, 'witness.tea.example/w', witness.publicKey, 'witness');
    const policy = `witness w ${formatNoteKey(key, 'witness')}\nquorum w\n`;
    const file = policyFile(server.deps.config.data, county);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, policy);
    const checkpoint = await (await get(`/log/${county}/2026/checkpoint`)).text();
    const body = parseNote(checkpoint)?.text ?? '';
    const line = formatSignature(cosign(body, key, 1_780_000_000, witness.sign));
    expect(await takeCosignature(server.deps, county, 2026, `${body}\n${line}`)).toBe('w');
    const trust = {
      sha256,
      verify: verifyEd25519,
      key: await keyOf(),
      policy: parsePolicy(sha256, policy) ?? undefined,
    };
    const outcome = await checkCertificate(await fileOf(decided.certificate), trust);
    expect(outcome).toMatchObject({ holds: true, outcome: { witnessed: true } });
    expect(await (await get(`/certificates/${county}/${decided.certificate}`)).text()).toContain('核算相符');
  });

  it('shows on its page that it does not agree when somebody changed the row', async () => {
    await server.database.owner.query(
      `update lx.certificate set body = replace(body, '"present":21', '"present":22') where id = $1`,
      [decided.certificate],
    );
    const page = await (await get(`/certificates/${county}/${decided.certificate}`)).text();
    expect(page).toContain('核算不相符');
    expect(await checkLog(server.deps, county)).toMatchObject({
      findings: [{ table: 'certificate', row: decided.certificate, what: 'certificate-changed' }],
    });
  });
});
