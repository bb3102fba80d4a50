/// <reference types="node" />
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  privateDecrypt,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../transparency/bytes.js';
import { isSignature } from './blind/index.js';
import {
  ackMessage,
  BallotFile,
  BallotManifest,
  changeChannel,
  countBoard,
  finishTokens,
  manifestId,
  mayPublishKeys,
  openChoice,
  participantMark,
  questionIds,
  hashOfToken,
  returnSlip,
  rollRootOf,
  sealChoice,
  sortBoard,
  takeTokens,
  verifyBallot,
  type BallotEntry,
  type BallotTools,
  type Issuer,
  type TrusteeKeys,
} from './index.js';

const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count));
const sha384 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha384').update(bytes).digest());
const privateOf = (key: Uint8Array): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), key]),
    format: 'der',
    type: 'pkcs8',
  });
const spki = (kind: number, key: Uint8Array): KeyObject =>
  createPublicKey({
    key: Buffer.concat([Buffer.from([0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, kind, 3, 0x21, 0]), key]),
    format: 'der',
    type: 'spki',
  });
const tools: BallotTools = {
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  random,
  publicOf: (key) =>
    new Uint8Array(createPublicKey(privateOf(key)).export({ format: 'der', type: 'spki' }).subarray(-32)),
  agree: (own, other) => new Uint8Array(diffieHellman({ privateKey: privateOf(own), publicKey: spki(0x6e, other) })),
  encrypt: (key, nonce, aad, text) => {
    const box = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
    return new Uint8Array(Buffer.concat([box.update(text), box.final(), box.getAuthTag()]));
  },
  decrypt: (key, nonce, aad, box) => {
    try {
      const open = createDecipheriv('aes-256-gcm', key, nonce).setAAD(aad).setAuthTag(box.slice(-16));
      return new Uint8Array(Buffer.concat([open.update(box.slice(0, -16)), open.final()]));
    } catch {
      return null;
    }
  },
  check: (key, message, signature) => isSignature(sha384, key, message, signature),
  verifyEd25519: (key, message, signature) => verify(null, message, spki(0x70, key), signature),
};
const taker = { ...tools, sha384 };

const issuers = {
  a: generateKeyPairSync('rsa', { modulusLength: 3072 }),
  b: generateKeyPairSync('rsa', { modulusLength: 3072 }),
};
const rogue = generateKeyPairSync('rsa', { modulusLength: 3072 });
const box = generateKeyPairSync('ed25519');
const trustees = [random(32), random(32), random(32)];
const modulus = (pair: { publicKey: KeyObject }): string => pair.publicKey.export({ format: 'jwk' }).n ?? '';
const signList = (key: KeyObject, blinded: readonly string[]): string[] =>
  blinded.map((one) =>
    toBase64Url(
      new Uint8Array(
        privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, fromBase64Url(one) ?? new Uint8Array()),
      ),
    ),
  );

const voters = Array.from({ length: 12 }, (_, at) => ({ person: `tea-guest-${at}`, salt: random(32) }));
const marks = voters.map(({ person, salt }) => participantMark(tools.sha256, salt, person, 'guests'));
let manifest: BallotManifest;
let ballot: Uint8Array;
let entries: BallotEntry[];

const keysOf = async (...numbers: number[]): Promise<TrusteeKeys> =>
  new Map(
    await Promise.all(
      numbers.map(async (number) => {
        const privateKey = trustees[number] ?? new Uint8Array();
        return [number, { privateKey, publicKey: await tools.publicOf(privateKey) }] as const;
      }),
    ),
  );
const cast = async (choices: Readonly<Record<string, string>>): Promise<BallotEntry[]> => {
  const taking = takeTokens(taker, manifest);
  const tokens = finishTokens(taker, manifest, taking, {
    a: signList(issuers.a.privateKey, taking.blinded.a),
    b: signList(issuers.b.privateKey, taking.blinded.b),
  });
  if (tokens === null) throw new Error('the tokens were refused');
  return Promise.all(
    tokens.map(async (token) => {
      const hash = hashOfToken(tools.sha256, token);
      const place = { manifest, ballot, question: token.question, hash };
      return { ...token, ...(await sealChoice(tools, place, choices[token.question] ?? '')) };
    }),
  );
};
const boardsOf = (all: readonly BallotEntry[]): Record<string, BallotEntry[]> =>
  Object.fromEntries(
    questionIds(manifest).map((question) => [
      question,
      sortBoard(
        tools.sha256,
        all.filter((entry) => entry.question === question),
      ),
    ]),
  );

/** Seven cast by phone of nine who took tokens; counted once, since counting is what takes time. */
const wholeFile = (): Promise<BallotFile> => (counted ??= countWhole());
let counted: Promise<BallotFile> | undefined;
const countWhole = async (): Promise<BallotFile> => {
  const boards = boardsOf(entries);
  const results: BallotFile['results'] = {};
  for (const { id } of manifest.questions) {
    const { counts, valid, invalid } = await countBoard(tools, manifest, id, boards[id] ?? [], await keysOf(0, 2));
    results[id] = { counts, valid, invalid: invalid.length };
  }
  return {
    v: 1,
    manifest,
    firstIssued: '2027-03-02',
    issuedOnline: 9,
    returnedOnline: 7,
    participants: marks.map((person, at) => ({ person, group: 'guests', channel: at < 9 ? 'online' : 'none' })),
    provisionalCounted: 0,
    surrendered: {},
    boards,
    trusteeKeys: { 0: toBase64Url(trustees[0] ?? random(0)), 2: toBase64Url(trustees[2] ?? random(0)) },
    paper: [],
    results,
    acks: [],
  };
};
const found = async (file: BallotFile): Promise<string[]> =>
  (await verifyBallot(file, tools)).filter(({ check }) => check !== 'V1').map(({ check, what }) => `${check} ${what}`);

beforeAll(async () => {
  const box32 = box.publicKey.export({ format: 'jwk' }).x ?? '';
  const publics = await Promise.all(trustees.map(async (key) => tools.publicOf(key)));
  manifest = BallotManifest.parse({
    v: 1,
    ballot: '0192f000-0000-7000-8000-000000000001',
    title: '茶会评议',
    questions: [
      { id: 'tea', title: '茶好不好', choices: ['good', 'fair', 'poor'] },
      { id: 'seats', title: '座位够不够', choices: ['yes', 'no'] },
    ],
    entitled: { guests: 12 },
    rollRoot: rollRootOf(tools.sha256, marks),
    tokensFrom: '2027-03-02',
    opens: '2027-03-05',
    closes: '2027-03-09',
    minimums: { entitled: 10, returned: 5, comments: 10 },
    issuers: { a: modulus(issuers.a), b: modulus(issuers.b) },
    trustees: publics.map(toBase64Url),
    boxKey: box32,
    padding: 80,
  });
  ballot = manifestId(tools.sha256, manifest);
  entries = [];
  for (const [tea, seats] of [
    ['good', 'yes'],
    ['good', 'no'],
    ['good', 'yes'],
    ['fair', 'yes'],
    ['poor', ''],
    ['good', 'yes'],
    ['fair', 'no'],
  ])
    entries.push(...(await cast({ tea: tea ?? '', seats: seats ?? '', [returnSlip]: 'returned' })));
}, 60_000);

describe('a secret ballot from its manifest to its count', () => {
  it('holds in every check, and counts what was cast, an empty mark as an abstention', async () => {
    const file = await wholeFile();
    expect(BallotFile.parse(file)).toEqual(file);
    expect(await found(file)).toEqual([]);
    expect(file.results['tea']).toEqual({ counts: { '': 0, good: 4, fair: 2, poor: 1 }, valid: 7, invalid: 0 });
    expect(file.results['seats']).toEqual({ counts: { '': 1, yes: 4, no: 2 }, valid: 7, invalid: 0 });
    // Without the key of the log nobody can say when the manifest was published.
    expect((await verifyBallot(file, tools)).map(({ check }) => check)).toEqual(['V1']);
  });

  it('opens with any two of the three trustees and with no single one', async () => {
    const [entry] = entries.filter(({ question }) => question === 'tea');
    if (entry === undefined) throw new Error('no entry');
    const place = { manifest, ballot, question: 'tea', hash: hashOfToken(tools.sha256, entry) };
    for (const two of [
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 1, 2],
    ])
      expect(await openChoice(tools, place, entry, await keysOf(...two))).toBe('good');
    for (const one of [0, 1, 2]) expect(await openChoice(tools, place, entry, await keysOf(one))).toBeNull();
    const elsewhere = { ...place, question: 'seats' };
    expect(await openChoice(tools, elsewhere, entry, await keysOf(0, 1))).toBeNull();
  });

  it('shares no field between two votes of one voter, and gives all the same length', () => {
    const values = entries.flatMap(({ token, a, b, sealed, wraps }) => [token, a, b, sealed, ...wraps]);
    expect(new Set(values).size).toBe(values.length);
    const lengths = entries.map(({ token, a, b, sealed, wraps }) => [token, a, b, sealed, ...wraps].join().length);
    expect(new Set(lengths).size).toBe(1);
  });

  it('refuses an issuer that uses another key for one voter, in every run', () => {
    for (let run = 0; run < 10; run += 1) {
      const taking = takeTokens(taker, manifest);
      const answers = (which: Issuer, key: KeyObject) => signList(key, taking.blinded[which]);
      const fair = { a: answers('a', issuers.a.privateKey), b: answers('b', issuers.b.privateKey) };
      let marked: string[];
      try {
        marked = answers('a', rogue.privateKey);
      } catch {
        continue; // A number above the rogue's modulus cannot even be signed.
      }
      expect(finishTokens(taker, manifest, taking, { ...fair, a: marked })).toBeNull();
    }
  });
});

describe('each fraud has the check that sees it', () => {
  it('stuffed by one issuer alone: V2', async () => {
    const file = await wholeFile();
    const [copy] = await cast({ tea: 'poor' });
    if (copy === undefined) throw new Error('no entry');
    const stuffed = { ...copy, b: copy.a };
    const boards = { ...file.boards, tea: sortBoard(tools.sha256, [...(file.boards['tea'] ?? []), stuffed]) };
    expect(await found({ ...file, boards })).toContain('V2 not-signed-by-b');
  });

  it('stuffed by both together: V4, V5', async () => {
    const file = await wholeFile();
    const more = [...entries];
    for (let extra = 0; extra < 3; extra += 1) more.push(...(await cast({ tea: 'poor', [returnSlip]: 'returned' })));
    expect(await found({ ...file, boards: boardsOf(more), returnedOnline: 10 })).toContain(
      'V4 more-returned-than-issued',
    );
    expect(await found({ ...file, boards: boardsOf(more), returnedOnline: 10, issuedOnline: 12 })).toContain(
      'V5 issued-differs-from-list',
    );
  });

  it('reordered: V3; one vote twice: V2; moved to another question: V2', async () => {
    const file = await wholeFile();
    const tea = file.boards['tea'] ?? [];
    expect(await found({ ...file, boards: { ...file.boards, tea: tea.toReversed() } })).toContain('V3 not-sorted');
    const twice = [...tea.slice(0, 1), ...tea];
    expect(await found({ ...file, boards: { ...file.boards, tea: twice } })).toContain('V2 token-twice');
    const moved = { ...file.boards, seats: tea };
    expect(await found({ ...file, boards: moved })).toContain('V2 other-question');
  });

  it('another count: V7; another trustee’s key: V6; another roll: V10', async () => {
    const file = await wholeFile();
    const results = { ...file.results, tea: { counts: { '': 0, good: 5, fair: 1, poor: 1 }, valid: 7, invalid: 0 } };
    expect(await found({ ...file, results })).toEqual(['V7 count-differs']);
    expect(await found({ ...file, trusteeKeys: { ...file.trusteeKeys, 2: toBase64Url(random(32)) } })).toContain(
      'V6 key-of-no-trustee',
    );
    expect(await found({ ...file, participants: file.participants.toReversed() })).toContain(
      'V10 list-is-not-the-roll',
    );
  });

  it('acknowledged and dropped, or changed: V11; a paper that the box never signed proves nothing', async () => {
    const file = await wholeFile();
    const [entry, other] = file.boards['tea'] ?? [];
    if (entry === undefined || other === undefined) throw new Error('no entry');
    const ack = { entry, signature: toBase64Url(sign(null, ackMessage(tools.sha256, ballot, entry), box.privateKey)) };
    expect(await found({ ...file, acks: [ack] })).toEqual([]);
    const without = { ...file.boards, tea: (file.boards['tea'] ?? []).slice(1) };
    expect(await found({ ...file, boards: without, acks: [ack] })).toContain('V11 dropped');
    const changed = { ...file.boards, tea: [{ ...entry, sealed: other.sealed }, ...without.tea] };
    expect(await found({ ...file, boards: changed, acks: [ack] })).toContain('V11 changed');
    const forged = { entry, signature: toBase64Url(random(64)) };
    expect(await found({ ...file, boards: without, acks: [forged] })).not.toContain('V11 dropped');
  });

  it('paper: two typed copies that differ, more in the box than was handed out, another photo: V8', async () => {
    const file = await wholeFile();
    const batch = { place: '茶馆', issued: 3, spoiled: 1, inBox: 3, counts: {} };
    expect(await found({ ...file, paper: [batch] })).toContain('V8 more-paper-than-issued');
    const sheets = { tea: [{ good: 2 }, { good: 1, fair: 1 }] as [Record<string, number>, Record<string, number>] };
    expect(await found({ ...file, paper: [{ ...batch, spoiled: 0, counts: sheets }] })).toContain(
      'V8 two-counts-differ',
    );
    const photo = { published: 'aa', found: 'bb' };
    expect(await found({ ...file, paper: [{ ...batch, spoiled: 0, photo }] })).toContain('V8 other-photo');
  });

  it('opened for fewer than five on paper or on phones: V9, since the sum less the board is the small channel', async () => {
    const file = await wholeFile();
    const paper = [{ place: '茶馆', issued: 3, spoiled: 0, inBox: 3, counts: {} }];
    expect(await found({ ...file, paper })).toContain('V9 keys-published-for-too-few');
    const four = { ...file.boards, tea: (file.boards['tea'] ?? []).slice(0, 4) };
    expect(await found({ ...file, boards: four })).toContain('V9 too-few-to-show');
    expect(
      mayPublishKeys(manifest, [
        { online: 5, paper: 0 },
        { online: 7, paper: 5 },
      ]),
    ).toBe(true);
    expect(mayPublishKeys(manifest, [{ online: 5, paper: 4 }])).toBe(false);
    expect(() => BallotManifest.parse({ ...manifest, minimums: { ...manifest.minimums, returned: 4 } })).toThrow();
    const nine = { ...manifest, entitled: { guests: 9 } };
    expect(await found({ ...file, manifest: nine })).toContain('V9 too-few-entitled');
  });

  it('paper for tokens that are not void: V5, for each question that was kept back', async () => {
    const file = await wholeFile();
    // One of the nine who took tokens has paper now; the box made two of his three tokens void.
    const participants = file.participants.map((one, at) => (at === 8 ? { ...one, channel: 'paper' as const } : one));
    const paper = [{ place: '茶馆', issued: 1, spoiled: 0, inBox: 0, counts: {} }];
    const [kept = '', ...others] = questionIds(manifest);
    const surrendered = Object.fromEntries(others.map((question) => [question, 1]));
    const findings = await verifyBallot({ ...file, participants, paper, surrendered }, tools);
    expect(findings.filter(({ check }) => check === 'V5')).toEqual([
      { check: 'V5', what: 'paper-for-tokens-that-are-not-void', question: kept },
    ]);
    const all = { ...surrendered, [kept]: 1 };
    expect(await found({ ...file, participants, paper, surrendered: all })).toEqual([]);
  });

  it('provisional slips above the phones that kept silent: V5', async () => {
    const file = await wholeFile();
    const participants = file.participants.map((one, at) =>
      at < 3 ? { ...one, channel: 'provisional' as const } : one,
    );
    const paper = [{ place: '茶馆', issued: 3, spoiled: 0, inBox: 0, counts: {} }];
    expect(await found({ ...file, participants, paper, provisionalCounted: 3 })).toContain(
      'V5 provisional-above-silent-phones',
    );
    expect(await found({ ...file, participants, paper })).not.toContain('V5 provisional-above-silent-phones');
  });
});

it('gives nobody two votes and shuts nobody out, whatever they ask for in which order', () => {
  const changes = fc.array(fc.constantFrom('take-tokens', 'take-paper', 'surrender', 'lose-phone' as const), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(changes, (asked) => {
      let channel: Parameters<typeof changeChannel>[0] = 'none';
      let live = 0;
      for (const change of asked) {
        const next = changeChannel(channel, change);
        if (next === null) continue;
        if (change === 'take-tokens' || change === 'take-paper') live += 1;
        channel = next;
      }
      // One list of tokens or one slip: a surrender swaps one for the other, a provisional slip waits for the close.
      expect(live).toBeLessThanOrEqual(1);
      expect(live === 0).toBe(channel === 'none');
    }),
  );
});
