import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTeaAccounts, signIn, teaPeople } from '@lianxin/testkit/database';
import { people, places } from './test-pack/askers.js';
import { askingCounty, personOf, type AskingCounty } from './test-pack/asking-county.js';
import { crawl, differing } from './test-pack/crawl.js';

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

/**
 * What differs between any two servers, reviewed: the token of an empty form is sealed with the server's own key. Receipts are left out
 * of the crawl for the same reason, since whoever is complained about holds none, and so are
 * the page of his own sessions, the server's own key for notifications, and the pages of meetings, whose slips and calendars are sealed alike.
 */
const sealed = /value="[^"]{24,}"/g;

const elsewhere =
  /^\/(r|api\/receipts|open311\/v2\/(requests\/:|tokens|servicerequestupdates))|openapi|^\/api\/(account$|account\/push$|my-meetings|meetings\/)/;
const asked = { routes: (path: string) => !elsewhere.test(path), leaveOut: sealed };

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
      const [left, right] = [await crawl(one, asker, asked), await crawl(other, asker, asked)];
      expect(left.size).toBeGreaterThan(100);
      expect(differing(left, right)).toEqual([]);
      expect([...left.values()].join('\n')).not.toContain('补贴没有发到手里');
    },
    180_000,
  );
});
