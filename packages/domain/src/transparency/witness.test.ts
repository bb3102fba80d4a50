/// <reference types="node" />
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkpointBody,
  cosign,
  cosignedAt,
  consistencyProof,
  emptyRoot,
  formatAddCheckpoint,
  formatNote,
  formatNoteKey,
  formatSignature,
  hashesOfLeaves,
  isQuorum,
  judgeCheckpoint,
  leafHash,
  noteKey,
  parseAddCheckpoint,
  parseNote,
  parseNoteKey,
  parsePolicy,
  rootOfLeaves,
  signNote,
  utf8Bytes,
  witnessesOf,
  type Checkpoint,
  type Sha256,
  type SignedNote,
  type VerifyEd25519,
} from './index.js';

const sha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());
const pkcs8 = '302e020100300506032b657004220420';
const spki = '302a300506032b6570032100';
const keyPair = (byte: number) => {
  const seed = Buffer.alloc(32, byte);
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from(pkcs8, 'hex'), seed]), format: 'der', type: 'pkcs8' });
  const publicKey = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(12));
  return { publicKey, sign: (message: Uint8Array) => new Uint8Array(sign(null, message, key)) };
};
const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([Buffer.from(spki, 'hex'), publicKey]), format: 'der', type: 'spki' }),
    signature,
  );
const origin = 'log.example.cn/330102/2027';
const published = `log.example.cn/330102/2027
2
+DfZbB+1Q27YDCXx5W9Cw5v38BjQBnfE6VAIIZVPDLA=

— log.example.cn/330102/2027 uzX2ofmd4LiphSp66V1wZZjIQ4Mcx0MfZzDB40cq5odrgE5Cq09bvnzb3q9ouddq7eD14qFqXYPcP8eMcgmvjZb6cg0=
— witness.example.cn/dangan clYrygAAAABpo57R3B0hYGqRkyKIbgd9LSouBZS7de7R9AwAy9260xC6TeRSVjY4l0e3KMm6NLlRm5yWVPNVM8LUksK4khIOpkKgCQ==
`;
const witness = keyPair(2);
const witnessKey = noteKey(sha256, 'witness.example.cn/dangan', witness.publicKey, 'witness');

const noteOf = (text: string): SignedNote => {
  const note = parseNote(text);
  if (note === null) throw new Error('not a note');
  return note;
};

describe('cosignature', () => {
  it('reproduces the published key and signature line of a witness byte for byte, and reads its time (T6)', async () => {
    expect(formatNoteKey(witnessKey, 'witness')).toBe(
      'witness.example.cn/dangan+72562bca+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU',
    );
    expect(parseNoteKey(sha256, formatNoteKey(witnessKey, 'witness'), 'witness')).toEqual(witnessKey);
    expect(parseNoteKey(sha256, formatNoteKey(witnessKey, 'witness'))).toBeNull();
    const note = noteOf(published);
    expect(formatSignature(cosign(note.text, witnessKey, 1_772_330_705, witness.sign))).toBe(
      `${published.trimEnd().split('\n').at(-1)}\n`,
    );
    expect(await cosignedAt(note, witnessKey, verifyEd25519)).toBe(1_772_330_705);
  });

  it('is broken by any changed bit of time or signature, and is not there for another witness (T13)', async () => {
    const note = noteOf(published);
    const other = noteKey(sha256, 'witness.example.cn/other', keyPair(3).publicKey, 'witness');
    expect(await cosignedAt(note, other, verifyEd25519)).toBeNull();
    const own = note.signatures[1];
    if (own === undefined) throw new Error('no cosignature');
    for (let bit = 0; bit < own.signature.length * 8; bit += 1) {
      const signature = own.signature.slice();
      signature[bit >> 3] = (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const changed = { ...note, signatures: [{ ...own, signature }] };
      expect(await cosignedAt(changed, witnessKey, verifyEd25519)).toBe('broken');
    }
  });
});

const witnesses = Array.from({ length: 9 }, (_, at) => {
  const pair = keyPair(10 + at);
  return { name: `w${at}`, ...pair, key: noteKey(sha256, `witness.example.cn/w${at}`, pair.publicKey, 'witness') };
});
const [first, second] = witnesses;
if (first === undefined || second === undefined) throw new Error('no witnesses');
const planned = [
  '# the plan: one of two offices and three of seven villages',
  `log ${formatNoteKey(noteKey(sha256, origin, keyPair(1).publicKey))} https://log.example.cn`,
  ...witnesses.map(({ name, key }) => `witness ${name}\t${formatNoteKey(key, 'witness')} http://${name}.example.cn`),
  'group offices 1 w0 w1',
  'group villages 3 w2 w3 w4 w5 w6 w7 w8',
  'group all-of all offices villages',
  'quorum all-of',
  '',
].join('\n');

describe('policy of witnesses', () => {
  it('asks for one office and three villages, and for both (T14)', () => {
    const policy = parsePolicy(sha256, planned);
    if (policy === null) throw new Error('not a policy');
    expect(policy.logs.map((log) => log.name)).toEqual([origin]);
    expect(policy.witnesses[2]).toMatchObject({ name: 'w2', url: 'http://w2.example.cn' });
    const enough = (...names: string[]) => isQuorum(policy, new Set(names));
    expect(enough('w0', 'w2', 'w5', 'w8')).toBe(true);
    expect(enough('w0', 'w2', 'w5')).toBe(false);
    expect(enough('w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8')).toBe(false);
    expect(enough()).toBe(false);
  });

  it('calls nothing witnessed where no quorum is asked for', () => {
    const policy = parsePolicy(sha256, planned.replace('quorum all-of', 'quorum none'));
    expect(policy === null ? null : isQuorum(policy, new Set(witnesses.map((one) => one.name)))).toBe(false);
  });

  it('is refused as a whole where a line is damaged, a name is unknown or used twice, or two names share a key', () => {
    for (const [from, to] of [
      ['quorum all-of', ''],
      ['quorum all-of', 'quorum all-of\nquorum w0'],
      ['quorum all-of', 'quorum nobody'],
      ['group offices 1', 'group offices 3'],
      ['group offices 1', 'group offices 0'],
      ['group offices 1 w0 w1', 'group offices 1 w0 w0'],
      ['group villages 3 w2', 'group villages 3 w0'],
      ['group all-of all offices villages', 'group all-of all offices later'],
      ['witness w1', 'witness w0'],
      ['witness w1', 'witnesses w1'],
      ['# the plan', 'plan'],
      ['# the plan', '# the \u0007 plan'],
      [formatNoteKey(second.key, 'witness'), formatNoteKey(first.key, 'witness')],
      [formatNoteKey(second.key, 'witness'), formatNoteKey(second.key, 'log')],
    ] as const) {
      expect(planned).toContain(from);
      expect(parsePolicy(sha256, planned.replace(from, to)), to).toBeNull();
    }
  });

  it('counts only cosignatures that verify, and believes nothing in a note where one was forged', async () => {
    const policy = parsePolicy(sha256, planned);
    if (policy === null) throw new Error('not a policy');
    const body = checkpointBody({ origin, size: 2, root: sha256(new Uint8Array(1)) });
    const lines = witnesses.slice(0, 4).map((one, at) => cosign(body, one.key, 1_772_330_705 + at, one.sign));
    const note = { text: body, signatures: lines };
    expect(await witnessesOf(note, policy, verifyEd25519)).toEqual(
      ['w0', 'w1', 'w2', 'w3'].map((name, at) => ({ name, seconds: 1_772_330_705 + at })),
    );
    const stranger = cosign(body, first.key, 1_772_330_705, keyPair(99).sign);
    expect(await witnessesOf({ text: body, signatures: [stranger] }, policy, verifyEd25519)).toBeNull();
  });
});

describe('what a witness answers', () => {
  const log = keyPair(1);
  const key = noteKey(sha256, origin, log.publicKey);
  const leaves = Array.from({ length: 40 }, (_, at) => leafHash(sha256, Uint8Array.of(at)));
  const hashes = hashesOfLeaves(sha256, leaves);
  const checkpointAt = (size: number): Checkpoint => ({
    origin,
    size,
    root: rootOfLeaves(sha256, leaves.slice(0, size)),
  });
  const signed = (checkpoint: Checkpoint, signer = log.sign) =>
    formatNote(signNote(checkpointBody(checkpoint), key, signer));
  const proofOf = (older: number, newer: number) => consistencyProof(sha256, older, newer, hashes);
  const ask = async (
    oldSize: number,
    proof: readonly Uint8Array[],
    checkpoint: string,
    last: Checkpoint | null,
    known: typeof key | null = key,
  ) => judgeCheckpoint({ oldSize, proof, checkpoint }, { key: known, last }, { sha256, verify: verifyEd25519 });

  it('reads exactly what is written, and refuses 64 hashes or a size with a leading zero', () => {
    const request = { oldSize: 7, proof: proofOf(7, 20), checkpoint: signed(checkpointAt(20)) };
    expect(parseAddCheckpoint(formatAddCheckpoint(request))).toEqual(request);
    const body = formatAddCheckpoint(request);
    expect(parseAddCheckpoint(body.replace('old 7', 'old 07'))).toBeNull();
    expect(parseAddCheckpoint(body.replace('old 7', 'new 7'))).toBeNull();
    expect(parseAddCheckpoint(formatAddCheckpoint({ ...request, proof: Array(64).fill(leaves[0]) }))).toBeNull();
    expect(parseAddCheckpoint('old 7\n')).toBeNull();
  });

  it('200 for a log it knows that only grew; the first time from nothing, the same size again too', async () => {
    expect(await ask(0, [], signed(checkpointAt(20)), null)).toMatchObject({ status: 200, checkpoint: { size: 20 } });
    expect(await ask(7, proofOf(7, 20), signed(checkpointAt(20)), checkpointAt(7))).toMatchObject({ status: 200 });
    expect(await ask(20, [], signed(checkpointAt(20)), checkpointAt(20))).toMatchObject({ status: 200 });
  });

  it('400, 403, 404, 409 with the size, and 422, each for its own reason', async () => {
    const good = signed(checkpointAt(20));
    expect(await ask(0, [], 'nonsense', null)).toEqual({ status: 400 });
    expect(await ask(21, [], good, null)).toEqual({ status: 400 });
    expect(await ask(0, [], signed(checkpointAt(20), keyPair(7).sign), null)).toEqual({ status: 403 });
    expect(await ask(0, [], good, null, null)).toEqual({ status: 404 });
    expect(await ask(0, [], good, checkpointAt(7))).toEqual({ status: 409, size: 7 });
    expect(await ask(8, proofOf(8, 20), good, checkpointAt(7))).toEqual({ status: 409, size: 7 });
    expect(await ask(7, proofOf(6, 20), good, checkpointAt(7))).toEqual({ status: 422 });
    expect(await ask(0, proofOf(7, 20), good, null)).toEqual({ status: 422 });
    const fork = { ...checkpointAt(20), root: sha256(Uint8Array.of(1)) };
    expect(await ask(20, [], signed(fork), checkpointAt(20))).toEqual({ status: 422 });
    expect(await ask(0, [], signed({ origin, size: 0, root: sha256(Uint8Array.of(1)) }), null)).toEqual({
      status: 422,
    });
    expect(await ask(0, [], signed({ origin, size: 0, root: emptyRoot(sha256) }), null)).toMatchObject({ status: 200 });
  });

  it('never signs a log that was forked, wherever the two pasts part (J3, T15)', async () => {
    const sizes = fc.integer({ min: 1, max: 39 }).chain((older) =>
      fc.record({
        older: fc.constant(older),
        newer: fc.integer({ min: older, max: 40 }),
        at: fc.nat({ max: older - 1 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(sizes, async ({ older, newer, at }) => {
        const forged = leaves.with(at, sha256(utf8Bytes('another past')));
        const root = rootOfLeaves(sha256, forged.slice(0, newer));
        const proof = consistencyProof(sha256, older, newer, hashesOfLeaves(sha256, forged));
        const verdict = await ask(older, proof, signed({ origin, size: newer, root }), checkpointAt(older));
        expect(verdict).toEqual({ status: 422 });
        const honest = await ask(older, proofOf(older, newer), signed(checkpointAt(newer)), checkpointAt(older));
        expect(honest.status).toBe(200);
      }),
      { numRuns: 60 },
    );
  });
});
