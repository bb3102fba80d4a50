import type { DisclosureDesk } from '@lianxin/contract';
import {
  addTeaAccounts,
  addTeaCounty,
  signIn,
  sumOfTables,
  teaCounty,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import { afterAll, beforeAll } from 'vitest';
import { addTeaBoards, supervisor } from './tea-boards.js';

const { upper } = teaCounty.divisions;

/** The id of what was made; fails with the refusal where nothing was. */
export const idOf = async (answer: Response): Promise<string> => {
  if (answer.status !== 201) throw new Error(await answer.text());
  return ((await answer.json()) as { id: string }).id;
};

/** What the upper village's committee publishes of its accounts, and where: three vouchers stand in the ledger. */
export const teaDesk = (now = '2026-03-20T01:00:00.000Z') => {
  let server: TestServer;
  let clerk: SignedInClient;
  let watcher: SignedInClient;

  const desk = async (who = clerk, division: string = upper): Promise<DisclosureDesk> => {
    const answer = await who.get(`/api/disclosures/desk?division=${division}`);
    if (answer.status !== 200) throw new Error(await answer.text());
    return (await answer.json()) as DisclosureDesk;
  };
  const versionOf = async (id: string): Promise<number> =>
    (await desk()).drafts.find((one) => one.id === id)?.version ?? 0;
  /** Enters a voucher into the ledger. */
  const pay = async (voucher: string, amount: number, payee: string, date = '2026-02-10', way = 'out') =>
    idOf(
      await clerk.send('POST', '/api/registers/tea-accounts/records', {
        division: upper,
        on: '2026-03-01',
        fields: { date, voucher, way, sort: 'tea', about: `买茶${voucher}`, amount, payee },
      }),
    );
  const draft = (input: object = {}, who = clerk) =>
    who.send('POST', '/api/disclosures/drafts', { division: upper, item: 'tea-money', from: '2026-01-01', ...input });
  const words = async (id: string, paragraphs: string[], submit: boolean, title = '上茶村茶资收支公布') =>
    clerk.send('POST', `/api/disclosures/drafts/${id}/text`, {
      version: await versionOf(id),
      title,
      paragraphs,
      submit,
    });
  const check = async (id: string, agrees: boolean, note = '', who = watcher) =>
    who.send('POST', `/api/disclosures/drafts/${id}/check`, { version: await versionOf(id), agrees, note });
  const publish = async (id: string, who = clerk) =>
    who.send('POST', `/api/disclosures/drafts/${id}/publish`, { version: await versionOf(id) });
  /** From the ledger to the board, as everybody does it; further paragraphs stand below those that were cut. Gives the disclosure's id. */
  const carry = async (input: object = {}, more: readonly string[] = []): Promise<string> => {
    const id = await idOf(await draft(input));
    const { content, title } = (await desk()).drafts.find((one) => one.id === id) ?? {
      content: { paragraphs: [] },
      title: '',
    };
    await idOf(await words(id, [...content.paragraphs, ...more], true, title));
    await idOf(await check(id, true));
    return idOf(await publish(id));
  };

  beforeAll(async () => {
    server = await testServer({ now });
    await addTeaCounty(server.database.owner);
    await addTeaAccounts(server.database.owner);
    await addTeaBoards(server.database.owner, teaCounty.county, upper);
    clerk = await signIn(server, 'upper.clerk');
    watcher = await signIn(server, supervisor.username);
    await pay('2026-001', 100, '茶叶合作社');
    await pay('2026-002', 28.5, '王小明');
    await pay('2026-004', 300, '', '2026-01-05', 'in');
  });
  afterAll(async () => server.close());

  return {
    server: () => server,
    clerk: () => clerk,
    watcher: () => watcher,
    desk,
    pay,
    draft,
    words,
    check,
    publish,
    carry,
    query: async <R extends object>(sql: string): Promise<R[]> => (await server.database.owner.query(sql)).rows as R[],
    /** Everything that a refusal must leave as it was. */
    standing: async (): Promise<string> =>
      sumOfTables(server.database.owner, [
        'disclosure',
        'disclosure_draft',
        'disclosure_check',
        'disclosure_version',
        'disclosure_posting',
        'disclosure_question',
        'inbox_item',
        'journal_entry',
      ]),
  };
};
