import { fromBase64Url, toBase64Url } from '../transparency/bytes.js';
import { blind, finalize, type Blinding, type Sha384 } from './blind/index.js';
import type { BallotEntry } from './board.js';
import type { SealTools } from './hpke.js';
import { issuerOf, manifestId, questionIds, tokenMessage, type BallotManifest, type Issuer } from './manifest.js';

/** What a phone keeps between asking for tokens and having them 领票; the blinded lists are what goes to the two issuers. */
export interface Taking {
  readonly tokens: readonly {
    readonly question: string;
    readonly token: Uint8Array;
    readonly blinding: Readonly<Record<Issuer, Blinding>>;
  }[];
  readonly blinded: Readonly<Record<Issuer, readonly string[]>>;
}

/** What a phone needs to take tokens. */
export type TakeTools = Pick<SealTools, 'sha256' | 'random'> & { readonly sha384: Sha384 };

/** Draws one token a question and the return slip, each blinded apart for each issuer: no two of them share anything. */
export function takeTokens(tools: TakeTools, manifest: BallotManifest): Taking {
  const ballot = manifestId(tools.sha256, manifest);
  const tokens = questionIds(manifest).map((question) => {
    const token = tools.random(32);
    const message = tokenMessage(ballot, question, token);
    const blindFor = (which: Issuer): Blinding => blind(tools.sha384, tools.random, issuerOf(manifest, which), message);
    return { question, token, blinding: { a: blindFor('a'), b: blindFor('b') } };
  });
  const listFor = (which: Issuer): string[] => tokens.map(({ blinding }) => toBase64Url(blinding[which].blinded));
  return { tokens, blinded: { a: listFor('a'), b: listFor('b') } };
}

/** A token with both signatures, ready to be cast. */
export type SignedToken = Pick<BallotEntry, 'question' | 'token' | 'a' | 'b'>;

/**
 * Unblinds the answers of both issuers; null when any of them is no signature under the manifest's key. An issuer that uses another key for one
 * voter is found out here: the manifest, and with it the key, is in the public log.
 */
export function finishTokens(
  tools: TakeTools,
  manifest: BallotManifest,
  taking: Taking,
  answers: Readonly<Record<Issuer, readonly string[]>>,
): SignedToken[] | null {
  const ballot = manifestId(tools.sha256, manifest);
  const finished: SignedToken[] = [];
  for (const [at, { question, token, blinding }] of taking.tokens.entries()) {
    const message = tokenMessage(ballot, question, token);
    const signatureOf = (which: Issuer): Uint8Array | null => {
      const answer = fromBase64Url(answers[which][at] ?? '');
      return answer === null
        ? null
        : finalize(tools.sha384, issuerOf(manifest, which), message, blinding[which], answer);
    };
    const [a, b] = [signatureOf('a'), signatureOf('b')];
    if (a === null || b === null) return null;
    finished.push({ question, token: toBase64Url(token), a: toBase64Url(a), b: toBase64Url(b) });
  }
  return finished;
}
