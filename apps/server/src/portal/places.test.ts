import { teaCounty } from '@lianxin/testkit/database';
import { describe, expect, it } from 'vitest';
import { whatIsWrong } from './components/component-check.js';
import { teaPortal, village } from './test-pack/tea-portal.js';

const { divisions } = teaCounty;
const { open, server, tell } = teaPortal();

describe('finding a village', () => {
  it('leads from county to township to village', async () => {
    const home = await open('/');
    expect(home.answer.status).toBe(200);
    expect(home.document.querySelector(`a[href="/?in=${divisions.county}"]`)?.textContent).toContain('茶县');
    const county = await open(`/?in=${divisions.county}`);
    expect(county.document.querySelector(`a[href="/?in=${divisions.north}"]`)).not.toBeNull();
    const township = await open(`/?in=${divisions.north}`);
    expect(township.document.querySelector(`a[href="${village}"]`)?.textContent).toContain('上茶村');
  });

  it('finds a village by a piece of its name and says where it lies', async () => {
    const found = await open(`/?name=${encodeURIComponent('上茶')}`);
    expect(found.document.querySelector(`.place-list a[href="${village}"]`)?.textContent).toContain('茶县 · 北茶镇');
    expect((await open('/?name=%25')).text).toContain('没有找到');
  });

  it('says in words that a village is not there', async () => {
    for (const path of ['/v/110101001001', '/v/nonsense', '/v/999901000000', `/v/${divisions.north}/requests/new`]) {
      const page = await open(path);
      expect({ path, status: page.answer.status }).toEqual({ path, status: 404 });
      expect(page.document.querySelector('code')?.textContent).toBe('unknown-division');
    }
  });
});

describe('the village page', () => {
  it('counts open matters without a name, and shows contacts on duty as published', async () => {
    const before = await open(village);
    expect(before.text).toContain('还没有登记值班联系人');
    await server().database.owner.query(
      `insert into lx.duty_contact (county, id, division, body, name, duty, office_phone, published_day, valid_from, recorded_at)
       values ($1, '00000008-0000-7000-8000-000000000001', $2, (select id from lx.body where division = $2), '茶主任', '党组织书记兼主任', '0000-12345', '2026-01-01', '2026-01-01', '2026-01-01')`,
      [teaCounty.county, divisions.upper],
    );
    const told = await tell('村口的灯不亮');
    expect(told.answer.status).toBe(201);
    const after = await open(village);
    expect(after.text).toContain('茶主任');
    expect(after.document.querySelector('.tally dd')?.textContent).toBe('1');
    expect(after.text).not.toContain('村口的灯不亮');
    expect(whatIsWrong(after.html)).toEqual([]);
  });
});

describe('every other address', () => {
  it('answers a person in words and a program in JSON', async () => {
    const page = await open('/no/such/page');
    expect(page.answer.status).toBe(404);
    expect(page.document.querySelector('h1')?.textContent).toBe('没有这一页');
    const program = await server().request('/no/such/page', { headers: { accept: 'application/json' } });
    expect(program.headers.get('content-type')).toContain('application/json');
  });

  it('serves style and script under addresses that never change their content', async () => {
    const home = await open('/');
    const href = home.document.querySelector('link[rel=stylesheet]')?.getAttribute('href') ?? '';
    const style = await server().request(href);
    expect(style.headers.get('content-type')).toContain('text/css');
    expect(style.headers.get('cache-control')).toContain('immutable');
  });

  it('sends no cookie to a reader who pressed no switch', async () => {
    expect((await open('/')).answer.headers.get('set-cookie')).toBeNull();
    expect((await open(village)).answer.headers.get('set-cookie')).toBeNull();
  });
});

describe('the log', () => {
  it('has not a single error of ours after every refusal above', () => {
    expect(server().logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
