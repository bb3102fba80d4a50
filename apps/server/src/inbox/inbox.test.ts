import type { InboxPage, Opened, Today } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf } from '@lianxin/testkit/database';
import { teaServer, type TeaServer } from '../matters/test-pack/tea-server.js';

let tea: TeaServer;
const opened: Opened[] = [];

beforeAll(async () => {
  tea = await teaServer(['upperClerk', 'lowerClerk', 'northOfficer'], '2026-03-02T01:00:00.000Z');
  for (const day of ['2026-03-02', '2026-03-03', '2026-03-04']) {
    tea.server.clock.set(`${day}T01:00:00.000Z`);
    opened.push(await tea.tell('need', { wanted: `第${day}件` }));
  }
});
afterAll(() => tea.server.close());

const inbox = async (person: 'upperClerk' | 'lowerClerk' | 'northOfficer', query = ''): Promise<InboxPage> =>
  (await (await tea.as(person).get(`/api/inbox${query}`)).json()) as InboxPage;

describe('the inbox', () => {
  it('lists what waits for an office by deadline, a page at a time, and for nobody else', async () => {
    const page = await inbox('upperClerk', '?limit=2');
    expect(page.items.map((item) => item.matter)).toEqual(opened.slice(0, 2).map((one) => one.id));
    expect(page.items.map((item) => item.due)).toEqual(['2026-03-04', '2026-03-05']);
    const rest = await inbox('upperClerk', `?limit=2&after=${page.next ?? ''}`);
    expect(rest.items.map((item) => item.matter)).toEqual([opened[2]?.id]);
    expect(rest.next).toBeNull();
    expect((await inbox('lowerClerk')).items).toEqual([]);
    expect(await codesOf(await tea.server.request('/api/inbox'))).toEqual(['not-signed-in']);
  });

  it('takes an item out when its act is done and puts in what follows', async () => {
    await tea.act('upperClerk', opened[0]?.id ?? '', 'accept');
    const page = await inbox('upperClerk');
    expect(page.items.filter((item) => item.matter === opened[0]?.id).map((item) => item.kind)).toEqual(['act-needed']);
    expect(
      await tea.count(
        `select count(*) from lx.inbox_item where matter = '${opened[0]?.id ?? ''}' and done_at is not null`,
      ),
    ).toBe(1);
  });

  it('keeps quiet while the resident is asked, and says that he has answered', async () => {
    const id = opened[0]?.id ?? '';
    await tea.act('upperClerk', id, 'ask', { papers: ['身份证'] });
    expect((await inbox('upperClerk')).items.filter((item) => item.matter === id)).toEqual([]);
    await tea.byReceipt(opened[0] as Opened, 'answer', { brought: '带来了' }, null);
    expect((await inbox('upperClerk')).items.filter((item) => item.matter === id).map((item) => item.kind)).toEqual([
      'answered',
    ]);
  });

  it('shows today what is overdue, due today and soon, with the figures of the range', async () => {
    tea.server.clock.set('2026-03-06T01:00:00.000Z');
    const today = (await (await tea.as('upperClerk').get('/api/today')).json()) as Today;
    expect(today).toMatchObject({ date: '2026-03-06', workingDay: true, counts: { open: 3, paused: 0, overdue: 1 } });
    expect(today.overdue.map((item) => [item.matter, item.overdueDays])).toEqual([[opened[1]?.id, 1]]);
    expect(today.dueToday.map((item) => item.matter)).toEqual([opened[2]?.id]);
    expect(today.offices.map((office) => office.bodyName)).toEqual(['上茶村村民委员会']);
  });
});
