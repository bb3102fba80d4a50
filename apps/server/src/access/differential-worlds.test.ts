import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTeaAccounts, signIn, teaPeople } from '@lianxin/testkit/database';
import { people, places } from './test-pack/askers.js';
import { routesOf, samplesFor } from './test-pack/ask-routes.js';
import { askingCounty, personOf, type AskingCounty } from './test-pack/asking-county.js';
import type { Described } from './test-pack/request-samples.js';

/**
 * Two worlds that differ in one thing: which of two neighbours complained about the township head (LAW-XF-30). Whatever he, his office
 * and the villages below him can ask must be answered with the same bytes in both.
 */
const world = async (complainant: 'first' | 'second'): Promise<AskingCounty> => {
  const county = await askingCounty();
  await addTeaAccounts(county.server.database.owner, [teaPeople.upperResident]);
  const first = county.clients.get('resident');
  const second = await signIn(county.server, teaPeople.upperResident.username);
  const client = complainant === 'first' ? first : second;
  const answer = await client?.send(
    'POST',
    '/api/matters',
    {
      division: places.self,
      kind: 'complaint',
      fields: { wanted: '补贴没有发到手里', 'complained-about': personOf('township-head') },
    },
    { 'idempotency-key': 'the-complaint' },
  );
  if (answer?.status !== 201)
    throw new Error(
      `the complaint was not taken: ${await answer?.text()} ${JSON.stringify(county.server.logged.at(-1))}`,
    );
  return county;
};

/** The cells of a workbook; its bytes carry the clock of the machine that wrote it. */
const cellsOf = async (answer: Response): Promise<string> => {
  const book = new exceljs.Workbook();
  await book.xlsx.load(await answer.arrayBuffer());
  return JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()));
};

/**
 * What differs between any two servers, reviewed: the token of an empty form is sealed with the server's own key. Receipts are left out
 * of the crawl for the same reason, since whoever is complained about holds none, and so are
 * the page of his own sessions, the server's own key for notifications, and the pages of meetings, whose slips and calendars are sealed alike.
 */
const sealed = /value="[^"]{24,}"/g;

const contentOf = async (answer: Response): Promise<string> => {
  const type = answer.headers.get('content-type') ?? '';
  const body = type.includes('spreadsheet')
    ? await cellsOf(answer)
    : (await answer.text()).replaceAll(sealed, 'sealed');
  return `${answer.status} ${type} ${answer.headers.get('etag') ?? ''} ${body}`;
};

/** Every reading route of the router, as one person, about every place: address → answer. */
const crawl = async (county: AskingCounty, asker: string): Promise<ReadonlyMap<string, string>> => {
  const described = (await (await county.server.request('/api/openapi.json')).json()) as Described;
  const seen = new Map<string, string>();
  for (const route of routesOf(county).filter(
    (one) =>
      one.method === 'GET' &&
      !/^\/(r|api\/receipts|open311\/v2\/(requests\/:|tokens|servicerequestupdates))|openapi|^\/api\/(account$|account\/push$|my-meetings|meetings\/)/.test(
        one.path,
      ),
  )) {
    for (const [, sample] of samplesFor(county, described, route)) {
      if (seen.has(sample.path)) continue;
      const cookie = county.clients.get(asker)?.cookie ?? '';
      seen.set(sample.path, await contentOf(await county.server.request(sample.path, { headers: { cookie } })));
    }
  }
  return seen;
};

describe('whoever is complained about cannot tell who complained', () => {
  let one: AskingCounty;
  let other: AskingCounty;
  beforeAll(async () => {
    one = await world('first');
    other = await world('second');
  }, 180_000);
  afterAll(async () => {
    await one.server.close();
    await other.server.close();
  });

  it('though the two worlds do differ, and the county above sees the complaint in both', async () => {
    const filer = async ({ server }: AskingCounty) =>
      (await server.database.owner.query<{ filer: string }>('select filer from lx.matter where barred is not null'))
        .rows[0]?.filer;
    expect(await filer(one)).not.toBe(await filer(other));
    const above = await (await one.clients.get('county-leader')?.get('/api/matters?limit=200'))?.text();
    expect(above).toContain('补贴没有发到手里');
  });

  it.each(['township-head', 'officer', 'clerk'])(
    'from any reading route of the server, asked as the %s',
    async (asker) => {
      expect(people.map((each) => each.id)).toContain(asker);
      const [left, right] = [await crawl(one, asker), await crawl(other, asker)];
      expect(left.size).toBeGreaterThan(100);
      const differing = [...left].filter(([path, body]) => right.get(path) !== body).map(([path]) => path);
      expect(differing).toEqual([]);
      expect([...left.values()].join('\n')).not.toContain('补贴没有发到手里');
    },
    180_000,
  );
});
