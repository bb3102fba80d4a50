import { constants, generateKeyPairSync, privateDecrypt, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { ballotTools } from '@lianxin/cli';
import { verifyBallot } from '@lianxin/domain';
import { issuerKeyOf, signList } from '@lianxin/server';
import { makeBallot } from '@lianxin/testkit/ballots';
import type { Figure } from './figures.js';

/** What is asked: 5,000 voters with 12 questions, two issuers, given out within ten minutes and checked again within one. */
const asked = { voters: 5000, questions: 12, issueSeconds: 600, verifySeconds: 60 };

/** Voters whose lists are signed in one round. */
const atOnce = 60;

/** A random number below the modulus is to an issuer what a phone sends: it cannot tell the two apart. */
const blindedBelow = (): Uint8Array => {
  const bytes = new Uint8Array(randomBytes(384));
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes;
};

/** Tokens a second: by an issuer with all its threads, as voters ask it, and by OpenSSL alone on one core. */
const measureIssuing = async (rounds: number): Promise<{ readonly ours: number[]; readonly openssl: number[] }> => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const pair = { key: issuerKeyOf(publicKey), privateKey };
  // Questions and the return slip.
  const lists = Array.from({ length: atOnce }, () => Array.from({ length: asked.questions + 1 }, blindedBelow));
  const sent = lists.map((list) => list.map((one) => Buffer.from(one).toString('base64url')));
  const tokens = lists.flat();
  const ours: number[] = [];
  const openssl: number[] = [];
  // The first round starts the threads and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const from = performance.now();
    const signed = await Promise.all(sent.map((list) => signList(pair, list)));
    if (signed.includes(null)) throw new Error('the issuer refused what a phone sends');
    const between = performance.now();
    for (const one of tokens.slice(0, 200)) privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, one);
    if (round === 0) continue;
    ours.push((tokens.length * 1000) / (between - from));
    openssl.push(200_000 / (performance.now() - between));
  }
  return { ours, openssl };
};

/** Votes a second that a verifier checks, opens and counts on one core, from the public file of a ballot of so many voters. */
const measureVerifying = async (rounds: number, voters: number): Promise<number[]> => {
  const made = await makeBallot(ballotTools, voters, asked.questions);
  const checked: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    const found = await verifyBallot(made.file, { ...ballotTools, log: { key: made.logKey } });
    if (found.length > 0) throw new Error(`the ballot does not hold: ${JSON.stringify(found[0])}`);
    checked.push((voters * asked.questions * 1000) / (performance.now() - begun));
  }
  return checked;
};

/** P14, in both halves. Verifying is measured on a sample of `voters`, so that it takes seconds. */
export const measureSecretBallot = async (rounds: number, voters: number): Promise<Figure[]> => {
  const { ours, openssl } = await measureIssuing(rounds);
  const checked = await measureVerifying(rounds, voters);
  const tokens = asked.voters * (asked.questions + 1);
  const votes = asked.voters * asked.questions;
  return [
    figureOf('issue', 'tokens signed by one issuer in its threads', ours, tokens / asked.issueSeconds, 'tokens/s'),
    {
      id: 'P14 threads',
      title: `the same against OpenSSL alone on one core, RSA-3072; ${availableParallelism()} cores here`,
      asked: 'as near to the number of cores as the machine lets',
      ratio: Math.min(...ours.map((rate, round) => rate / (openssl[round] ?? Number.NaN))),
      ours: { unit: 'tokens/s', rounds: ours },
      reference: { title: 'OpenSSL on one core', unit: 'tokens/s', rounds: openssl },
    },
    figureOf(
      'verify',
      `votes checked, opened and counted on one core, ${voters} voters`,
      checked,
      votes / asked.verifySeconds,
      'votes/s',
    ),
  ];
};

const figureOf = (part: string, title: string, rates: readonly number[], needed: number, unit: string): Figure => ({
  id: `P14 ${part}`,
  title,
  asked: 'at least 1: 5,000 voters × 12 questions in 10 minutes, checked again in 60 s',
  ratio: Math.min(...rates) / needed,
  ours: { unit, rounds: rates },
  reference: { title: 'rate that the whole ballot needs', unit, rounds: rates.map(() => needed) },
});
