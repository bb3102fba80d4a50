import { teaCounty, testServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { teaServer, type TeaServer } from '../matters/test-pack/tea-server.js';
import { checkRows, readXml, textIn } from './test-pack/third-party.js';

const { county, divisions } = teaCounty;
let tea: TeaServer;

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  tea.server.request(`/open311${path}`, { headers });
const rows = async (path: string): Promise<Record<string, unknown>[]> => {
  const answer = await get(path);
  expect(answer.status, path).toBe(200);
  expect(answer.headers.get('content-type')).toContain('application/json');
  return (await answer.json()) as Record<string, unknown>[];
};
const post = (
  fields: Record<string, string>,
  format = 'json',
  headers: Record<string, string> = {},
): Promise<Response> =>
  tea.server.request(`/open311/v2/requests.${format}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams({ jurisdiction_id: county, ...fields }).toString(),
  });
const said = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { code: number; description: string }[])
    .map((one) => `${one.code} ${one.description}`)
    .join();
const matters = (): Promise<number> => tea.count('select count(*) from lx.matter');

/** A square of about two kilometres, posted as the upper village's map. */
const postBoundary = async (): Promise<void> => {
  const boundary = [
    [
      [
        [111.1, 27.1],
        [111.12, 27.1],
        [111.12, 27.12],
        [111.1, 27.12],
        [111.1, 27.1],
      ],
    ],
  ];
  const map = '00000009-0000-7000-8000-000000000001';
  const { owner } = tea.server.database;
  await owner.query(
    `insert into lx.grid_map (county, id, division, number, boundary, flow, original_datum, valid_from, recorded_at)
     values ($1, $2, $3, 1, $4, '["听"]', 'wgs-84', '2026-01-01', now())`,
    [county, map, divisions.upper, JSON.stringify(boundary)],
  );
  await owner.query(
    `insert into lx.chart_posting (county, map, chart, channel, division, posted_on, recorded_at)
     values ($1, $2, 'grid-map', 'portal', $3, '2026-01-02', now())`,
    [county, map, divisions.upper],
  );
};

beforeAll(async () => {
  tea = await teaServer(['upperClerk', 'northOfficer']);
  await postBoundary();
});
afterAll(() => tea.server.close());

const lamp = {
  service_code: 'tea-request.need',
  address_string: '上茶村村口',
  description: '村口路灯 <三天> 不亮 & 没人管',
  phone: '13800138000',
  'attribute[topic]': '照明',
};

describe('Open311 GeoReport v2', () => {
  it('is found by its discovery document, which names the counties it serves', async () => {
    const found = (await (await get('/discovery.json')).json()) as {
      endpoints: { url: string; formats: string[] }[];
      jurisdictions: { jurisdiction_id: string }[];
    };
    expect(found.endpoints.map(({ url }) => url)).toEqual([
      'http://lianxin.test/open311/v2',
      'http://lianxin.test/open311/v2',
    ]);
    expect(found.jurisdictions.map((one) => one.jurisdiction_id)).toContain(county);
    const root = readXml(await (await get('/discovery.xml')).text());
    expect(root.name).toBe('discovery');
    expect(textIn(root, 'specification')).toBe('http://wiki.open311.org/GeoReport_v2');
  });

  it('lists what residents may tell, with what each asks, as the published schemas say', async () => {
    const services = await rows(`/v2/services.json?jurisdiction_id=${county}`);
    expect(checkRows('Service')(services)).toEqual([]);
    const need = services.find((one) => one.service_code === lamp.service_code);
    expect(need).toMatchObject({ service_name: '民需', type: 'realtime', metadata: true, group: '茶客诉求' });
    // What an office alone may open is nothing that an application may offer.
    expect(services.map((one) => one.service_code).join()).not.toContain('tea-demand');
    const answer = await get(`/v2/services/tea-request.need.json?jurisdiction_id=${county}`);
    const definition = (await answer.json()) as { attributes: Record<string, unknown>[] };
    expect(checkRows('ServiceDefinition')([definition])).toEqual([]);
    // The description and the phone are parameters of the standard; they are not asked twice.
    expect(definition.attributes.map((one) => [one.code, one.datatype, one.required])).toEqual([
      ['topic', 'string', false],
    ]);
    const xml = readXml(await (await get(`/v2/services/tea-request.need.xml?jurisdiction_id=${county}`)).text());
    expect([xml.name, textIn(xml, 'code')]).toEqual(['service_definition', 'topic']);
    expect((await get(`/v2/services.json?jurisdiction_id=${county}&address_id=${divisions.upper}`)).status).toBe(200);
  });

  it('takes a request into the same intake as the portal, and gives its receipt to whoever told it', async () => {
    const before = await matters();
    const answer = await post({ ...lamp, lat: '27.11', long: '111.11', media_url: 'https://photos.example/1.jpg' });
    expect(answer.status).toBe(200);
    const given = (await answer.json()) as { service_request_id: string; service_notice: string }[];
    expect(checkRows('RequestResponse')(given)).toEqual([]);
    expect(await matters()).toBe(before + 1);
    const receipt = given[0]?.service_request_id ?? '';
    expect(given[0]?.service_notice).toContain('确认密码');
    const tracked = await tea.track(receipt);
    expect(tracked).toMatchObject({ division: divisions.upper, state: 'open', kindTitle: '民需' });
    const { rows: kept } = await tea.server.database.owner.query<{ id: string }>(
      `select id from lx.matter where number = $1`,
      [tracked.number],
    );
    const seen = await tea.read('upperClerk', kept[0]?.id ?? '');
    const form = Object.fromEntries(seen.form.map(({ id, text }) => [id, text]));
    expect(form.wanted).toContain('村口路灯 <三天> 不亮 & 没人管');
    expect(form.wanted).toContain('坐标（WGS-84）：27.11, 111.11');
    expect(form.wanted).toContain('https://photos.example/1.jpg');
    expect(form.topic).toBe('照明');
    // The phone is sealed as the portal seals it: nobody reads it in the act.
    expect(await tea.count(`select count(*) from lx.matter_contact where matter = '${kept[0]?.id ?? ''}'`)).toBe(1);
    expect(await tea.count(`select count(*) from lx.act where body::text like '%13800138000%'`)).toBe(0);
  });

  it('shows a request and what happened on it to the holder of its receipt, in JSON and in XML', async () => {
    const [given] = (await (await post(lamp)).json()) as { service_request_id: string }[];
    const receipt = given?.service_request_id ?? '';
    const { number } = await tea.track(receipt);
    const { rows: found } = await tea.server.database.owner.query<{ id: string }>(
      'select id from lx.matter where number = $1',
      [number],
    );
    const id = found[0]?.id ?? '';
    await tea.act('upperClerk', id, 'accept');
    await tea.act('upperClerk', id, 'feedback', { told: '已联系 <电工>' });
    const own = await rows(`/v2/requests/${receipt}.json?jurisdiction_id=${county}`);
    expect(checkRows('Request')(own)).toEqual([]);
    expect(own[0]).toMatchObject({
      service_request_id: receipt,
      status: 'open',
      service_code: lamp.service_code,
      agency_responsible: '上茶村村民委员会',
      address_id: divisions.upper,
    });
    const updates = await rows(
      `/v2/servicerequestupdates.json?jurisdiction_id=${county}&service_request_id=${receipt}`,
    );
    expect(updates.map((one) => one.external_status_code)).toEqual(['accept', 'feedback']);
    expect(updates[1]).toMatchObject({ service_request_id: receipt, status: 'open' });
    expect(updates[1]?.description).toContain('已联系 <电工>');
    const xml = readXml(
      await (await get(`/v2/servicerequestupdates.xml?jurisdiction_id=${county}&service_request_id=${receipt}`)).text(),
    );
    expect(xml.children.map((one) => one.name)).toEqual(['request_update', 'request_update']);
    expect(xml.children.map((one) => textIn(one, 'description')).join()).toContain('已联系 <电工>');
    const token = await rows(`/v2/tokens/${receipt}.json?jurisdiction_id=${county}`);
    expect(checkRows('TokenResponse')(token)).toEqual([]);
    expect(token[0]?.service_request_id).toBe(receipt);
  });

  it('lists shared demands alone: a request that one person told is in no list and under no number', async () => {
    const [given] = (await (await post({ ...lamp, description: '家里的难处' })).json()) as {
      service_request_id: string;
    }[];
    const { number } = await tea.track(given?.service_request_id ?? '');
    const opened = await tea.as('northOfficer').send('POST', '/api/matters', {
      division: divisions.north,
      procedure: 'tea-demand',
      kind: 'demand',
      fields: { wanted: '三个村都缺水' },
      places: [divisions.upper, divisions.lower],
    });
    expect(opened.status).toBe(201);
    const listed = await rows(`/v2/requests.json?jurisdiction_id=${county}`);
    expect(checkRows('Request')(listed)).toEqual([]);
    expect(listed.map((one) => [one.description, one.status, one.address])).toEqual([
      ['三个村都缺水', 'open', '上茶村、下茶村'],
    ]);
    expect(await rows(`/v2/requests.json?jurisdiction_id=${county}&status=closed`)).toEqual([]);
    expect(await rows(`/v2/requests.json?jurisdiction_id=${county}&page=2&page_size=1`)).toEqual([]);
    expect(await rows(`/v2/requests.json?jurisdiction_id=${county}&start_date=2026-01-01&end_date=2026-02-01`)).toEqual(
      [],
    );
    expect(await rows(`/v2/requests.json?jurisdiction_id=${county}&service_request_id=${number}`)).toEqual([]);
    expect((await get(`/v2/requests/${number}.json?jurisdiction_id=${county}`)).status).toBe(404);
    const named = await rows(
      `/v2/requests.json?jurisdiction_id=${county}&service_request_id=${given?.service_request_id ?? ''},${String(listed[0]?.service_request_id)}`,
    );
    expect(named.map((one) => one.service_code)).toEqual([lamp.service_code, 'shared']);
  });

  it('finds the village by its code, by its name, or by the posted boundary that holds the place', async () => {
    const divisionOf = async (place: Record<string, string>): Promise<string> => {
      const answer = await post({ service_code: lamp.service_code, description: '水管漏水', ...place });
      expect(answer.status).toBe(200);
      const [given] = (await answer.json()) as { service_request_id: string }[];
      return (await tea.track(given?.service_request_id ?? '')).division;
    };
    expect(await divisionOf({ address_id: divisions.lower })).toBe(divisions.lower);
    expect(await divisionOf({ address_string: '北茶镇下茶村三组' })).toBe(divisions.lower);
    expect(await divisionOf({ lat: '27.11', long: '111.11' })).toBe(divisions.upper);
  });

  it('gives the same receipt to a repeated post with the same key', async () => {
    const key = { 'idempotency-key': 'a-key-of-an-application-that-nobody-guesses' };
    const before = await matters();
    const first = await (await post(lamp, 'json', key)).text();
    expect(await (await post(lamp, 'json', key)).text()).toBe(first);
    expect(await matters()).toBe(before + 1);
  });

  it('refuses in the format of the standard, with the cause in words, and keeps nothing', async () => {
    const before = await matters();
    const entries = await tea.count('select count(*) from lx.journal_entry');
    expect(await said(await post({ ...lamp, service_code: '' }))).toMatch(/^400 .*service_code/);
    expect(await said(await post({ ...lamp, service_code: 'tea-request.gossip' }))).toMatch(/^400 .*不受理/);
    expect(await said(await post({ ...lamp, service_code: 'tea-demand.demand' }))).toMatch(/^400 .*不受理/);
    expect(await said(await post({ ...lamp, address_string: '村口' }))).toMatch(/^400 .*没有写明是哪个村/);
    expect(await said(await post({ ...lamp, address_string: '', lat: '39.9', long: '116.4' }))).toMatch(/^400 .*村界/);
    expect(await said(await post({ ...lamp, address_id: '999901009999' }))).toMatch(/^404 /);
    expect(await said(await post({ ...lamp, 'attribute[favourite]': '茶' }))).toMatch(/^400 /);
    expect(await said(await post({ ...lamp, description: '长'.repeat(4001) }))).toMatch(/^400 .*4000/);
    expect(await said(await post({ ...lamp, jurisdiction_id: '110101' }))).toMatch(/^404 /);
    expect(await said(await post(lamp, 'json', { 'idempotency-key': 'short-key' }))).toMatch(/^400 /);
    const xml = await post({ ...lamp, description: '' }, 'xml');
    expect(xml.status).toBe(400);
    const errors = readXml(await xml.text());
    expect([errors.name, textIn(errors, 'code')]).toEqual(['errors', '400']);
    expect(textIn(errors, 'description')).toContain('需要什么');
    expect(
      await said(await get(`/v2/requests.json?jurisdiction_id=${county}&start_date=2026-01-01&end_date=2026-06-01`)),
    ).toMatch(/90 天/);
    expect(await said(await get(`/v2/requests.json?jurisdiction_id=${county}&page_size=many`))).toMatch(/^400 /);
    expect(await said(await get(`/v2/servicerequestupdates.json?jurisdiction_id=${county}`))).toMatch(
      /service_request_id/,
    );
    expect((await get('/v2/services/need.csv')).status).toBe(404);
    expect(await matters()).toBe(before);
    expect(await tea.count('select count(*) from lx.journal_entry')).toBe(entries);
  });

  it('is limited as the portal is, and says so in the same format', async () => {
    const busy = await testServer({ config: { writesPerMinute: 1 } });
    try {
      const send = () =>
        busy.request('/open311/v2/requests.xml', {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: 'jurisdiction_id=999901',
        });
      expect((await send()).status).toBe(404);
      const refused = await send();
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(textIn(readXml(await refused.text()), 'code')).toBe('429');
    } finally {
      await busy.close();
    }
  });
});
