import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { demonstrationServer, type TestServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunCommand } from './command.js';
import { callOn } from './test-pack/call-command.js';
import { run as replay } from './replay.js';
import { run as report } from './report.js';

const line = (id: number, filed: string, replied: string): string =>
  JSON.stringify({
    id,
    user: 'A1',
    title: `第${id}封`,
    filed_at: filed,
    text: '噪音扰民，请处理。',
    reply: '已处理。',
    replied_at: replied,
  });

/** Filed and answered 1, 4 and 20 days later; the last over a week of holidays. */
const file = [
  line(1, '2019-03-04T09:00:00+08:00', '2019-03-05T09:00:00+08:00'),
  line(2, '2019-04-01T09:00:00+08:00', '2019-04-05T09:00:00+08:00'),
  line(3, '2019-09-20T09:00:00+08:00', '2019-10-10T09:00:00+08:00'),
].join('\n');

describe('lianxin replay and report', () => {
  let server: TestServer;
  let village = '';
  const call = async (command: RunCommand, ...args: string[]) => callOn(server)(command, ...args);
  const put = (name: string, text: string): string => {
    writeFileSync(path.join(server.deps.config.data, name), text);
    return name;
  };

  beforeAll(async () => {
    server = await demonstrationServer();
    const { rows } = await server.database.owner.query<{ code: string }>(
      `select code from lx.division where level = 'village' and left(code, 6) in (select county from lx.pack_activation) order by code limit 1`,
    );
    village = rows[0]?.code ?? '';
  }, 240_000);
  afterAll(() => server.close());

  it('sends a file through the commands, shows how far it is, and doubles nothing the second time', async () => {
    const name = put('letters.jsonl', file);
    const first = await call(replay, 'requests', name, '--village', village, '--json');
    expect([first.code, first.err.split('\n').at(-1)]).toEqual([0, `${'█'.repeat(32)} 3/3`]);
    expect(JSON.parse(first.out)).toEqual({ read: 3, opened: 3, already: 0, answered: 3, problems: [] });
    const second = await call(replay, 'requests', name, '--village', village);
    expect(second.out).toBe('读入 read 3，新办 opened 0，已在 already in 3，已答复 answered 3');
  });

  it('prints timeliness with exactly the figures that were asked for', async () => {
    const printed = await call(report, 'timeliness', '--village', village, '--json');
    expect(printed.code).toBe(0);
    const figures = JSON.parse(printed.out) as Record<string, unknown>;
    expect(Object.keys(figures)).toEqual([
      'count',
      'medianDays',
      'p90Days',
      'within15Days',
      'within60Days',
      'within15WorkingDays',
      'byKind',
    ]);
    // 20 September to 10 October 2019: 1 to 7 October off, 29 September and 12 October worked: 10 working days.
    expect(figures).toMatchObject({
      count: 3,
      medianDays: 4,
      p90Days: 16.8,
      within15Days: 2,
      within60Days: 3,
      within15WorkingDays: 3,
    });
    expect(figures['byKind']).toEqual({ worry: 3 });
  });

  it('names the bad lines, imports nothing, and says how it wants to be called', async () => {
    const bad = await call(
      replay,
      'requests',
      put('bad.jsonl', `${line(7, '2019-01-01T00:00:00+08:00', '2019-01-02T00:00:00+08:00')}\n{"id":8`),
      '--village',
      village,
    );
    expect(bad.code).toBe(1);
    expect(bad.err).toContain('一条也没有导入');
    expect(bad.err).toContain('第 2 行 line 2 · 整行：不是完整的 JSON');
    expect((await call(replay, 'requests', 'missing.jsonl', '--village', village)).code).toBe(2);
    expect((await call(replay, 'requests')).code).toBe(2);
    expect((await call(report)).code).toBe(2);
    const nowhere = await call(
      replay,
      'requests',
      put('one.jsonl', line(9, '2019-01-01T00:00:00+08:00', '2019-01-02T00:00:00+08:00')),
      '--village',
      '110101001001',
    );
    expect(nowhere.code).toBe(1);
    expect(nowhere.err).toContain('没有代码为 110101001001 的行政区划');
  });
});
