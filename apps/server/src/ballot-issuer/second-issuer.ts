import { manifestId, questionIds, toHex, type BallotManifest } from '@lianxin/domain';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { slipCode } from '../ballots/slips.js';
import { keepOnce } from '../storage/keep-once.js';
import { issuerKeyOf, signList, type IssuerPair } from './sign-blinded.js';

/** What the second issuer answers: its signatures, or why not. */
export type IssuerAnswer =
  | { readonly ok: true; readonly signed: readonly string[] }
  | { readonly ok: false; readonly refusal: 'code-wrong' | 'unreadable' | 'tokens-given' };

/**
 * The second issuer 第二家签发: knows the voters by codes of its own, which it printed and handed out itself. It never asks the first issuer who somebody
 * is, so that whoever holds the first one's database still gets no signature here.
 */
export interface SecondIssuer {
  /** Signs a voter's blinded list once; the same list again gets the same bytes, another one nothing. */
  readonly issue: (code: string, blinded: readonly string[]) => Promise<IssuerAnswer>;
}

const fileIn = (folder: string, name: string, make: () => string): string => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, name);
  if (!existsSync(file)) keepOnce(file, make());
  return readFileSync(file, 'utf8');
};

const pairIn = (folder: string): IssuerPair => {
  const privateKey = createPrivateKey(
    fileIn(folder, 'issuer-key.pem', () =>
      String(generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey.export({ format: 'pem', type: 'pkcs8' })),
    ),
  );
  return { key: issuerKeyOf(createPublicKey(privateKey)), privateKey };
};

/** Modulus of the key in this folder, as the manifest takes it; made when there is none. One folder serves one ballot. */
export const issuerKeyIn = (folder: string): string => pairIn(folder).privateKey.export({ format: 'jwk' }).n ?? '';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

const entitledOf = ({ entitled }: BallotManifest): number => Object.values(entitled).reduce((sum, one) => sum + one, 0);

/** The codes that this issuer prints 乙方领票码, in the order of the posted list; made from a secret that never leaves the folder. */
export const codesOf = (folder: string, manifest: BallotManifest): string[] => {
  const secret = Buffer.from(
    fileIn(folder, 'code-secret', () => randomBytes(32).toString('hex')),
    'hex',
  );
  const ballot = toHex(manifestId(sha256, manifest));
  return Array.from({ length: entitledOf(manifest) }, (_, at) =>
    slipCode(secret, { county: ballot, meeting: 'second-issuer', person: String(at + 1) }),
  );
};

/** Opens the second issuer of a ballot; throws when the manifest names another key. */
export const openIssuer = (folder: string, manifest: BallotManifest): SecondIssuer => {
  const pair = pairIn(folder);
  if (issuerKeyIn(folder) !== manifest.issuers.b) throw new Error('the manifest names another second issuer');
  const numbers = new Map(codesOf(folder, manifest).map((code, at) => [code, at + 1]));
  const given = path.join(folder, 'given');
  mkdirSync(given, { recursive: true, mode: 0o700 });
  const many = questionIds(manifest).length;
  return {
    issue: async (code, blinded) => {
      const number = numbers.get(code.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''));
      if (number === undefined) return { ok: false, refusal: 'code-wrong' };
      const file = path.join(given, `${number}.json`);
      if (!existsSync(file)) {
        const signed = blinded.length === many ? await signList(pair, blinded) : null;
        if (signed === null) return { ok: false, refusal: 'unreadable' };
        // What is answered is what was kept: whoever comes second is told what the first was given, or nothing.
        keepOnce(file, JSON.stringify({ blinded, signed }));
      }
      const kept = JSON.parse(readFileSync(file, 'utf8')) as { blinded: string[]; signed: string[] };
      return JSON.stringify(kept.blinded) === JSON.stringify(blinded)
        ? { ok: true, signed: kept.signed }
        : { ok: false, refusal: 'tokens-given' };
    },
  };
};
