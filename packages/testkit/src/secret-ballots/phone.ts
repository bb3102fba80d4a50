import {
  finishTokens,
  hashOfToken,
  manifestId,
  sealChoice,
  takeTokens,
  type BallotEntry,
  type BallotManifest,
  type Issuer,
  type RandomBytes,
  type Taking,
} from '@lianxin/domain';
import { createHash } from 'node:crypto';
import { teaCounty } from '../database/tea-county.js';
import type { TestServer } from '../database/test-server.js';
import { ballotTools } from '@lianxin/server/ballot-tools';

const sha384 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha384').update(bytes).digest());
/** What a phone works with. */
export const phoneTools: Parameters<typeof takeTokens>[0] & typeof ballotTools = { ...ballotTools, sha384 };

/** A token as a phone keeps it. */
export type Token = NonNullable<ReturnType<typeof finishTokens>>[number];

/** A vote cast, with what the box said to it. */
export interface Cast {
  readonly entry: BallotEntry;
  readonly status: number;
  readonly ack: string | undefined;
}

/** A voter's phone: the same kernel as in a browser, over the same two addresses. */
export class Phone {
  readonly taking: Taking;
  /** What the two issuers answered, once tokens were taken. */
  answers: Readonly<Record<Issuer, readonly string[]>> = { a: [], b: [] };
  private readonly manifest: BallotManifest;
  private readonly ballot: Uint8Array;
  private readonly tools: typeof phoneTools;
  /** `random` is all that a phone throws dice for. */
  constructor(manifest: BallotManifest, random: RandomBytes = phoneTools.random) {
    this.manifest = manifest;
    this.tools = { ...phoneTools, random };
    this.ballot = manifestId(phoneTools.sha256, manifest);
    this.taking = takeTokens(this.tools, manifest);
  }

  /** Asks the first issuer; give another list to try one. */
  askFirst(server: TestServer, code: string, blinded: readonly string[] = this.taking.blinded.a): Promise<Response> {
    return askFirstIssuer(server, this.manifest.ballot, code, blinded);
  }

  askSecond(issuerUrl: string, code: string): Promise<Response> {
    return fetch(`${issuerUrl}/tokens`, {
      method: 'POST',
      body: JSON.stringify({ code, blinded: this.taking.blinded.b }),
    });
  }

  /** Takes tokens of both and takes the blinding off. */
  async take(server: TestServer, issuerUrl: string, codes: { a: string; b: string }): Promise<Token[]> {
    const [first, second] = [await this.askFirst(server, codes.a), await this.askSecond(issuerUrl, codes.b)];
    if (first.status !== 200 || second.status !== 200)
      throw new Error(`no tokens: ${first.status} ${second.status} ${await first.text()}`);
    const signedA = ((await first.json()) as { signed: string[] }).signed;
    const signedB = ((await second.json()) as { signed: string[] }).signed;
    this.answers = { a: signedA, b: signedB };
    const tokens = finishTokens(phoneTools, this.manifest, this.taking, this.answers);
    if (tokens === null) throw new Error('an issuer signed with another key');
    return tokens;
  }

  /** Seals a choice for a token. */
  async seal(token: Token, choice: string): Promise<BallotEntry> {
    const hash = hashOfToken(phoneTools.sha256, token);
    const place = { manifest: this.manifest, ballot: this.ballot, question: token.question, hash };
    return { ...token, ...(await sealChoice(this.tools, place, choice)) };
  }
}

/** Asks the first issuer for signatures on a list. */
export const askFirstIssuer = (
  server: TestServer,
  ballot: string,
  code: string,
  blinded: readonly string[],
): Promise<Response> =>
  server.request(`/api/public-ballots/${teaCounty.county}/${ballot}/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, blinded }),
  });

/** A list that is to an issuer what a phone sends: numbers of its range. */
export const someBlinded = (many: number): string[] =>
  Array.from({ length: many }, () => {
    const bytes = Buffer.from(ballotTools.random(384));
    bytes[0] = (bytes[0] ?? 0) & 0x7f;
    return bytes.toString('base64url');
  });

/** Hands in a vote, without anything but the vote. */
export const castVote = async (boxUrl: string, entry: BallotEntry): Promise<Cast> => {
  const answer = await fetch(`${boxUrl}/votes`, { method: 'POST', body: JSON.stringify(entry) });
  const body = (await answer.json()) as { ack?: string };
  return { entry, status: answer.status, ack: body.ack };
};
