import { countBoard, fromBase64Url, hashOfToken, toHex, type BallotEntry, type BallotManifest } from '@lianxin/domain';
import {
  addTeaAccounts,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import {
  addTeaGuests,
  castVote,
  knowHosts,
  opened,
  Phone,
  prepareOutside,
  type Outside,
  type Token,
} from '@lianxin/testkit/secret-ballots';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ballotTools } from '../ballot-box/ballot-tools.js';
import { publishCounty, sealCounty } from '../log/index.js';
import { clusterAt, connectionTo } from '../storage/embedded/cluster.js';

const { county } = teaCounty;
const voters = 24;
const folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-attack-'));
let server: TestServer;
let outside: Outside;
let clerk: SignedInClient;
let id = '';
let manifest: BallotManifest;
/** What only a voter knows: the token by the number on the roll. */
const secrets = new Map<number, Token[]>();
const order: number[] = [];
let database: pg.Client;

const at = (day: number): void => server.clock.set(`2026-03-${String(day).padStart(2, '0')}T02:00:00.000Z`);

/** Fisher and Yates with a seed, so that a failing run can be repeated. */
const shuffled = <T>(list: readonly T[], seed: number): T[] => {
  const rest = [...list];
  let state = seed;
  for (let place = rest.length - 1; place > 0; place -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (place + 1);
    [rest[place], rest[other]] = [rest[other] as T, rest[place] as T];
  }
  return rest;
};

/** How many of an attacker's guesses are right: the n-th of one list is said to be the n-th of the other. */
const right = (people: readonly number[], entries: readonly string[]): number =>
  people.filter((person, place) => secrets.get(person)?.some(({ token }) => token === entries[place])).length;

beforeAll(async () => {
  server = await testServer({ now: '2026-03-02T01:00:00.000Z' });
  await addTeaGuests(server.database.owner, voters);
  await addTeaAccounts(server.database.owner, [teaPeople.upperClerk]);
  clerk = await signIn(server, 'upper.clerk');
  outside = await prepareOutside(folder, () => server.clock.now());
  knowHosts(server, outside);
  id = await opened(clerk, outside);
  ({ manifest } = (await (await clerk.get(`/api/secret-ballots/${id}`)).json()) as { manifest: BallotManifest });
  await outside.start(manifest);
  await sealCounty(server.deps, county);
  await publishCounty(server.deps, county);
  at(3);
  const { slips } = (await (await clerk.get(`/api/secret-ballots/${id}/slips`)).json()) as {
    slips: { code: string }[];
  };
  for (const number of shuffled(
    Array.from({ length: voters }, (_, place) => place),
    7,
  )) {
    const phone = new Phone(manifest);
    const codes = { a: slips[number]?.code ?? '', b: outside.codes()[number] ?? '' };
    secrets.set(number, await phone.take(server, outside.asked.issuerUrl, codes));
  }
  at(5);
  order.push(...shuffled([...secrets.keys()], 11));
  for (const number of order)
    for (const token of secrets.get(number) ?? []) {
      const choice = token.question === 'q1' ? (number % 2 === 0 ? 'c1' : 'c2') : 'returned';
      await castVote(outside.asked.boxUrl, await new Phone(manifest).seal(token, choice));
    }
  database = new pg.Client(connectionTo(clusterAt(path.join(outside.boxFolder, 'database')), 'lianxin'));
  database.on('error', () => undefined);
  await database.connect();
}, 180_000);
afterAll(async () => {
  await database.end();
  await outside.stop();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('an attacker who holds everything that is kept', () => {
  it('matches voters with votes no better than by chance: by order, by hashes, and by every field of both issuers', async () => {
    at(10);
    expect((await clerk.send('POST', `/api/secret-ballots/${id}/close`, {})).status).toBe(200);
    const { rows: issued } = await server.database.owner.query<{ number: number; blinded: string; signed: string }>(
      `select r.number - 1 as number, i.blinded, i.signed from lx.secret_ballot_issue i
       join lx.secret_ballot_roll r using (county, ballot, person) order by i.ctid`,
    );
    const { rows: onDisk } = await database.query<{ token: string; a: string; b: string }>(
      `select token, a, b from ballot_box where question = 'q1' order by ctid`,
    );
    const { rows: board } = await server.database.owner.query<{ token: string }>(
      `select token from lx.secret_ballot_board where question = 'q1' order by ctid`,
    );
    expect([issued.length, onDisk.length, board.length]).toEqual([voters, voters, voters]);
    // One right in a list of any length is what chance gives; more than seven, chance gives once in a hundred thousand lists.
    const chance = 7;
    const byIssue = issued.map(({ number }) => number);
    const byNumber = byIssue.toSorted((a, b) => a - b);
    const bySignature = issued.toSorted((a, b) => (a.signed < b.signed ? -1 : 1)).map(({ number }) => number);
    for (const people of [byIssue, byNumber, bySignature])
      for (const entries of [onDisk, board, onDisk.toReversed(), onDisk.toSorted((x, y) => (x.a < y.a ? -1 : 1))])
        expect(
          right(
            people,
            entries.map(({ token }) => token),
          ),
        ).toBeLessThanOrEqual(chance);
    // Nothing an issuer saw stands in the box: no blinded message, no signature.
    const seen = new Set(
      issued.flatMap(({ blinded, signed }) => [blinded, signed].flatMap((list) => JSON.parse(list) as string[])),
    );
    expect(onDisk.filter(({ token, a, b }) => [token, a, b].some((one) => seen.has(one)))).toEqual([]);
    // The test can see: who notes the arrivals at the box has every link.
    const arrivals = order.map((number) => secrets.get(number)?.find(({ question }) => question === 'q1')?.token ?? '');
    expect(right(order, arrivals)).toBe(voters);
  });

  it('finds no token in the township’s data, logs or folders, and no name in the box', async () => {
    const tokens = [...secrets.values()].flat().map(({ token }) => token);
    const { rows } = await server.database.owner.query<{ text: string }>(
      `select i::text as text from lx.secret_ballot_issue i union all select r::text from lx.secret_ballot_roll r
       union all select c::text from lx.command c union all select j::text from lx.journal_entry j`,
    );
    const township = rows.map(({ text }) => text).join('\n') + JSON.stringify(server.logged);
    expect(tokens.filter((token) => township.includes(token))).toEqual([]);
    const { rows: box } = await database.query<{ text: string }>('select b::text as text from ballot_box b');
    const inBox = box.map(({ text }) => text).join('\n');
    const { rows: people } = await server.database.owner.query<{ name: string; person: string }>(
      'select name, person::text from lx.secret_ballot_roll',
    );
    expect(people.filter(({ name, person }) => inBox.includes(name) || inBox.includes(person))).toEqual([]);
    const texts = readdirSync(outside.boxFolder).filter((file) =>
      statSync(path.join(outside.boxFolder, file)).isFile(),
    );
    for (const file of texts) {
      const text = readFileSync(path.join(outside.boxFolder, file), 'latin1');
      expect(tokens.filter((token) => text.includes(token))).toEqual([]);
    }
  });

  it('sees sealed votes alike in every length and place, whoever of two voters said yes, and the same count', async () => {
    // Two voters swap their choices: what is cast is compared, then what is told.
    const [one, other] = [0, 1].map((number) => secrets.get(number)?.find(({ question }) => question === 'q1'));
    if (one === undefined || other === undefined) throw new Error('no tokens');
    const worlds: BallotEntry[][] = [];
    for (const swapped of [false, true]) {
      const phone = new Phone(manifest);
      worlds.push([await phone.seal(one, swapped ? 'c2' : 'c1'), await phone.seal(other, swapped ? 'c1' : 'c2')]);
    }
    // What is random in a sealed vote is replaced by its length: the rest is equal to the byte, entry by entry.
    const normal = (entries: readonly BallotEntry[]): string =>
      JSON.stringify(
        entries.map((entry) => ({
          ...entry,
          sealed: entry.sealed.length,
          wraps: entry.wraps.map((wrap) => wrap.length),
        })),
      );
    expect(normal(worlds[0] ?? [])).toBe(normal(worlds[1] ?? []));
    // And the count, which is all that is told, is the same too.
    const keys = new Map<number, { privateKey: Uint8Array; publicKey: Uint8Array }>();
    for (const trustee of [0, 1]) {
      const privateKey = fromBase64Url(outside.trustees[trustee] ?? '') ?? new Uint8Array();
      keys.set(trustee, { privateKey, publicKey: await ballotTools.publicOf(privateKey) });
    }
    const counted = await Promise.all(worlds.map((world) => countBoard(ballotTools, manifest, 'q1', world, keys)));
    expect(counted[0]).toEqual(counted[1]);
    expect(counted[0]?.counts).toMatchObject({ c1: 1, c2: 1 });
    expect(new Set(worlds.flat().map((entry) => toHex(hashOfToken(ballotTools.sha256, entry)))).size).toBe(2);
  });
});
