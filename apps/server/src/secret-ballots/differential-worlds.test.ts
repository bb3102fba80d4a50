/* oxlint-disable vitest/no-standalone-expect -- what a world must come through before it is compared */
import type { BallotEntry, BallotManifest } from '@lianxin/domain';
import { clientOf, copiesOf, teaCounty, type TestServer } from '@lianxin/testkit/database';
import {
  addTeaBallots,
  castVote,
  dice,
  diceOfTheOther,
  knowHosts,
  opened,
  Phone,
  prepareOutside,
  type Outside,
  type TokensTaken,
} from '@lianxin/testkit/secret-ballots';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people, places } from '../access/test-pack/askers.js';
import { askingCounty, type AskingCounty } from '../access/test-pack/asking-county.js';
import { contentOf, crawl, differing } from '../access/test-pack/crawl.js';
import { publishCounty, sealCounty } from '../log/index.js';
import { clusterAt, connectionTo } from '../storage/embedded/cluster.js';

/**
 * Two worlds that differ in one thing: in the one A votes 好 and B 不好, in the other it is the other way round. Both are copies of one world on the eve of the
 * vote, keys included, so that nothing is random in them but the dice of A's and B's phones; those of the second world are the ones that ask the issuers for
 * the same bytes. Whoever does not hold one of the two phones, and everybody else together, must see the same bytes in both.
 */
const [a, b] = [2, 7];
const voters = 12;
const { county } = teaCounty;
const folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-two-worlds-'));
const outsideFolder = path.join(folder, 'outside');

/** What somebody sees: where → bytes. */
type View = Map<string, string>;
interface World {
  readonly view: View;
  /** The order of arrival that an open box has on its disk. */
  readonly arrivals: readonly string[];
  /** What voters know of themselves. */
  readonly voted: ReadonlyMap<number, { readonly taken: TokensTaken; readonly choice: string }>;
}

/** Every file below a folder, as its bytes. */
const filesIn = (place: string): [string, string][] =>
  readdirSync(place, { recursive: true, withFileTypes: true }).flatMap((file): [string, string][] => {
    const whole = path.join(file.parentPath, file.name);
    return file.isFile() ? [[path.relative(place, whole), readFileSync(whole, 'latin1')]] : [];
  });

/** Every table that a database has, in the order in which its rows lie there. */
const dumpOf = async (database: pg.Client | pg.Pool, schema: string): Promise<[string, string][]> => {
  const { rows } = await database.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'S') order by 1`,
    [schema],
  );
  const dump: [string, string][] = [];
  for (const { name } of rows) {
    const { rows: lines } = await database.query<{ line: string }>(
      `select t::text as line from ${schema}."${name}" t order by ctid`,
    );
    dump.push([name, lines.map(({ line }) => line).join('\n')]);
  }
  return dump;
};

let eve: AskingCounty;
let outside: Outside;
let manifest: BallotManifest;
let now: TestServer;
let codes: readonly { readonly a: string; readonly b: string }[] = [];
let worlds: readonly [World, World];

const at = (day: number): void => now.clock.set(`2026-03-${String(day).padStart(2, '0')}T02:00:00.000Z`);
const publishLog = async (): Promise<void> => {
  await sealCounty(now.deps, county);
  await publishCounty(now.deps, county);
};

/** Addresses at which a ballot, its village or the log is answered. */
const ofTheBallot = (route: string): boolean =>
  /^\/(api\/(secret|public)-ballots|ballot\/|api\/matters|v\/:code(\/ballots)?$|log)/.test(route);
/** Who reads everything that can be read once all is published; the others read what has to do with the ballot. A campaign lets everybody read everything. */
const readers = process.env.LIANXIN_WORLDS === 'whole' ? people.map(({ id }) => id) : ['clerk'];
/** Who asks before: the organiser, who sees most, and somebody who is not logged in. */
const early = ['visitor', 'clerk'];

/** What everybody may ask the township's server, and the tiles of its log. */
const askedByAll = async (county_: AskingCounty, phase: string): Promise<[string, string][]> => {
  const heard: [string, string][] = [];
  for (const { id } of people.filter(({ id }) => phase === 'published' || early.includes(id))) {
    const whole = phase === 'published' && readers.includes(id);
    const answers = await crawl(county_, id, whole ? {} : { routes: ofTheBallot });
    for (const [address, body] of answers) heard.push([`${phase}: ${id} asks ${address}`, body]);
  }
  const log = `/log/${county}/2026`;
  const size = (await (await now.request(`${log}/checkpoint`)).text()).split('\n')[1] ?? '';
  for (const tile of [`0/000.p/${size}`, `entries/000.p/${size}`])
    heard.push([`${phase}: tile ${tile}`, await contentOf(await now.request(`${log}/tile/${tile}`))]);
  return heard;
};

const openBoxDatabase = async (): Promise<pg.Client> => {
  const client = new pg.Client(connectionTo(clusterAt(path.join(outside.boxFolder, 'database')), 'lianxin'));
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

/** Lives one world from the eve to the published count. */
const live = async (server: TestServer, before?: World): Promise<World> => {
  now = server;
  rmSync(outsideFolder, { recursive: true });
  cpSync(path.join(folder, 'eve'), outsideFolder, { recursive: true });
  await outside.start(manifest);
  const view: View = new Map();
  const see = (who: string, seen: readonly (readonly [string, string])[]): void => {
    for (const [where, bytes] of seen) view.set(`${who}: ${where}`, bytes);
  };
  const clients = new Map([...eve.clients].map(([id, { cookie }]) => [id, clientOf(server, id, cookie)]));
  const world: AskingCounty = { server, clients, things: eve.things };
  const other = (voter: number): number => (before === undefined ? voter : voter === a ? b : voter === b ? a : voter);
  const choiceOf = (voter: number): string => (voter === b ? 'c3' : voter === a || voter % 2 === 0 ? 'c1' : 'c2');
  const voted = new Map<number, { taken: TokensTaken; choice: string }>();
  const votes: { readonly voter: number; readonly entry: BallotEntry }[] = [];
  at(3);
  for (const [voter, ours] of codes.entries()) {
    server.clock.advance({ minutes: 7 });
    const seed = `phone ${other(voter)}`;
    const [then, swapped] = [before?.voted.get(voter)?.taken, before?.voted.get(other(voter))?.taken];
    const thrown = dice(seed, swapped?.shown.length);
    const random =
      then === undefined || swapped === undefined || other(voter) === voter
        ? dice(seed).random
        : diceOfTheOther(manifest, then, swapped, thrown.random);
    const own = before === undefined ? dice(seed) : { random, shown: [] };
    const phone = new Phone(manifest, own.random);
    const shown = [...own.shown];
    const tokens = await phone.take(server, outside.asked.issuerUrl, ours);
    const choice = choiceOf(other(voter));
    voted.set(voter, { taken: { answers: phone.answers, tokens, shown }, choice });
    see('the issuers on the wire', [[`voter ${voter}`, JSON.stringify([phone.taking.blinded, phone.answers])]]);
    for (const token of tokens)
      votes.push({ voter, entry: await phone.seal(token, token.question === 'q1' ? choice : 'returned') });
  }
  see('everybody', await askedByAll(world, 'tokens taken'));
  at(5);
  for (const [turn, { voter, entry }] of votes.entries()) {
    const { ack, status } = await castVote(outside.asked.boxUrl, entry);
    see('the network', [[`vote ${turn}`, `${entry.question} ${JSON.stringify(entry).length} ${status}`]]);
    if (voter !== a && voter !== b) see('another voter', [[`vote ${turn}`, String(ack)]]);
  }
  const box = await openBoxDatabase();
  const { rows: arrived } = await box.query<{ token: string }>('select token from ballot_box order by ctid');
  at(10);
  const clerk = clients.get('clerk');
  const command = async (what: string, body: object): Promise<void> => {
    const answer = await clerk?.send('POST', `/api/secret-ballots/${manifest.ballot}/${what}`, body, {
      'idempotency-key': `two-worlds-${what}`,
    });
    const said = answer === undefined ? '' : await contentOf(answer);
    see('the organiser', [[what, said]]);
    expect(said).toMatch(/^200 /);
  };
  await command('close', {});
  await publishLog();
  see('everybody', await askedByAll(world, 'closed'));
  await command('publish', { keys: [0, 2].map((trustee) => ({ trustee, key: outside.trustees[trustee] })) });
  await publishLog();
  see('everybody', await askedByAll(world, 'published'));
  see('the county operator', await dumpOf(server.database.owner, 'lx'));
  see('the county operator', filesIn(server.deps.config.data));
  see('the county operator', [['log', server.logged.map((line) => JSON.stringify(line)).join('\n')]]);
  see('the operator of the box', await dumpOf(box, 'public'));
  await box.end();
  await outside.rest();
  see(
    'those outside',
    filesIn(outsideFolder).filter(([name]) => !name.startsWith('box/database')),
  );
  return { view, voted, arrivals: arrived.map(({ token }) => token) };
};

beforeAll(async () => {
  eve = await askingCounty((server) => addTeaBallots(server.database.owner, voters));
  now = eve.server;
  outside = await prepareOutside(outsideFolder, () => now.clock.now());
  knowHosts(now, outside);
  const clerk = eve.clients.get('clerk');
  if (clerk === undefined) throw new Error('nobody organises');
  const id = await opened(clerk, outside);
  ({ manifest } = (await (await clerk.get(`/api/secret-ballots/${id}`)).json()) as { manifest: BallotManifest });
  const { slips } = (await (await clerk.get(`/api/secret-ballots/${id}/slips`)).json()) as {
    slips: { name: string; code: string }[];
  };
  await outside.start(manifest);
  const guests = slips.flatMap(({ name, code }, line) =>
    name.startsWith('茶客') ? [{ a: code, b: outside.codes()[line] ?? '' }] : [],
  );
  codes = guests;
  await publishLog();
  // The one key that is made when it is first asked for, and has nothing to do with any of this.
  await clerk.get('/api/account/push');
  await outside.rest();
  cpSync(outsideFolder, path.join(folder, 'eve'), { recursive: true });
  const here = eve.things.get('same-village') ?? {};
  const things = new Map([...eve.things, ['same-village', { ...here, ballot: id, county, year: '2026' }] as const]);
  eve = { ...eve, things };
  const [first, second] = await copiesOf(now, 2);
  if (first === undefined || second === undefined) throw new Error('no copies');
  const one = await live(first);
  worlds = [one, await live(second, one)];
  for (const server of [first, second]) await server.close();
}, 900_000);
afterAll(async () => {
  await outside.stop();
  await eve.server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('two elections that differ only in which of two voters chose what', () => {
  it('do differ for the two themselves, and on the disk of a box that is still open', () => {
    const [one, other] = worlds;
    const choices = worlds.map(({ voted }) => [voted.get(a)?.choice, voted.get(b)?.choice]);
    expect(choices).toEqual([
      ['c1', 'c3'],
      ['c3', 'c1'],
    ]);
    expect(one.voted.get(a)?.taken.tokens).toEqual(other.voted.get(b)?.taken.tokens);
    expect(one.voted.get(a)?.taken.tokens).not.toEqual(other.voted.get(a)?.taken.tokens);
    // Who cheats at the open box and writes arrivals down sees an order; it names nobody, and closing removes it.
    expect(one.arrivals).not.toEqual(other.arrivals);
    expect(one.arrivals.toSorted()).toEqual(other.arrivals.toSorted());
  });

  it('are equal to the byte for everybody else together: operators, issuers, trustees, offices, neighbours, network', () => {
    const [one, other] = worlds;
    const seen = [...one.view.keys()];
    for (const who of [
      'the county operator: secret_ballot_issue',
      'the county operator: journal_entry',
      'the operator of the box: ballot_box',
      'those outside: issuer/given/3.json',
      `everybody: published: visitor asks /api/public-ballots/${county}/${manifest.ballot}/file`,
      `everybody: published: clerk asks /api/secret-ballots/${manifest.ballot}`,
    ])
      expect(seen).toContain(who);
    expect(one.view.get('the operator of the box: ballot_box')?.split('\n')).toHaveLength(voters * 2);
    expect(places.self.startsWith(county)).toBe(true);
    expect(differing(one.view, other.view)).toEqual([]);
    const { LIANXIN_CAMPAIGN: file } = process.env;
    if (file !== undefined) writeFileSync(file, JSON.stringify({ seen: seen.length }));
  });
});
