import { addTeaCounty, teaCounty, testServer, type TestServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuild, features } from '@lianxin/server';
import pg from 'pg';
import { addTeaPack } from '../test-pack/tea-requests.js';
import { readMessages } from './message.js';
import { replayRequests } from './replay-requests.js';

const { divisions } = teaCounty;

const message = (id: number, filed: string, replied: string) =>
  JSON.stringify({
    id,
    user: 'A000',
    title: `第${id}件`,
    filed_at: filed,
    text: '路灯坏了，请修一修。',
    reply: '已经修好。',
    replied_at: replied,
  });

const file = [
  message(1, '2019-04-24T16:03:40+08:00', '2019-05-09T09:40:00+08:00'),
  message(2, '2018-01-02T08:00:00+08:00', '2018-01-03T08:00:00+08:00'),
  message(3, '2020-02-01T00:00:00+08:00', '2020-02-20T10:00:00+08:00'),
].join('\n');

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  await addTeaCounty(server.database.owner);
  await addTeaPack(server.database.owner, teaCounty.county);
  // The offices of the made-up county began in 2020; who enters old records holds an office today.
});
afterAll(() => server.close());

const counts = async () => {
  const { rows } = await server.database.owner.query<Record<string, number>>(
    `select (select count(*)::int from lx.matter) as matters, (select count(*)::int from lx.act) as acts,
       (select count(*)::int from lx.journal_entry) as journal, (select count(*)::int from lx.inbox_item) as inbox,
       (select count(*)::int from lx.outbox) as outbox, (select count(*)::int from lx.command) as commands`,
  );
  return rows[0];
};

describe('replaying old requests', () => {
  const options = { village: divisions.upper, kindOf: () => 'need' };

  it('imports each message with its own two dates, marked as a late entry, and asks nobody to act', async () => {
    const bars: string[] = [];
    const done = await replayRequests(server.deps, file, {
      ...options,
      onProgress: (at, of) => bars.push(`${at}/${of}`),
    });
    expect(done).toMatchObject({ read: 3, opened: 3, already: 0, answered: 3, problems: [] });
    expect(bars).toEqual(['1/3', '2/3', '3/3']);
    const { rows } = await server.database.owner.query<{ opened: Date; claimed: Date; late: boolean }>(
      'select opened_at as opened, claimed_at as claimed, late_entry as late from lx.matter order by opened_at',
    );
    expect(rows.map((row) => [row.opened, row.claimed, row.late])).toEqual([
      ['2018-01-02T00:00:00Z', '2018-01-03T00:00:00Z', true],
      ['2019-04-24T08:03:40Z', '2019-05-09T01:40:00Z', true],
      ['2020-01-31T16:00:00Z', '2020-02-20T02:00:00Z', true],
    ]);
    expect(await counts()).toMatchObject({ matters: 3, acts: 12, journal: 12, inbox: 0, outbox: 0 });
  });

  it('doubles nothing when it is run again', async () => {
    const before = await counts();
    const again = await replayRequests(server.deps, file, options);
    expect(again).toMatchObject({ read: 3, opened: 0, already: 3, problems: [] });
    expect(await counts()).toEqual(before);
  });

  it('goes on where a run that died stopped', async () => {
    const more = `${file}\n${message(4, '2017-01-02T08:00:00+08:00', '2017-01-09T08:00:00+08:00')}`;
    const dying = { ...server.deps, clock: server.deps.clock };
    let calls = 0;
    const pool = new Proxy(dying.pool, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (name !== 'connect') return typeof value === 'function' ? value.bind(target) : value;
        return async () => {
          calls += 1;
          if (calls > 18) throw new Error('the run died');
          return target.connect();
        };
      },
    });
    await expect(replayRequests({ ...dying, pool }, more, options)).rejects.toThrow('the run died');
    const done = await replayRequests(server.deps, more, options);
    expect(done.problems).toEqual([]);
    expect(await counts()).toMatchObject({ matters: 4, acts: 16 });
  });

  it('imports nothing from a file with a bad line, and names line, field, reason and cure of each', async () => {
    const before = await counts();
    const bad = [
      message(9, '2019-01-01T00:00:00+08:00', '2019-01-02T00:00:00+08:00'),
      '{"id":10,"title":"截断',
      JSON.stringify({
        id: 11,
        title: '没有答复',
        filed_at: '2019-01-01T00:00:00+08:00',
        text: '甲',
        replied_at: '2019-01-02T00:00:00+08:00',
      }),
      message(12, '2019-01-03T00:00:00+08:00', '2019-01-02T00:00:00+08:00'),
      message(9, '2019-01-01T00:00:00+08:00', '2019-01-02T00:00:00+08:00'),
      message(13, '2019年1月1日', '2019-01-02T00:00:00+08:00'),
    ].join('\r\n');
    const done = await replayRequests(server.deps, bad, options);
    expect(done.opened).toBe(0);
    expect(done.problems.map((one) => [one.line, one.field])).toEqual([
      [2, '整行'],
      [3, 'reply'],
      [4, 'replied_at'],
      [5, 'id'],
      [6, 'filed_at'],
    ]);
    expect(done.problems.every((one) => one.why !== '' && one.cure !== '')).toBe(true);
    expect(await counts()).toEqual(before);
  });

  it('names a file that is not UTF-8 instead of importing marks of replacement', () => {
    const gbk = new TextDecoder('utf-8').decode(new Uint8Array([0x7b, 0x22, 0xc4, 0xe3, 0x22, 0x7d]));
    expect(readMessages(gbk).problems[0]?.why).toContain('UTF-8');
  });

  it('leaves a projection that a rebuild from the acts finds equal', async () => {
    const client = new pg.Client(server.database.ownerConnection);
    await client.connect();
    try {
      const reports = await rebuild(client, features, server.clock.now());
      expect(
        reports.filter((one) => one.name.startsWith('matter')).map((one) => [one.name, one.differing, one.examples]),
      ).toEqual([
        ['matter', 0, []],
        ['matter-count', 0, []],
      ]);
    } finally {
      await client.end();
    }
  });
});
