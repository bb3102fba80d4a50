import { teaCounty } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetDirectory } from './directory.js';
import { teaServer, type TeaServer } from './test-pack/tea-server.js';

let tea: TeaServer;

beforeAll(async () => {
  tea = await teaServer([]);
});
afterAll(() => tea.server.close());

describe('many residents at once', () => {
  it('takes more requests at a time than the server has connections, also when nothing is known of the county yet', async () => {
    forgetDirectory(tea.server.deps.pool);
    const { formToken } = await tea.form();
    const { upper, lower, far } = teaCounty.divisions;
    const sent = await Promise.all(
      Array.from({ length: 120 }, (_, at) =>
        tea.send({
          formToken,
          division: [upper, lower, far][at % 3],
          kind: at % 10 === 0 ? 'complaint' : 'need',
          fields: { wanted: `第${at}件` },
        }),
      ),
    );
    expect(new Set(sent.map((one) => one.status))).toEqual(new Set([201]));
    expect(await tea.count('select count(*) from lx.matter')).toBe(120);
    expect(await tea.count('select sum(opened) from lx.matter_count')).toBe(108);
    expect(await tea.count('select count(distinct receipt_hash) from lx.matter')).toBe(120);
    expect(await tea.count('select count(distinct number) from lx.matter')).toBe(120);
  });

  it('counts every one of a crowd in one village, whose counts they share, without a deadlock', async () => {
    const { formToken } = await tea.form();
    const { upper } = teaCounty.divisions;
    const before = await tea.count('select sum(opened) from lx.matter_count');
    const deadlocks = 'select deadlocks as count from pg_stat_database where datname = current_database()';
    const already = await tea.count(deadlocks);
    const sent = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        tea.send({ formToken, division: upper, kind: 'need', fields: { wanted: `一村第${at}件` } }),
      ),
    );
    expect(new Set(sent.map((one) => one.status))).toEqual(new Set([201]));
    expect(await tea.count('select sum(opened) from lx.matter_count')).toBe(before + 200);
    expect(await tea.count(deadlocks)).toBe(already);
  });
});
