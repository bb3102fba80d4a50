/// <reference types="node" />
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  checkpointBody,
  checkProofFile,
  closePrivateDay,
  commitField,
  commitWithSalt,
  dayProof,
  fieldSalt,
  findBySeed,
  formatNote,
  formatNoteKey,
  formatProofFile,
  formatReceipt,
  fromBase64,
  hashesOfLeaves,
  inclusionProof,
  leafHash,
  leafText,
  logLeaf,
  noteKey,
  onlyGrew,
  parseLeaf,
  parseNote,
  parseNoteKey,
  parseProofFile,
  parseReceipt,
  privateEntryText,
  publicLeaf,
  rootOfLeaves,
  shuffle,
  signNote,
  toBase64,
  toBase64Url,
  toHex,
  utf8Bytes,
} from './index.js';
import type { Leaf, LoggedEntry, NoteKey, SignEd25519, VerifyEd25519 } from './index.js';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

const pkcs8 = '302e020100300506032b657004220420';
const spki = '302a300506032b6570032100';
const keyPair = (seed: number): { publicKey: Uint8Array; sign: SignEd25519 } => {
  const key = createPrivateKey({
    key: Buffer.concat([Buffer.from(pkcs8, 'hex'), Buffer.alloc(32, seed)]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(12));
  return { publicKey, sign: (message) => new Uint8Array(sign(null, message, key)) };
};
const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([Buffer.from(spki, 'hex'), publicKey]), format: 'der', type: 'spki' }),
    signature,
  );

const entrySeed = Uint8Array.from({ length: 16 }, (_, at) => at);
const leaf0: Leaf = {
  at: '2027-03-01T02:03:04Z',
  c: { payee: commitField(sha256, entrySeed, 'payee', '张三') },
  d: '330102001200',
  k: 'ledger.post',
  n: 1,
  p: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  pub: { subject: '道路维修', amount_fen: 123_400 },
  v: 1,
};
const leaf1: Leaf = {
  at: '2027-03-01T02:05:00Z',
  c: {},
  d: '330102001200',
  k: 'board.publish',
  n: 2,
  p: toBase64Url(leafHash(sha256, utf8Bytes(leafText(leaf0)))),
  pub: { board: '财务公开', doc_sha256: 'c35b21d6ca39aa7cc3b79a705d989f1a6e88b99ab43988d74048799e3db926a3' },
  v: 1,
};

describe('published test vectors of the log format', () => {
  it('reproduces salt, commitment, leaf texts, leaf hashes and root exactly (T6)', () => {
    expect(toHex(fieldSalt(sha256, entrySeed, 'payee'))).toBe(
      '1dddea3baeee52b1e036fc535285e61b9ba37e8a636a56fb420bf23f64b2e571',
    );
    expect(leafText(leaf0)).toBe(
      '{"at":"2027-03-01T02:03:04Z","c":{"payee":"w9d2V_1MjIzaOMCsXNWP3DjLl-lWJHiaWBk5i_wTITs"},"d":"330102001200","k":"ledger.post","n":1,"p":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","pub":{"amount_fen":123400,"subject":"道路维修"},"v":1}',
    );
    expect(leafText(leaf1)).toBe(
      '{"at":"2027-03-01T02:05:00Z","c":{},"d":"330102001200","k":"board.publish","n":2,"p":"E-W60aujVd7GsmlY0CnMLEwjOtfdgd7bTphwDsoxzc4","pub":{"board":"财务公开","doc_sha256":"c35b21d6ca39aa7cc3b79a705d989f1a6e88b99ab43988d74048799e3db926a3"},"v":1}',
    );
    const hashes = [leaf0, leaf1].map((leaf) => leafHash(sha256, utf8Bytes(leafText(leaf))));
    expect(hashes.map(toHex)).toEqual([
      '13e5bad1aba355dec6b26958d029cc2c4c233ad7dd81dedb4e98700eca31cdce',
      '1e6485abee6bdf72da0219c39ecf9273db9710d3bf3da89064519f2efa203b15',
    ]);
    expect(toBase64(rootOfLeaves(sha256, hashes))).toBe('+DfZbB+1Q27YDCXx5W9Cw5v38BjQBnfE6VAIIZVPDLA=');
    expect(parseLeaf(leafText(leaf0))).toEqual(leaf0);
  });

  it('reproduces the verifier key and the signed checkpoint exactly, cosignature line kept (T6)', () => {
    const log = keyPair(1);
    const key = noteKey(sha256, 'log.example.cn/330102/2027', log.publicKey);
    expect(formatNoteKey(key)).toBe('log.example.cn/330102/2027+bb35f6a1+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c');
    expect(parseNoteKey(sha256, formatNoteKey(key))).toEqual(key);
    expect(parseNoteKey(sha256, formatNoteKey(key).replace('bb35', 'bb36'))).toBeNull();
    const root = fromBase64('+DfZbB+1Q27YDCXx5W9Cw5v38BjQBnfE6VAIIZVPDLA=') ?? new Uint8Array(0);
    const body = checkpointBody({ origin: key.name, size: 2, root });
    const ours = formatNote(signNote(body, key, log.sign));
    const published = `log.example.cn/330102/2027
2
+DfZbB+1Q27YDCXx5W9Cw5v38BjQBnfE6VAIIZVPDLA=

— log.example.cn/330102/2027 uzX2ofmd4LiphSp66V1wZZjIQ4Mcx0MfZzDB40cq5odrgE5Cq09bvnzb3q9ouddq7eD14qFqXYPcP8eMcgmvjZb6cg0=
— witness.example.cn/dangan clYrygAAAABpo57R3B0hYGqRkyKIbgd9LSouBZS7de7R9AwAy9260xC6TeRSVjY4l0e3KMm6NLlRm5yWVPNVM8LUksK4khIOpkKgCQ==
`;
    expect(published.startsWith(ours)).toBe(true);
    const note = parseNote(published);
    expect(note?.signatures.map((line) => line.name)).toEqual([key.name, 'witness.example.cn/dangan']);
    expect(note === null ? null : formatNote(note)).toBe(published);
  });

  it('writes the receipt of 56 characters, and reads back exactly what it writes (T7)', () => {
    const receipt = { form: 'indexed', index: 123_456_789, seed: entrySeed } as const;
    const address = `https://log.example.cn/v#${formatReceipt(receipt)}`;
    expect(address).toBe('https://log.example.cn/v#1.21i3v9.AAECAwQFBgcICQoLDA0ODw');
    expect(address).toHaveLength(56);
    expect(parseReceipt(address)).toEqual(receipt);
    const dated = { form: 'dated', county: '330102', day: '2027-03-01', seed: entrySeed } as const;
    expect(formatReceipt(dated)).toBe('2.330102.g3y.AAECAwQFBgcICQoLDA0ODw');
    expect(parseReceipt(formatReceipt(dated))).toEqual(dated);
    for (const wrong of [
      '',
      '1',
      '1.021i3v9.AAECAwQFBgcICQoLDA0ODw',
      '1.21I3V9.AAECAwQFBgcICQoLDA0ODw',
      '1.a.AAECAwQFBgcICQoLDA0ODx',
      '1.a.AAEC',
      '2.33010.g3y.AAECAwQFBgcICQoLDA0ODw',
      '3.a.AAECAwQFBgcICQoLDA0ODw',
      '2.330102.g3y.x.AAECAwQFBgcICQoLDA0ODw',
    ]) {
      expect(parseReceipt(wrong)).toBeNull();
    }
  });
});

const entryOf = (number: number): LoggedEntry => ({
  id: `019b0000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  kind: 'matter.open',
  division: '330102001200',
  recordedAt: `2027-03-01T02:03:${String(number % 60).padStart(2, '0')}.000Z`,
  pub: {},
  fields: number % 2 === 0 ? { text: `水泵坏了 ${number}` } : { text: `路灯不亮 ${number}`, phone: '13800000000' },
  seed: Uint8Array.from({ length: 16 }, (_, at) => (number * 17 + at) & 255),
});

/** A repeatable source of "chance" for tests. */
const chance = (start: number) => {
  let state = sha256(Uint8Array.of(start));
  return (count: number): Uint8Array => {
    state = sha256(state);
    return state.slice(0, count);
  };
};

/** A log of ten public leaves with a private day in the middle, and the proof of one private entry. */
const logWithDay = (entries: readonly LoggedEntry[], keyNumber = 1, about = entries[2]) => {
  const log = keyPair(keyNumber);
  const key = noteKey(sha256, 'log.tea.example/330102/2027', log.publicKey);
  const day = closePrivateDay(sha256, '2027-03-01', entries, chance(3));
  const dayLeaf = leafText(
    logLeaf(
      'private.day',
      { at: '2027-03-01T16:00:00Z', division: '330102000000', pub: { ...day.pub } },
      { n: 1, previous: null },
    ),
  );
  const texts = Array.from({ length: 10 }, (_, at) =>
    at === 4
      ? dayLeaf
      : leafText(
          publicLeaf(
            sha256,
            { ...entryOf(at), kind: 'role.grant', pub: { post: `post${at}` } },
            { n: at + 1, previous: null },
          ),
        ),
  );
  const hashes = texts.map((text) => leafHash(sha256, utf8Bytes(text)));
  const body = checkpointBody({ origin: key.name, size: 10, root: rootOfLeaves(sha256, hashes) });
  const placeTexts = day.places.map((place) => place.text);
  const position = about === undefined ? -1 : findBySeed(sha256, placeTexts, about.seed);
  const file = formatProofFile({
    leaf: dayLeaf,
    subtree: { entry: placeTexts[position] ?? '', position, path: dayProof(sha256, placeTexts, position) },
    index: 4,
    proof: inclusionProof(sha256, 4, 10, hashesOfLeaves(sha256, hashes)),
    checkpoint: formatNote(signNote(body, key, log.sign)),
  });
  return { key, file, day, texts, hashes, log, body };
};

const check = (file: string, key: NoteKey, seed?: Uint8Array, day = '2027-03-01') =>
  checkProofFile(file, {
    sha256,
    verify: verifyEd25519,
    key,
    receipt: seed === undefined ? undefined : { form: 'dated', county: '330102', day, seed },
  });

describe('shuffled day of private entries', () => {
  const entries = Array.from({ length: 7 }, (_, at) => entryOf(at));

  it('lets the holder of a seed find the own entry, and nobody find it without (T8)', () => {
    const day = closePrivateDay(sha256, '2027-03-01', entries, chance(1));
    const texts = day.places.map((place) => place.text);
    for (const entry of entries) {
      expect(texts[findBySeed(sha256, texts, entry.seed)]).toBe(privateEntryText(sha256, entry));
    }
    expect(findBySeed(sha256, texts, new Uint8Array(16).fill(255))).toBe(-1);
    expect(new Set(texts.map((text) => text.length)).size).toBe(1);
    expect(texts.join('')).not.toMatch(/水泵|路灯|13800000000|phone|matter/);
  });

  it('tells the number from five entries on, and below five shows the same eight places whatever came (T8)', () => {
    expect(closePrivateDay(sha256, '2027-03-01', entries.slice(0, 5), chance(1)).pub).toMatchObject({
      entries: 5,
      size: 5,
    });
    for (let count = 0; count < 5; count += 1) {
      const day = closePrivateDay(sha256, '2027-03-01', entries.slice(0, count), chance(1));
      expect(day.pub).toMatchObject({ entries: 'fewer than 5', size: 8 });
      expect(day.places.filter((place) => place.entry !== null)).toHaveLength(count);
      expect(new Set(day.places.map((place) => place.text.length)).size).toBe(1);
    }
  });

  it('shuffles so that every order of three is about equally frequent (T8)', () => {
    const random = chance(9);
    const seen = new Map<string, number>();
    for (let round = 0; round < 1_200; round += 1) {
      const order = shuffle(['a', 'b', 'c'], random).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const count of seen.values()) expect(Math.abs(count - 200)).toBeLessThan(70);
  });

  it('proves a private entry by its path in the day and the day by its path in the log (T8)', async () => {
    const { file, key } = logWithDay(entries);
    const outcome = await check(file, key, entries[2]?.seed);
    expect(outcome).toMatchObject({ holds: true, leaf: { k: 'private.day' }, checkpoint: { size: 10 } });
    expect(outcome.holds && outcome.digits).toMatch(/^(?:\d{4} ){7}\d{4}$/);
    expect(await check(file, key, entries[3]?.seed)).toEqual({ holds: false, difference: 'other-receipt' });
    expect(await check(file, key, entries[2]?.seed, '2027-03-02')).toEqual({
      holds: false,
      difference: 'other-receipt',
    });
  });

  it('shows one field alone by its salt, and erasing the seed leaves every other entry provable (T9)', async () => {
    const [first] = entries;
    if (first === undefined) throw new Error('no entry');
    const commitment = commitField(sha256, first.seed, 'text', '水泵坏了 0');
    expect(commitWithSalt(sha256, fieldSalt(sha256, first.seed, 'text'), 'text', '水泵坏了 0')).toBe(commitment);
    expect(commitWithSalt(sha256, fieldSalt(sha256, first.seed, 'phone'), 'text', '水泵坏了 0')).not.toBe(commitment);
    // Erasing keeps the text of the place and forgets the seed; the texts, and so the root, stay.
    const { file, key } = logWithDay(entries, 1, entries[5]);
    expect(await check(file, key, entries[5]?.seed)).toMatchObject({ holds: true });
  });
});

describe('proof file', () => {
  const entries = Array.from({ length: 7 }, (_, at) => entryOf(at));
  const { file, key, log, hashes } = logWithDay(entries);
  const seed = entries[2]?.seed;

  it('is read back as it was written (T10)', () => {
    const parsed = parseProofFile(file);
    expect(parsed === null ? null : formatProofFile(parsed)).toBe(file);
    expect(file.split('\n')[0]).toBe('c2sp.org/tlog-proof@v1');
  });

  it('is refused with any one bit of it changed (T10)', async () => {
    const raw = utf8Bytes(file);
    const accepted: number[] = [];
    for (let at = 0; at < raw.length; at += 1) {
      const changed = raw.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      const text = Buffer.from(changed).toString('utf8');
      if ((await check(text, key, seed)).holds) accepted.push(at);
    }
    expect(accepted).toEqual([]);
    expect(await check(file, key, seed)).toMatchObject({ holds: true });
  });

  it('is refused under the key of another signer or of another log (T10)', async () => {
    const other = logWithDay(entries, 2);
    expect(await check(other.file, key, seed)).toEqual({ holds: false, difference: 'not-signed' });
    const renamed = noteKey(sha256, 'log.tea.example/330102/2028', log.publicKey);
    expect(await check(file, renamed, seed)).toEqual({ holds: false, difference: 'other-log' });
  });

  it('compares two checkpoints of the log and knows a fork (T3)', () => {
    const older = { origin: key.name, size: 6, root: rootOfLeaves(sha256, hashes.slice(0, 6)) };
    const newer = { origin: key.name, size: 10, root: rootOfLeaves(sha256, hashes) };
    const same = { ...newer, root: rootOfLeaves(sha256, hashes.toReversed()) };
    expect(onlyGrew(sha256, newer, newer, [])).toBe(true);
    expect(onlyGrew(sha256, newer, same, [])).toBe(false);
    expect(onlyGrew(sha256, older, { ...newer, origin: 'log.other/1/2' }, [])).toBe(false);
  });
});

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 unit and leaves no choice of writing (T11)', () => {
    expect(canonicalJson({ b: 1, a: [true, '\u20ac', -5], '\ue000': 0, '😀': {} })).toBe(
      '{"a":[true,"€",-5],"b":1,"😀":{},"\ue000":0}',
    );
    expect(canonicalJson(-0)).toBe('0');
    for (const wrong of [1.5, Number.NaN, 2 ** 53, '\ud800', { a: '\udc00' }]) {
      expect(() => canonicalJson(wrong)).toThrow(TypeError);
    }
    for (const text of ['{"b":1,"a":2}', '{"a": 1}', '{"a":1,"a":1}', '1.0', 'null', '"\\u0041"']) {
      expect(parseLeaf(text)).toBeNull();
    }
  });
});
