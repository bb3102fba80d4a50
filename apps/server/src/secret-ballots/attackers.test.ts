/* oxlint-disable vitest/no-standalone-expect -- what a world must come through before it is compared */
import {
  addDays,
  countBoard,
  fromBase64Url,
  hashOfToken,
  plainDate,
  toHex,
  type BallotEntry,
  type BallotManifest,
} from '@lianxin/domain';
import { teaCounty, type SignedInClient, type TestServer } from '@lianxin/testkit/database';
import {
  ballotVillage,
  castVote,
  dice,
  opened,
  Phone,
  type BallotVillage,
  type Outside,
  type Token,
} from '@lianxin/testkit/secret-ballots';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ballotTools } from '../ballot-box/ballot-tools.js';
import { publishCounty, sealCounty } from '../log/index.js';
import { clusterAt, connectionTo } from '../storage/embedded/cluster.js';

/** Elections and voters of each; a campaign asks for more: `npm run campaign -- --ballots ballot-links`, with 200 voters each. */
const elections = Number(process.env.LIANXIN_ELECTIONS ?? 1);
const voters = Number(process.env.LIANXIN_VOTERS ?? 24);
const { county } = teaCounty;
let village: BallotVillage;
let server: TestServer;
let outside: Outside;
let clerk: SignedInClient;
let manifest: BallotManifest;
/** What only a voter knows: the token by the number on the roll. Of the last election. */
const secrets = new Map<number, Token[]>();
let database: pg.Client;

/** Right guesses of each attack over all elections, and of the one that cheats. */
const rightOf = new Map<string, number>();
let seenInTheOpenBox = 0;

const dayOf = (election: number, day: number): string => addDays(plainDate('2026-03-02'), election * 10 + day);
const at = (election: number, day: number): void => server.clock.set(`${dayOf(election, day)}T02:00:00.000Z`);

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

/** What both issuers keep of a voter. */
interface Issued {
  readonly number: number;
  readonly a: { readonly blinded: string; readonly signed: string };
  readonly b: { readonly blinded: string; readonly signed: string };
}
/** What lies in the box of one vote. */
type Voted = Pick<BallotEntry, 'token' | 'a' | 'b' | 'sealed' | 'wraps'>;

const issuedIn = async (id: string): Promise<Issued[]> => {
  const { rows } = await server.database.owner.query<{ number: number; blinded: string; signed: string }>(
    `select r.number - 1 as number, i.blinded, i.signed from lx.secret_ballot_issue i
     join lx.secret_ballot_roll r using (county, ballot, person) where i.ballot = $1 order by i.ctid`,
    [id],
  );
  return rows.map(({ number, blinded, signed }) => {
    const given = JSON.parse(readFileSync(path.join(village.folder, 'issuer/given', `${number + 1}.json`), 'utf8')) as {
      blinded: string[];
      signed: string[];
    };
    return {
      number,
      a: { blinded, signed },
      b: { blinded: JSON.stringify(given.blinded), signed: JSON.stringify(given.signed) },
    };
  });
};

const inBox = async (): Promise<Voted[]> =>
  (await database.query<Voted>(`select token, a, b, sealed, wraps from ballot_box where question = 'q1' order by ctid`))
    .rows;

const sortedBy = <T>(list: readonly T[], key: (one: T) => string | number): T[] =>
  list.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));

/** How many pairs of letters two texts have at the same place. */
const alike = (one: string, other: string): number => {
  let places = 0;
  for (let place = 0; place < Math.min(one.length, other.length); place += 1)
    if (one[place] === other[place]) places += 1;
  return places;
};

/** Takes the likest pair first, then the likest of the rest. */
const greedily = (people: readonly Issued[], entries: readonly Voted[]): [Issued, Voted][] => {
  const pairs = people.flatMap((one) =>
    entries.map((entry) => ({ one, entry, like: alike(one.a.signed, entry.a) + alike(one.b.signed, entry.b) })),
  );
  const [free, left] = [new Set(people), new Set(entries)];
  const matched: [Issued, Voted][] = [];
  for (const { one, entry } of pairs.toSorted((x, y) => y.like - x.like))
    if (free.has(one) && left.has(entry)) {
      free.delete(one);
      left.delete(entry);
      matched.push([one, entry]);
    }
  return matched;
};

const right = (pairs: readonly (readonly [Issued, Voted])[]): number =>
  pairs.filter(([{ number }, { token }]) => secrets.get(number)?.some((one) => one.token === token)).length;

/** Every order that the issuers know against every order that a box or board knows, and the likest pairs. */
const attack = (issued: readonly Issued[], onDisk: readonly Voted[], board: readonly Voted[]): void => {
  const people = {
    'order of signing': issued,
    'number on the roll': sortedBy(issued, ({ number }) => number),
    'first blinded list': sortedBy(issued, ({ a }) => a.blinded),
    'first signatures': sortedBy(issued, ({ a }) => a.signed),
    'second blinded list': sortedBy(issued, ({ b }) => b.blinded),
    'second signatures': sortedBy(issued, ({ b }) => b.signed),
  };
  const votes = {
    'place in the box': onDisk,
    'place on the board': board,
    token: sortedBy(onDisk, ({ token }) => token),
    'first signature': sortedBy(onDisk, ({ a }) => a),
    'second signature': sortedBy(onDisk, ({ b }) => b),
    'sealed choice': sortedBy(onDisk, ({ sealed }) => sealed),
    wraps: sortedBy(onDisk, ({ wraps }) => wraps.join()),
  };
  const found = (name: string, pairs: readonly (readonly [Issued, Voted])[]): void => {
    rightOf.set(name, (rightOf.get(name) ?? 0) + right(pairs));
  };
  for (const [by, ordered] of Object.entries(people))
    for (const [of, entries] of Object.entries(votes))
      for (const [way, list] of [
        ['', entries],
        [', backwards', entries.toReversed()],
      ] as const)
        found(
          `${by} against ${of}${way}`,
          ordered.flatMap((one, place) => {
            const entry = list[place];
            return entry === undefined ? [] : [[one, entry] as const];
          }),
        );
  found('likest signatures', greedily(issued, onDisk));
};

const hold = async (election: number): Promise<void> => {
  secrets.clear();
  at(election, 0);
  const days = { tokensFrom: dayOf(election, 1), opens: dayOf(election, 3), closes: dayOf(election, 7) };
  const id = await opened(clerk, { ...outside, asked: { ...outside.asked, ...days } });
  ({ manifest } = (await (await clerk.get(`/api/secret-ballots/${id}`)).json()) as { manifest: BallotManifest });
  await outside.rest();
  rmSync(path.join(outside.boxFolder, 'database'), { recursive: true, force: true });
  rmSync(path.join(village.folder, 'issuer/given'), { recursive: true, force: true });
  await outside.start(manifest);
  await sealCounty(server.deps, county);
  await publishCounty(server.deps, county);
  at(election, 1);
  const { slips } = (await (await clerk.get(`/api/secret-ballots/${id}/slips`)).json()) as {
    slips: { code: string }[];
  };
  const order = shuffled(
    Array.from({ length: voters }, (_, place) => place),
    election + 7,
  );
  for (const number of order) {
    const phone = new Phone(manifest, dice(`voter ${number} of election ${election}`).random);
    const codes = { a: slips[number]?.code ?? '', b: outside.codes()[number] ?? '' };
    secrets.set(number, await phone.take(server, outside.asked.issuerUrl, codes));
  }
  at(election, 3);
  // Nobody waits and nobody comes out of turn: the worst that a box could see.
  for (const number of order)
    for (const token of secrets.get(number) ?? []) {
      const choice = token.question === 'q1' ? (number % 2 === 0 ? 'c1' : 'c2') : 'returned';
      await castVote(outside.asked.boxUrl, await new Phone(manifest).seal(token, choice));
    }
  database = new pg.Client(connectionTo(clusterAt(path.join(outside.boxFolder, 'database')), 'lianxin'));
  database.on('error', () => undefined);
  await database.connect();
  const issued = await issuedIn(id);
  const open = await inBox();
  seenInTheOpenBox += right(issued.flatMap((one, place) => (open[place] === undefined ? [] : [[one, open[place]]])));
  at(election, 8);
  const closed = await clerk.send('POST', `/api/secret-ballots/${id}/close`, {});
  if (closed.status !== 200) throw new Error(await closed.text());
  const { rows: board } = await server.database.owner.query<Voted>(
    `select token, a, b, sealed, wraps from lx.secret_ballot_board where question = 'q1' and ballot = $1 order by ctid`,
    [id],
  );
  const onDisk = await inBox();
  expect([issued.length, onDisk.length, board.length]).toEqual([voters, voters, voters]);
  attack(issued, onDisk, board);
  // Nothing an issuer saw stands in the box: no blinded message, no signature.
  const seen = new Set(
    issued.flatMap(({ a, b }) =>
      [a.blinded, a.signed, b.blinded, b.signed].flatMap((list) => JSON.parse(list) as string[]),
    ),
  );
  expect(onDisk.filter(({ token, a, b }) => [token, a, b].some((one) => seen.has(one)))).toEqual([]);
};

beforeAll(
  async () => {
    village = await ballotVillage(voters);
    ({ server, outside, clerk } = village);
    for (let election = 0; election < elections; election += 1) {
      if (election > 0) await database.end();
      await hold(election);
    }
  },
  180_000 + elections * voters * 1000,
);
afterAll(async () => {
  await database.end();
  await village.close();
});

describe('an attacker who holds everything that is kept', () => {
  it(`matches voters with votes no better than by chance, in ${elections} elections of ${voters} voters`, () => {
    // One right in a list of any length is what chance gives, and one is also the variance.
    const sigma = Math.sqrt(elections);
    const attacks = [...rightOf].map(([name, links]) => ({ name, links, sigmas: (links - elections) / sigma }));
    const [best] = attacks.toSorted((one, other) => other.links - one.links);
    const { LIANXIN_CAMPAIGN: file } = process.env;
    if (file !== undefined)
      writeFileSync(file, JSON.stringify({ elections, voters, attacks: attacks.length, best, seenInTheOpenBox }));
    expect(attacks.length).toBe(6 * 7 * 2 + 1);
    expect(attacks.filter(({ sigmas }) => sigmas > 6)).toEqual([]);
    // The test can see: the same attack on a box that is still open, where people came in turn, has every link.
    expect(seenInTheOpenBox).toBe(elections * voters);
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
