import { teaCounty, teaPeople } from '@lianxin/testkit/database';
import type { MatterPage } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageStatement } from './list-matters.js';
import { teaServer, type TeaServer } from './test-pack/tea-server.js';

const { divisions, county } = teaCounty;
let tea: TeaServer;

beforeAll(async () => {
  tea = await teaServer(['upperClerk', 'northOfficer', 'countyOfficer'], '2026-03-02T01:00:00.000Z');
  const opened = await tea.tell('need', { wanted: '样本' });
  // Twenty thousand copies over three villages, ten minutes apart, one in ten of them ended.
  const owner = tea.server.database.owner;
  const { rows } = await owner.query<{ columns: string; values: string }>(
    `select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns, string_agg(case column_name
        when 'id' then 'gen_random_uuid()' when 'number' then $$'B' || g$$ when 'receipt_hash' then 'null' when 'journal' then 'null'
        when 'place' then $$'99990100' || (array['1001', '1002', '2001'])[1 + g % 3]$$ when 'division' then $$'99990100' || (array['1001', '1002', '2001'])[1 + g % 3]$$
        when 'state' then $$case when g % 10 = 0 then 'ended' else 'open' end$$ when 'ended_at' then 'case when g % 10 = 0 then now() end'
        when 'opened_at' then $$timestamptz '2025-10-01' + g * interval '10 minutes'$$
        else quote_ident(column_name) end, ', ' order by ordinal_position) as values
     from information_schema.columns where table_schema = 'lx' and table_name = 'matter' and is_generated = 'NEVER'`,
  );
  await owner.query('alter table lx.matter disable trigger user');
  await owner.query(
    `insert into lx.matter (${rows[0]?.columns ?? ''}) select ${rows[0]?.values ?? ''} from lx.matter, generate_series(1, 20000) g where id = $1`,
    [opened.id],
  );
  await owner.query('vacuum analyze lx.matter');
});
afterAll(() => tea.server.close());

const pageOf = async (person: 'upperClerk' | 'northOfficer' | 'countyOfficer', query: string): Promise<MatterPage> =>
  (await (await tea.as(person).get(`/api/matters?${query}`)).json()) as MatterPage;

describe('the list of matters', () => {
  it('gives every matter of the range once, newest first, whatever the size of the page', async () => {
    const seen: string[] = [];
    let after = '';
    do {
      const page = await pageOf('upperClerk', `limit=200${after === '' ? '' : `&after=${after}`}`);
      seen.push(...page.items.map((item) => item.id));
      expect(page.items.map((item) => item.openedAt)).toEqual(
        page.items
          .map((item) => item.openedAt)
          .toSorted()
          .toReversed(),
      );
      after = page.next ?? '';
    } while (after !== '');
    const held = await tea.count(`select count(*) from lx.matter where village = '${divisions.upper}'`);
    expect([seen.length, new Set(seen).size]).toEqual([held, held]);
  });

  it('filters by state, kind, days, lateness and holder, and goes on by due date', async () => {
    const open = await pageOf('northOfficer', 'state=open&limit=50');
    expect(open.items.every((item) => item.state === 'open')).toBe(true);
    const ended = await pageOf('northOfficer', `state=ended&division=${divisions.lower}&limit=50`);
    expect(ended.items.every((item) => item.state === 'ended' && item.division === divisions.lower)).toBe(true);
    const days = await pageOf('countyOfficer', 'from=2025-10-05&to=2025-10-06&limit=200');
    expect(days.items.every((item) => item.openedAt >= '2025-10-04T16:00' && item.openedAt < '2025-10-06T16:00')).toBe(
      true,
    );
    expect((await pageOf('countyOfficer', 'kind=affair')).items).toEqual([]);
    const first = await pageOf('countyOfficer', 'sort=due&limit=5');
    const second = await pageOf('countyOfficer', `sort=due&limit=5&after=${first.next ?? ''}`);
    expect(second.items.map((item) => item.id)).not.toEqual(expect.arrayContaining(first.items.map((item) => item.id)));
  });

  it('reads a page from one short range of one index at every level: planned once, nothing asked of the table, no long sort, no helpers', async () => {
    const offices = [
      ['village', divisions.upper, '999901001001', '999901001001:'],
      ['township', divisions.north, '999901001', '999901001:'],
      ['county', undefined, '999901', '999901:'],
    ] as const;
    const client = await tea.server.database.pool.connect();
    try {
      for (const [level, division, lo, hi] of offices) {
        const filter = { state: 'open', kind: 'need', to: '2026-01-01' } as const;
        const { text, values } = pageStatement(county, filter, undefined, '2026-03-02', division, [], 50);
        await client.query('begin');
        await client.query(
          `select set_config('role', 'rt_office', true), set_config('lx.county', $1, true), set_config('lx.uid', $2, true),
             set_config('lx.lo', $3, true), set_config('lx.hi', $4, true), set_config('lx.caps', '', true),
             set_config('plan_cache_mode', 'force_generic_plan', true)`,
          [county, teaPeople.countyOfficer.person, lo, hi],
        );
        // As tempting as ten million rows make them.
        for (const cost of ['parallel_setup_cost', 'parallel_tuple_cost', 'min_parallel_index_scan_size'])
          await client.query(`set local ${cost} = 0`);
        await client.query(`prepare page_${level} as ${text}`);
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(
          `explain (analyze, costs off, timing off, summary off) execute page_${level} (${values.map((value) => client.escapeLiteral(String(value))).join(', ')})`,
        );
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        await client.query('rollback');
        expect([level, plan]).toEqual([level, expect.stringContaining(`Index Only Scan using matter_list_${level}`)]);
        expect([level, plan]).not.toEqual([level, expect.stringMatching(/Seq Scan|Gather|^\s*->\s+Sort/mu)]);
      }
    } finally {
      client.release();
    }
  });
});
