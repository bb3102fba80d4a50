import type { Certificate } from '@lianxin/domain';
import type { DisclosureOverview, InboxPage, PostingRow, Today } from '@lianxin/contract';
import { addTeaAccounts, codesOf, signIn, teaCounty, teaPeople, type SignedInClient } from '@lianxin/testkit/database';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { issueCertificate } from '../certificates/index.js';
import { newForm, sweepDeadlines } from '../matters/index.js';
import { checkout } from '../installation.js';
import { came, meetingVillage, ok } from './test-pack/meeting-village.js';

const { upper, lower, north, south } = teaCounty.divisions;
const { county } = teaCounty;
const { server, clerk, teller, neighbour, resident, propose, call, read, post, at, unchanged } = await meetingVillage();
await addTeaAccounts(server.database.owner, [teaPeople.northOfficer, teaPeople.southOfficer, teaPeople.countyOfficer]);
const [town, nextTown, countyOfficer] = (await Promise.all(
  ['north.officer', 'south.officer', 'county.officer'].map((username) => signIn(server, username)),
)) as [SignedInClient, SignedInClient, SignedInClient];
afterAll(() => server.close());

describe('the certificate of a decision', () => {
  it(
    'follows from the meeting: called, roll, votes, minutes, an unpublished result on the lists of village, town and county, posting, a resident’s objection on its page, result; one altered byte is found [NQ-54]',
    { timeout: 60_000 },
    async () => {
      at('2026-08-01T01:00:00.000Z');
      const matter = await propose('修茶亭');
      const id = await call([matter], { title: '八月代表会', meetsAt: '2026-08-05T01:00:00.000Z' });
      const page = `/v/${upper}/decisions/${matter}`;
      const say = (kind: string, text: string, to = page) => {
        const { formToken, commandId } = newForm(server.deps);
        const form = new FormData();
        for (const [name, value] of Object.entries({ kind, text, 'form-token': formToken })) form.set(name, value);
        form.set('command', commandId);
        return server.request(to, { method: 'POST', body: form });
      };
      expect(await (await server.request(page)).text()).toContain('下一次会议：八月代表会');
      expect(await (await say('sign-up', '')).text()).toContain('已报名');
      at('2026-08-05T02:00:00.000Z');
      await ok(await post(id, 'begin'));
      await ok(await post(id, 'attendance', came(0, 9)));
      const [item] = (await read(id)).items;
      await ok(await post(id, `items/${item?.id}/open`, { form: 'paper' }));
      const slips = { issued: 9, returned: 9, approve: 6, against: 2, abstain: 0, spoiled: 1 };
      await ok(await post(id, `items/${item?.id}/counts`, slips));
      await ok(await post(id, `items/${item?.id}/counts`, slips, teller));
      await ok(await post(id, `items/${item?.id}/close`, { groups: { women: 4 } }));
      await ok(await post(id, 'minutes', { text: '都说茶亭该修。' }));
      await ok(await post(id, 'end'));
      const act = async (name: string, fields: object = {}): Promise<void> => {
        const { version } = await ok<{ version: number }>(await clerk.get(`/api/matters/${matter}`));
        await ok(
          await clerk.send('POST', `/api/matters/${matter}/acts`, {
            act: name,
            stage: 'publish',
            fields,
            baseVersion: version,
          }),
        );
      };
      at('2026-08-06T01:00:00.000Z');
      /** The lists of results owed: of the village's own page, of its town and of the county; a neighbouring town's has nothing. */
      const unpublished = async (): Promise<readonly boolean[]> =>
        Promise.all(
          (
            [
              [clerk, `desk?division=${upper}`],
              [town, `overview?division=${north}`],
              [countyOfficer, `overview?division=${teaCounty.divisions.county}`],
              [nextTown, `overview?division=${south}`],
            ] as const
          ).map(async ([who, list]) => {
            const rows = (await ok<DisclosureOverview>(await who.get(`/api/disclosures/${list}`))).unpublished;
            return rows.some((one) => one.subject === '修茶亭' && one.divisionName === '上茶村');
          }),
        );
      const closing = { act: 'finish-posting', stage: 'publish', fields: {} };
      const { version: opened } = await ok<{ version: number }>(await clerk.get(`/api/matters/${matter}`));
      expect(
        await codesOf(await clerk.send('POST', `/api/matters/${matter}/acts`, { ...closing, baseVersion: opened })),
      ).toEqual(['notice-not-posted']);
      expect(await unpublished()).toEqual([true, true, true, false]);
      await act('post', { channels: ['wall'] });
      expect(await unpublished()).toEqual([false, false, false, false]);
      const board = await (await server.request(`/v/${upper}`)).text();
      expect(board).toContain('公示到 2026年8月11日，还有 5 天 · 2026年8月11日 以前（含当天）可以提异议');
      expect(board).toContain(`href="${page}#objection"`);
      const object = (text: string, to = page) => say('objection', text, to);
      await unchanged(async () => {
        expect((await object(' ')).status).toBe(422);
        expect(await (await object('打13800138000')).text()).toContain('personal-data-found');
        expect((await object('不对', page.replace(upper, lower))).status).toBe(404);
      });
      expect(await (await object('为什么不先修路？')).text()).toContain('异议：为什么不先修路？');
      const waiting = async () =>
        (await ok<InboxPage>(await clerk.get('/api/inbox'))).items
          .filter((one) => one.matter === matter && one.kind === 'objection')
          .map(({ what, due }) => [what, due]);
      expect(await waiting()).toEqual([['群众提出异议 1 件，请答复', '2026-08-11']]);
      const postings = await ok<{ postings: PostingRow[] }>(await clerk.get(`/api/postings?division=${upper}`));
      expect(postings.postings).toMatchObject([
        { matter, subject: '修茶亭', until: '2026-08-11', objectUntil: '2026-08-11', waiting: 1 },
      ]);
      for (const stranger of [neighbour, resident])
        expect(await codesOf(await stranger.get(`/api/postings?division=${upper}`))).toEqual(['not-found']);
      expect((await server.request(`/api/postings?division=${upper}`)).status).toBe(401);
      at('2026-08-10T01:00:00.000Z');
      const { version } = await ok<{ version: number }>(await clerk.get(`/api/matters/${matter}`));
      const early = { act: 'finish-posting', stage: 'publish', fields: {}, baseVersion: version };
      expect(await codesOf(await clerk.send('POST', `/api/matters/${matter}/acts`, early))).toEqual([
        'publication-too-short',
        'objection-unanswered',
      ]);
      await act('answer-objection', { answer: '路已经列入明年计划。' });
      expect(await waiting()).toEqual([]);
      expect(await (await server.request(page)).text()).toContain('答复：路已经列入明年计划。');
      // Five full days after the sixth: the eleventh is the last of them, and on the twelfth the committee may go on.
      const over = async () => {
        await sweepDeadlines(server.deps, county);
        const today = await ok<Today>(await clerk.get('/api/today'));
        return today.fresh.filter((one) => one.kind === 'posting-over').map(({ what, due }) => [what, due]);
      };
      at('2026-08-11T01:00:00.000Z');
      expect(await over()).toEqual([]);
      at('2026-08-12T01:00:00.000Z');
      expect(await over()).toEqual([['决议的公示天数已满，现在可以办“公示期满”', null]]);
      expect(await over()).toHaveLength(1);
      at('2026-08-13T01:00:00.000Z');
      await unchanged(async () => {
        expect(await (await object('晚了')).text()).toContain('objection-window-closed');
      });
      expect(await issueCertificate(server.deps, county, matter)).toBeNull();
      await act('finish-posting');
      expect(await over()).toEqual([]);
      // Nobody can sit in any more once the matter has ended: the page says so, and a form kept from before is refused.
      expect(await (await server.request(page)).text()).toContain('没有要开的会了');
      expect(await (await server.request(page)).text()).not.toContain('我要去听');
      await unchanged(async () => {
        const late = await say('sign-up', '');
        expect([late.status, (await late.text()).includes('no-meeting-ahead')]).toEqual([422, true]);
      });
      const certificate = await issueCertificate(server.deps, county, matter);
      const file = await (await server.request(`/certificates/${county}/${certificate}.json`)).text();
      const key = await (await server.request(`/log/${county}/2026/key`)).text();
      const { certificate: said } = JSON.parse(file) as { certificate: Certificate };
      expect(said.steps.map((step) => step.act)).toEqual(['convene', 'pass', 'post', 'finish-posting']);
      expect(said.steps[1]?.counts).toMatchObject({ entitled: 12, present: 9, for: 6, against: 2 });
      expect(said.publications).toMatchObject([{ posted: '2026-08-06', ended: '2026-08-13', asked: 5, objections: 1 }]);
      expect(file).not.toContain('代表1');
      const folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-meeting-'));
      const verify = (text: string): number | null => {
        writeFileSync(path.join(folder, 'certificate.json'), text);
        const program = path.join(checkout, 'apps/cli/bin/lianxin.mjs');
        return spawnSync(process.execPath, [
          program,
          'verify',
          path.join(folder, 'certificate.json'),
          '--key',
          key.trim(),
        ]).status;
      };
      try {
        expect(verify(file)).toBe(0);
        expect(verify(file.replace('"for":6', '"for":7'))).not.toBe(0);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
