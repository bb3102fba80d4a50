/* oxlint-disable vitest/no-standalone-expect -- the steps of the model say what each must come to; they run inside a test */
import type { SecretBallotDetail } from '@lianxin/contract';
import {
  addDays,
  BallotFile,
  changeChannel,
  parseNoteKey,
  plainDate,
  questionIds,
  type BallotChannel,
  type BallotEntry,
  type BallotManifest,
} from '@lianxin/domain';
import { codesOf, signIn, teaCounty, teaPeople, type SignedInClient, type TestServer } from '@lianxin/testkit/database';
import {
  askFirstIssuer,
  ballotVillage,
  castVote,
  opened,
  Phone,
  someBlinded,
  type BallotVillage,
  type Outside,
  type Token,
} from '@lianxin/testkit/secret-ballots';
import fc from 'fast-check';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBallotFile } from '../ballot-box/check-ballot-file.js';
import { publishCounty, sealCounty, sha256 } from '../log/index.js';

/** Whole ballots of as many steps each; a campaign asks for more: `npm run campaign -- --ballots ballot-model`. */
const runs = Number(process.env.LIANXIN_BALLOTS ?? 3);
const seed = Number(process.env.LIANXIN_SEED ?? 9474);
const steps = 90;
const voters = 12;
const { county } = teaCounty;
let village: BallotVillage;
let server: TestServer;
let outside: Outside;
let clerk: SignedInClient;
let teller: SignedInClient;
let begun = 0;

beforeAll(async () => {
  village = await ballotVillage(voters, [teaPeople.northOfficer]);
  ({ server, outside, clerk } = village);
  teller = await signIn(server, 'north.officer');
});
afterAll(() => village.close());

/** What somebody does next; `choice` and `question` where it takes them. */
interface Step {
  readonly what: 'take' | 'take elsewhere' | 'cast' | 'give up' | 'paper' | 'surrender' | 'lose' | 'mark a slip';
  readonly voter: number;
  readonly question: 'q1' | 'return-slip';
  readonly choice: 'c1' | 'c2' | 'c3' | '';
}
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom<Step['what'][]>(
    ...(['take', 'take', 'take', 'cast', 'cast', 'cast', 'cast', 'paper', 'mark a slip'] as const),
    ...(['take elsewhere', 'give up', 'surrender', 'lose'] as const),
  ),
  voter: fc.nat({ max: voters - 1 }),
  question: fc.constantFrom('q1', 'return-slip'),
  choice: fc.constantFrom('c1', 'c2', 'c3', ''),
});

/** One voter as the model has him: his way, what he holds, what he did. */
interface Voter {
  readonly person: string;
  readonly codes: { readonly a: string; readonly b: string };
  channel: BallotChannel;
  phone?: Phone;
  tokens: readonly Token[];
  readonly cast: Map<
    string,
    { readonly choice: string; readonly entry: BallotEntry; readonly ack: string | undefined }
  >;
  readonly given: Set<string>;
  slip?: string;
}

/** A ballot from its opening to the checked file, against a model of what each step must come to. */
class Election {
  readonly voters: Voter[] = [];
  private manifest!: BallotManifest;
  private readonly day: string;
  constructor() {
    // Each ballot begins where the clock stands: days only go forward.
    begun += 1;
    this.day = addDays(plainDate('2026-03-02'), (begun - 1) * 10);
  }

  private at(days: number): void {
    server.clock.set(`${addDays(plainDate(this.day), days)}T02:00:00.000Z`);
  }
  private get path(): string {
    return `/api/secret-ballots/${this.manifest.ballot}`;
  }
  private async publishLog(): Promise<void> {
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);
  }
  private read = async (): Promise<SecretBallotDetail> =>
    (await (await clerk.get(this.path)).json()) as SecretBallotDetail;

  async open(): Promise<void> {
    this.at(0);
    const days = { tokensFrom: 1, opens: 1, closes: 3 };
    const dates = Object.fromEntries(
      Object.entries(days).map(([name, after]) => [name, addDays(plainDate(this.day), after)]),
    );
    const id = await opened(clerk, { ...outside, asked: { ...outside.asked, ...dates } });
    ({ manifest: this.manifest } = (await (await clerk.get(`/api/secret-ballots/${id}`)).json()) as SecretBallotDetail);
    const { roll } = await this.read();
    const { slips } = (await (await clerk.get(`${this.path}/slips`)).json()) as { slips: { code: string }[] };
    rmSync(path.join(village.folder, 'issuer', 'given'), { recursive: true, force: true });
    await server.database.owner.query(`create database ${this.boxDatabase}`);
    await outside.start(this.manifest, this.boxAddress);
    for (const [at, { person }] of roll.entries())
      this.voters.push({
        person,
        codes: { a: slips[at]?.code ?? '', b: outside.codes()[at] ?? '' },
        channel: 'none',
        tokens: [],
        cast: new Map(),
        given: new Set(),
      });
    await this.publishLog();
    this.at(1);
  }
  private get boxDatabase(): string {
    return `${server.database.ownerConnection.database ?? ''}_box_${begun}`;
  }
  private get boxAddress(): string {
    const { host = '', port = 5432, user = '' } = server.database.ownerConnection;
    return `postgres://${user}@/${this.boxDatabase}?host=${host}&port=${port}`;
  }

  async do({ what, voter, question, choice }: Step): Promise<void> {
    const one = this.voters[voter];
    if (one === undefined) throw new Error('nobody');
    if (what === 'take') return this.take(one);
    if (what === 'take elsewhere') return this.takeElsewhere(one);
    if (what === 'cast') return this.cast(one, question, question === 'q1' ? choice : 'returned');
    if (what === 'give up') return this.giveUp(one);
    if (what === 'mark a slip') {
      // One slip, put into the box once.
      if (one.channel === 'paper') one.slip ??= choice;
      return undefined;
    }
    return this.desk(one, what);
  }

  /** The same list always: whoever asks again gets what he got, whatever happened to it since. */
  private async take(one: Voter): Promise<void> {
    const phone = one.phone ?? new Phone(this.manifest);
    const first = await phone.askFirst(server, one.codes.a);
    if (one.phone === undefined && one.channel !== 'none')
      return expect(await codesOf(first)).toEqual(['channel-taken']);
    expect(first.status).toBe(200);
    const { a } = phone.answers;
    const answered = ((await first.json()) as { signed: string[] }).signed;
    if (one.phone !== undefined) return expect(answered).toEqual(a);
    one.tokens = await phone.take(server, outside.asked.issuerUrl, one.codes);
    expect(phone.answers.a).toEqual(answered);
    one.phone = phone;
    one.channel = 'online';
  }

  /** Another phone with the same code gets nothing once a list was signed, and nothing besides paper. */
  private async takeElsewhere(one: Voter): Promise<void> {
    if (one.phone === undefined && one.channel === 'none') return;
    const { ballot } = this.manifest;
    const other = await askFirstIssuer(server, ballot, one.codes.a, someBlinded(2));
    expect(await codesOf(other)).toEqual([one.phone === undefined ? 'channel-taken' : 'tokens-given']);
    if (one.phone !== undefined)
      expect((await new Phone(this.manifest).askSecond(outside.asked.issuerUrl, one.codes.b)).status).toBe(409);
  }

  private async cast(one: Voter, question: string, choice: string): Promise<void> {
    const token = one.tokens.find((each) => each.question === question);
    if (token === undefined || one.phone === undefined) return;
    const before = one.cast.get(question);
    const same = before?.choice === choice;
    const entry = same ? before.entry : await one.phone.seal(token, choice);
    const { status, ack } = await castVote(outside.asked.boxUrl, entry);
    if (one.given.has(question) || (before !== undefined && !same)) return expect(status).toBe(409);
    expect([status, before === undefined || before.ack === ack]).toEqual([200, true]);
    one.cast.set(question, { choice, entry, ack });
  }

  /** All that is unused is made void, as the page does it. */
  private async giveUp(one: Voter): Promise<void> {
    for (const token of one.tokens) {
      const answer = await fetch(`${outside.asked.boxUrl}/surrenders`, { method: 'POST', body: JSON.stringify(token) });
      expect(answer.status).toBe(one.cast.has(token.question) ? 409 : 200);
      if (answer.status === 200) one.given.add(token.question);
    }
  }

  /** The desk looks at the phone: paper for tokens only where every one of them is void. */
  private async desk(one: Voter, what: 'paper' | 'surrender' | 'lose'): Promise<void> {
    if (what === 'surrender' && one.channel === 'online' && one.given.size < one.tokens.length) return;
    await this.handOut(one, what === 'paper' ? 'take-paper' : what === 'lose' ? 'lose-phone' : 'surrender');
  }

  /** What the desk does, whether it looked or not. */
  async handOut(one: Voter, change: 'take-paper' | 'lose-phone' | 'surrender'): Promise<void> {
    const next = changeChannel(one.channel, change);
    const answer = await clerk.send('POST', `${this.path}/channel`, { person: one.person, change });
    expect(await codesOf(answer)).toEqual(next === null ? ['channel-taken'] : []);
    one.channel = next ?? one.channel;
  }

  private get slips(): string[] {
    return this.voters.flatMap(({ slip }) => (slip === undefined ? [] : [slip]));
  }

  /** Two type the sheet, the last day passes, the organiser closes. */
  async close(): Promise<Response> {
    const { slips } = this;
    const issued = this.voters.filter(({ channel }) => channel === 'paper' || channel === 'provisional').length;
    const counts: Record<string, number> = {};
    for (const choice of slips) counts[choice] = (counts[choice] ?? 0) + 1;
    const sheet = { place: '茶馆', issued, spoiled: 0, inBox: slips.length, counts: { q1: counts } };
    if (issued > 0)
      for (const who of [clerk, teller])
        expect((await who.send('POST', `${this.path}/sheets`, sheet)).status).toBe(200);
    this.at(4);
    return clerk.send('POST', `${this.path}/close`, {});
  }

  async count(): Promise<void> {
    const keys = [0, 2].map((trustee) => ({ trustee, key: outside.trustees[trustee] ?? '' }));
    expect((await clerk.send('POST', `${this.path}/publish`, { keys })).status).toBe(200);
    await this.publishLog();
    await this.compare();
  }

  async end(): Promise<void> {
    await outside.rest();
    await server.database.owner.query(`drop database ${this.boxDatabase} with (force)`);
  }

  private async compare(): Promise<void> {
    const { ballot } = this.manifest;
    const { slips } = this;
    const file = BallotFile.parse(await (await server.request(`/api/public-ballots/${county}/${ballot}/file`)).json());
    const logKey = parseNoteKey(sha256, (await (await server.request(`/log/${county}/2026/key`)).text()).trim());
    expect(await checkBallotFile(file, logKey === null ? undefined : { key: logKey })).toEqual([]);
    const took = this.voters.filter(({ phone }) => phone !== undefined);
    // Everybody who ever took tokens is counted once, and what came back is never more.
    expect(file.issuedOnline).toBe(took.length);
    expect(file.participants.map(({ channel }) => channel)).toEqual(this.voters.map(({ channel }) => channel));
    for (const question of questionIds(this.manifest)) {
      const cast = took.filter((one) => one.cast.has(question));
      const given = took.filter((one) => one.given.has(question));
      expect(file.boards[question]?.map(({ token }) => token).toSorted()).toEqual(
        cast.flatMap((one) => one.cast.get(question)?.entry.token ?? []).toSorted(),
      );
      expect(file.surrendered[question] ?? 0).toBe(given.length);
      expect(cast.length + given.length).toBeLessThanOrEqual(file.issuedOnline);
    }
    // Nobody over paper and phone, and everybody's vote is in the count.
    for (const one of this.voters) expect([one.slip, one.cast.get('q1')]).toContain(undefined);
    const expected: Record<string, number> = { '': 0, c1: 0, c2: 0, c3: 0 };
    const online = took.flatMap((one) => one.cast.get('q1')?.choice ?? []);
    for (const choice of [...online, ...slips]) expected[choice] = (expected[choice] ?? 0) + 1;
    const enough =
      [online.length, slips.length].every((some) => some === 0 || some >= 5) && online.length + slips.length >= 5;
    expect(file.results['q1']).toEqual(
      enough ? { counts: expected, valid: online.length + slips.length, invalid: 0 } : { suppressed: true },
    );
  }
}

describe('a secret ballot, whatever its voters do in which order', () => {
  it(
    `issues no fewer than come back, counts everybody once and nobody over paper and phone, in ${runs} ballots of ${steps} steps`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: steps, maxLength: steps }), async (all) => {
          const election = new Election();
          await election.open();
          for (const one of all) await election.do(one);
          const closed = await election.close();
          expect([closed.status, await closed.text()]).toEqual([200, expect.any(String)]);
          await election.count();
          await election.end();
        }),
        { numRuns: runs, seed, endOnFailure: true },
      );
      const { LIANXIN_CAMPAIGN: file } = process.env;
      if (file !== undefined) writeFileSync(file, JSON.stringify({ ballots: runs, steps, seed }));
    },
    60_000 + runs * 20_000,
  );

  it('is not closed where the desk gave paper for tokens that are not void', async () => {
    const election = new Election();
    await election.open();
    for (const voter of [0, 1]) await election.do({ what: 'take', voter, question: 'q1', choice: '' });
    const [one, other] = election.voters;
    if (one === undefined || other === undefined) throw new Error('nobody');
    await election.do({ what: 'give up', voter: 0, question: 'q1', choice: '' });
    await election.handOut(one, 'surrender');
    // The other only says so, gets paper, and casts all the same.
    await election.handOut(other, 'surrender');
    await election.do({ what: 'cast', voter: 1, question: 'q1', choice: 'c1' });
    const refused = await election.close();
    expect([refused.status, await refused.text()]).toEqual([
      422,
      expect.stringContaining('paper-for-tokens-that-are-not-void'),
    ]);
    await election.end();
  });
});
