import type { SecretBallotDetail } from '@lianxin/contract';
import {
  BallotFile,
  fromBase64Url,
  manifestId,
  parseNoteKey,
  participantMark,
  plainDate,
  toHex,
  type BallotManifest,
} from '@lianxin/domain';
import {
  codesOf,
  signIn,
  sumOfTables,
  teaCounty,
  teaPeople,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBallotFile } from '../ballot-box/check-ballot-file.js';
import { publishCounty, sealCounty, sha256 } from '../log/index.js';
import { posterOf } from './poster.js';
import {
  askFirstIssuer,
  ballotVillage,
  castVote,
  opened,
  Phone,
  someBlinded,
  type BallotVillage,
  type Outside,
} from '@lianxin/testkit/secret-ballots';

const { county } = teaCounty;
let village: BallotVillage;
let server: TestServer;
let outside: Outside;
let clerk: SignedInClient;
let neighbour: SignedInClient;
let resident: SignedInClient;
let teller: SignedInClient;
let id = '';
let manifest: BallotManifest;
let slips: { number: number; name: string; code: string }[] = [];

const at = (day: number): void => server.clock.set(`2026-03-${String(day).padStart(2, '0')}T02:00:00.000Z`);
const read = async (who = clerk): Promise<SecretBallotDetail> =>
  (await (await who.get(`/api/secret-ballots/${id}`)).json()) as SecretBallotDetail;
const post = (what: string, body: object, who = clerk): Promise<Response> =>
  who.send('POST', `/api/secret-ballots/${id}/${what}`, body);
/** Everything kept of ballots, in one figure. */
const facts = async (): Promise<string> =>
  sumOfTables(server.database.owner, [
    'secret_ballot',
    'secret_ballot_roll',
    'secret_ballot_issue',
    'secret_ballot_paper',
    'secret_ballot_board',
    'matter',
    'act',
    'journal_entry',
  ]);
const unchanged = async (work: () => Promise<void>): Promise<void> => {
  const before = await facts();
  await work();
  expect(await facts()).toBe(before);
};
const publishLog = async (): Promise<void> => {
  await sealCounty(server.deps, county);
  await publishCounty(server.deps, county);
};
const codeA = (voter: number): string => slips[voter]?.code ?? '';
const codeB = (voter: number): string => outside.codes()[voter] ?? '';

beforeAll(async () => {
  const { lowerClerk, upperResident, northOfficer } = teaPeople;
  village = await ballotVillage(130, [lowerClerk, upperResident, northOfficer]);
  ({ server, outside, clerk } = village);
  neighbour = await signIn(server, 'lower.clerk');
  resident = await signIn(server, 'upper.resident');
  teller = await signIn(server, 'north.officer');
});
afterAll(() => village.close());

describe('a secret ballot', () => {
  it('is not opened for an election, by a stranger, among nine, on days that do not follow, or with hosts and keys nobody knows', async () => {
    const { asked } = outside;
    const tryWith = async (over: object, who = clerk): Promise<string[]> =>
      codesOf(await who.send('POST', '/api/secret-ballots', { ...asked, ...over }));
    await unchanged(async () => {
      const election = await clerk.send('POST', '/api/secret-ballots', { ...asked, about: 'committee-election' });
      const { faults } = (await election.json()) as { faults: { code: string; what: string; source: string[] }[] };
      expect(faults.map(({ code, source }) => [code, source])).toEqual([['other-procedure-required', ['LAW-VC-18e']]]);
      expect(faults[0]?.what).toContain('纸票表决');
      expect(await tryWith({}, neighbour)).toEqual(['not-found']);
      expect(await tryWith({}, resident)).toEqual(['not-found']);
      expect(await tryWith({ bodies: ['villagers-committee'] })).toEqual(['ballot-too-few']);
      expect(await tryWith({ tokensFrom: '2026-03-02' })).toEqual(['ballot-day-wrong']);
      expect(await tryWith({ closes: '2026-03-04' })).toEqual(['ballot-day-wrong']);
      expect(await tryWith({ boxUrl: 'http://elsewhere.example' })).toEqual(['ballot-host-unknown']);
      expect(await tryWith({ trustees: [asked.trustees[0], asked.trustees[0], asked.trustees[2]] })).toEqual([
        'ballot-key-wrong',
      ]);
    });
  });

  it('is opened on a frozen roll as an act of its matter, with manifest and keys in the public log', async () => {
    id = await opened(clerk, outside);
    const detail = await read();
    ({ manifest } = detail);
    expect([detail.state, detail.entitled, detail.roll.length, detail.returned]).toEqual(['open', 130, 130, null]);
    expect(manifest.labels).toEqual({ c1: '好', c2: '一般', c3: '不好' });
    const matter = (await (await clerk.get(`/api/matters/${detail.matter}`)).json()) as { acts: { act: string }[] };
    expect(matter.acts.map(({ act }) => act)).toEqual(['open', 'open-ballot']);
    slips = ((await (await clerk.get(`/api/secret-ballots/${id}/slips`)).json()) as { slips: typeof slips }).slips;
    expect(new Set(slips.map(({ code }) => code)).size).toBe(130);
    await outside.start(manifest);
    // A day must pass, and the log must have it.
    expect(await codesOf(await askFirstIssuer(server, id, codeA(0), someBlinded(2)))).toEqual(['ballot-not-yet']);
    at(3);
    expect(await codesOf(await askFirstIssuer(server, id, codeA(0), someBlinded(2)))).toEqual(['ballot-not-yet']);
    await publishLog();
    const { rows } = await server.database.owner.query<{ kind: string; index: number }>(
      `select kind, log_index as index from lx.journal_entry where kind like 'ballot.%' and leaf = 'public' order by log_index`,
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['ballot.manifest', ...Array.from({ length: 5 }, () => 'ballot.key')]);
    expect((await read()).logged).toBe('logged');
  });

  it('hangs on the wall with the digits that every phone must show, and with others where one key is another', async () => {
    const digitsOn = (shown: BallotManifest): string | undefined =>
      posterOf(shown, { issuer: '茶上村', address: 'http://lianxin.test/ballot', date: plainDate('2026-03-03') })
        .blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []))
        .find((text) => /^[0-9a-f]{4}(　[0-9a-f]{4}){7}$/.test(text));
    const name = toHex(manifestId(sha256, manifest));
    expect(digitsOn(manifest)?.replaceAll('　', '')).toBe(name.slice(0, 32));
    const other = { ...manifest, issuers: { ...manifest.issuers, a: manifest.issuers.b } };
    expect(digitsOn(other)).not.toBe(digitsOn(manifest));
    const sheet = await server.request(`/v/${teaCounty.divisions.upper}/ballots/${id}/poster.pdf`);
    expect([sheet.status, sheet.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect((await server.request(`/v/${teaCounty.divisions.lower}/ballots/${id}/poster.pdf`)).status).toBe(404);
  });

  it('gives a hundred voters who come at once exactly one list each, and nobody a second one', async () => {
    const lists = Array.from({ length: 100 }, () => [someBlinded(2), someBlinded(2)] as const);
    // Everybody presses twice, with two lists, at the same moment.
    const answers = await Promise.all(
      lists.flatMap(([one, other], voter) => [
        askFirstIssuer(server, id, codeA(voter), one),
        askFirstIssuer(server, id, codeA(voter), other),
      ]),
    );
    const statuses = answers.map(({ status }) => status);
    for (let voter = 0; voter < 100; voter += 1)
      expect(statuses.slice(voter * 2, voter * 2 + 2).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const { rows } = await server.database.owner.query<{ lists: number; online: number }>(
      `select (select count(*)::int from lx.secret_ballot_issue) as lists,
        (select count(*)::int from lx.secret_ballot_roll where channel = 'online') as online`,
    );
    expect(rows).toEqual([{ lists: 100, online: 100 }]);
  });

  it('answers a hundred copies of one request with one list, byte for byte, also when the first answer was lost', async () => {
    const list = someBlinded(2);
    const answers = await Promise.all(Array.from({ length: 100 }, () => askFirstIssuer(server, id, codeA(100), list)));
    const bodies = new Set(await Promise.all(answers.map((answer) => answer.text())));
    expect([new Set(answers.map(({ status }) => status)), bodies.size]).toEqual([new Set([200]), 1]);
    // Nothing of it says at which hour.
    const { rows } = await server.database.owner.query<{ type: string }>(
      `select distinct data_type as type from information_schema.columns where table_schema = 'lx'
       and table_name in ('secret_ballot_issue', 'secret_ballot_roll', 'secret_ballot_board') order by 1`,
    );
    expect(rows.map(({ type }) => type)).not.toContain('timestamp with time zone');
    const { rows: traces } = await server.database.owner.query(
      `select from lx.command where route like '%tokens%' union all select from lx.journal_entry where recorded_at >= '2026-03-03'::date and kind = 'ballot.work'`,
    );
    expect(traces).toEqual([]);
  });

  it('refuses a wrong code, hostile lists and whoever has paper; whoever has tokens gets no paper', async () => {
    const paper = (await read()).roll[101];
    expect((await post('channel', { person: paper?.person, change: 'take-paper' })).status).toBe(200);
    await unchanged(async () => {
      const hostile = [
        someBlinded(1),
        someBlinded(3),
        [someBlinded(1)[0] ?? '', Buffer.alloc(384, 255).toString('base64url')],
        [someBlinded(1)[0] ?? '', Buffer.alloc(384).toString('base64url')],
        [someBlinded(1)[0] ?? '', 'x'],
      ];
      for (const list of hostile)
        expect(await codesOf(await askFirstIssuer(server, id, codeA(102), list))).toEqual(['blinded-list-wrong']);
      expect(await codesOf(await askFirstIssuer(server, id, 'AAAAAAAAAA', someBlinded(2)))).toEqual([
        'ballot-code-wrong',
      ]);
      expect(await codesOf(await askFirstIssuer(server, id, codeA(101), someBlinded(2)))).toEqual(['channel-taken']);
      const [online] = (await read()).roll;
      for (const change of ['take-paper', 'surrender', 'lose-phone'])
        expect(await codesOf(await post('channel', { person: paper?.person, change }))).toEqual(['channel-taken']);
      expect(await codesOf(await post('channel', { person: online?.person, change: 'take-paper' }))).toEqual([
        'channel-taken',
      ]);
      expect(
        await codesOf(await post('channel', { person: teaPeople.lowerResident.person, change: 'take-paper' })),
      ).toEqual(['not-on-roll']);
      for (const [who, fault] of [
        [neighbour, 'not-found'],
        [resident, 'not-found'],
      ] as const) {
        expect(await codesOf(await post('channel', { person: online?.person, change: 'lose-phone' }, who))).toEqual([
          fault,
        ]);
        expect(await codesOf(await post('close', { provisionalCounted: 0 }, who))).toEqual([fault]);
        expect(await codesOf(await who.get(`/api/secret-ballots/${id}`))).toEqual([fault]);
        expect(await codesOf(await who.get(`/api/secret-ballots/${id}/slips`))).toEqual([fault]);
      }
      expect(await codesOf(await post('close', { provisionalCounted: 0 }))).toEqual(['ballot-still-open']);
      expect(await codesOf(await post('publish', { keys: [] }))).toEqual(['ballot-not-closed']);
    });
  });

  it('gives no second signature to whoever holds the whole first database', async () => {
    // Every code the first issuer can make, on the second issuer's door.
    const tried = new Phone(manifest);
    for (const { code } of slips.slice(0, 20))
      expect((await tried.askSecond(outside.asked.issuerUrl, code)).status).toBe(401);
    const own = await tried.askSecond(outside.asked.issuerUrl, codeB(103));
    const again = await tried.askSecond(outside.asked.issuerUrl, codeB(103).toLowerCase());
    expect([own.status, await own.text()]).toEqual([200, await again.text()]);
    expect((await new Phone(manifest).askSecond(outside.asked.issuerUrl, codeB(103))).status).toBe(409);
  });

  it('is cast on phones without a session, closed, opened by two trustees, and checked by anybody', async () => {
    const wishes = ['c1', 'c1', 'c1', 'c2', 'c3', 'c1', ''];
    const phones = wishes.map(() => new Phone(manifest));
    const tokens = await Promise.all(
      phones.map((phone, at) =>
        phone.take(server, outside.asked.issuerUrl, { a: codeA(110 + at), b: codeB(110 + at) }),
      ),
    );
    const [early] = tokens;
    const [token] = early ?? [];
    if (token === undefined) throw new Error('no token');
    const first = await new Phone(manifest).seal(token, 'c1');
    expect((await castVote(outside.asked.boxUrl, first)).status).toBe(409);
    at(5);
    expect((await castVote(outside.asked.boxUrl, first)).status).toBe(200);
    for (const [voter, phone] of phones.entries())
      for (const token of tokens[voter] ?? []) {
        if (token.token === first.token) continue;
        const choice = token.question === 'q1' ? (wishes[voter] ?? '') : 'returned';
        expect((await castVote(outside.asked.boxUrl, await phone.seal(token, choice))).status).toBe(200);
      }
    // Five take paper; the sheet is typed by two, who must agree.
    const { roll } = await read();
    for (const line of roll.slice(120, 124))
      expect((await post('channel', { person: line.person, change: 'take-paper' })).status).toBe(200);
    const sheet = { place: '茶馆', issued: 5, spoiled: 0, inBox: 5, counts: { q1: { c1: 2, c2: 2, c3: 1 } } };
    expect(await codesOf(await post('sheets', { ...sheet, inBox: 6 }))).toEqual(['votes-do-not-add-up']);
    expect(await codesOf(await post('sheets', { ...sheet, counts: { q1: { c9: 1 } } }))).toEqual(['field-unknown']);
    expect((await post('sheets', sheet)).status).toBe(200);
    at(10);
    expect(await codesOf(await post('close', {}))).toEqual(['second-count-missing']);
    const other = { ...sheet, counts: { q1: { c1: 3, c2: 1, c3: 1 } } };
    expect((await post('sheets', other, teller)).status).toBe(200);
    expect(await codesOf(await post('close', {}))).toEqual(['counts-differ', 'counts-differ']);
    expect((await post('sheets', sheet, teller)).status).toBe(200);
    expect((await post('close', {})).status).toBe(200);
    const closed = await read();
    expect([closed.state, closed.given, closed.returned, closed.mayOpen, closed.results]).toEqual([
      'closed',
      { online: 108, paper: 5 },
      12,
      true,
      null,
    ]);
    expect((await server.request(`/api/public-ballots/${county}/${id}/file`)).status).toBe(404);
    const key = (trustee: number, of = trustee) => ({ trustee, key: outside.trustees[of] ?? '' });
    expect(await codesOf(await post('publish', { keys: [] }))).toEqual(['trustee-keys-missing']);
    expect(await codesOf(await post('publish', { keys: [key(0), key(1, 2)] }))).toEqual(['trustee-keys-missing']);
    expect((await post('publish', { keys: [key(0), key(2)] })).status).toBe(200);
    expect(await codesOf(await post('publish', { keys: [key(0), key(2)] }))).toEqual(['already-done']);
    expect((await read()).results).toEqual({
      q1: { counts: { '': 1, c1: 6, c2: 3, c3: 2 }, valid: 12, invalid: 0 },
    });
    const matter = (await (await clerk.get(`/api/matters/${(await read()).matter}`)).json()) as { state: string };
    expect(matter.state).toBe('ended');
    await publishLog();
    const answer = await server.request(`/api/public-ballots/${county}/${id}/file`);
    const file = BallotFile.parse(await answer.json());
    const logKey = parseNoteKey(sha256, (await (await server.request(`/log/${county}/2026/key`)).text()).trim());
    expect(await checkBallotFile(file, logKey === null ? undefined : { key: logKey })).toEqual([]);
    // A voter finds the own vote on the board, and the own line on the list.
    expect(file.boards['q1']).toContainEqual(first);
    const again = await askFirstIssuer(server, id, codeA(110), phones[0]?.taking.blinded.a ?? []);
    const { salt, number } = (await again.json()) as {
      salt: string;
      number: number;
    };
    const mark = participantMark(
      sha256,
      fromBase64Url(salt) ?? new Uint8Array(),
      closed.roll[110]?.person ?? '',
      'assembly',
    );
    expect(file.participants[number - 1]).toEqual({ person: mark, group: 'assembly', channel: 'online' });
  });
});
