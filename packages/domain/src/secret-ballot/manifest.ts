import * as z from 'zod';
import { concatBytes, fromBase64Url, utf8Bytes, type Sha256 } from '../transparency/bytes.js';
import { canonicalJson } from '../transparency/canonical-json.js';
import { toNumber, type IssuerKey } from './blind/index.js';

const word = z.string().regex(/^[a-z0-9][a-z0-9.:-]{0,63}$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const base64Url = (bytes: number) =>
  z.string().refine((text) => fromBase64Url(text)?.length === bytes, { message: `not base64url of ${bytes} bytes` });
const count = z.int().min(0);

/** Modulus of an issuer's key: 3072 bits, the strength of 128 bits; the exponent is 65537. */
export const issuerBytes = 384;
const issuer = base64Url(issuerBytes);

/** Question id of the return slip 回执票: one token that says nothing but that somebody cast. */
export const returnSlip = 'return-slip';

/** Fewest people before anything is opened or shown: parameters of a ballot, these are the least a ballot may ask for. */
export const leastMinimums = { entitled: 10, returned: 5, comments: 10 } as const;

/**
 * Manifest 票据公告: everything a secret ballot is bound to before the first token is given out; its hash is the ballot's name everywhere.
 *
 * Held in the public log before anybody takes a token, so that no key, question or roll can be another for another voter.
 */
export const BallotManifest = z
  .strictObject({
    v: z.literal(1),
    ballot: z.uuid(),
    title: z.string().min(1).max(200),
    questions: z
      .array(z.strictObject({ id: word, title: z.string().min(1).max(200), choices: z.array(word).min(2).max(20) }))
      .min(1)
      .max(30),
    /** The words that stand beside each choice on every phone and slip; a phone shows these and no others. */
    labels: z.record(word, z.string().min(1).max(40)).exactOptional(),
    /** Entitled people by group; groups are counted, never their votes. */
    entitled: z.record(word, count),
    /** Root over the salted entries of the roll, in the order of the list that is posted. */
    rollRoot: base64Url(32),
    tokensFrom: day,
    opens: day,
    closes: day,
    minimums: z.strictObject({
      entitled: z.int().min(leastMinimums.entitled),
      returned: z.int().min(leastMinimums.returned),
      comments: z.int().min(leastMinimums.comments),
    }),
    /** The township's issuer and that of the supervision committee, new for this ballot. */
    issuers: z.strictObject({ a: issuer, b: issuer }),
    trustees: z.tuple([base64Url(32), base64Url(32), base64Url(32)]),
    /** Key by which the ballot box acknowledges. */
    boxKey: base64Url(32),
    /** Bytes of a choice before it is sealed: all are as long, so that length tells nothing. */
    padding: z.int().min(66).max(256),
  })
  .refine(({ issuers }) => issuers.a !== issuers.b, { message: 'two issuers have two keys' })
  .refine(({ trustees }) => new Set(trustees).size === 3, { message: 'three trustees have three keys' })
  .refine(({ questions }) => new Set([returnSlip, ...questions.map(({ id }) => id)]).size === questions.length + 1, {
    message: 'two questions have one id',
  });
export type BallotManifest = z.infer<typeof BallotManifest>;

/** Which of the two issuers. */
export type Issuer = 'a' | 'b';

/** Name of a ballot 票据编号 `E`: SHA-256 of the canonical manifest, 32 bytes. */
export const manifestId = (sha256: Sha256, manifest: BallotManifest): Uint8Array =>
  sha256(utf8Bytes(canonicalJson(manifest)));

/** Ids of everything a voter takes a token for: the questions and the return slip. */
export const questionIds = (manifest: BallotManifest): string[] => [
  ...manifest.questions.map(({ id }) => id),
  returnSlip,
];

/** Choices of a question; the return slip has one. Undefined for an id that the ballot does not have. */
export const choicesOf = (manifest: BallotManifest, question: string): readonly string[] | undefined =>
  question === returnSlip ? ['returned'] : manifest.questions.find(({ id }) => id === question)?.choices;

/** Keys already read, since a verifier asks for the same two for every vote. */
const keysRead = new Map<string, IssuerKey>();

/** Public key of an issuer as the manifest has it. */
export const issuerOf = (manifest: BallotManifest, which: Issuer): IssuerKey => {
  const text = manifest.issuers[which];
  const known = keysRead.get(text) ?? { n: toNumber(fromBase64Url(text) ?? new Uint8Array()), e: 65_537n };
  if (keysRead.size < 100) keysRead.set(text, known);
  return known;
};

/** What both issuers sign without seeing it 票根: ballot, question and 32 bytes that only the voter's phone knows. */
export const tokenMessage = (ballot: Uint8Array, question: string, token: Uint8Array): Uint8Array =>
  concatBytes(utf8Bytes('lx-token/v1\n'), ballot, utf8Bytes(question), token);

/** What a sealed choice is bound to: moved to another ballot, question or token, it does not open. */
export const placeOf = (ballot: Uint8Array, question: string, hash: Uint8Array): Uint8Array =>
  concatBytes(ballot, utf8Bytes(question), hash);
