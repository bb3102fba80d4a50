import { randomBytes, generateKeyPairSync } from 'node:crypto';
import { ballotTools } from '@lianxin/cli';
import { verifyBallot } from '@lianxin/domain';
import { issuerKeyOf, signBlinded } from '@lianxin/server';
import { makeBallot } from '@lianxin/testkit/ballots';
import type { Figure } from './figures.js';

/** What is asked: 5,000 voters with 12 questions, two issuers, given out within ten minutes and checked again within one. */
const asked = { voters: 5000, questions: 12, issueSeconds: 600, verifySeconds: 60 };

/** A random number below the modulus is to an issuer what a phone sends: it cannot tell the two apart. */
const blindedBelow = (): Uint8Array => {
  const bytes = new Uint8Array(randomBytes(384));
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes;
};

/**
 * P14: tokens signed a second by one issuer on one core, and votes checked and opened a second by a verifier on one core, against the rate that the
 * whole ballot needs. Measured on a sample of `voters`, so that it takes seconds.
 */
export const measureSecretBallot = async (rounds: number, voters: number): Promise<Figure[]> => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const pair = { key: issuerKeyOf(publicKey), privateKey };
  const made = await makeBallot(ballotTools, voters, asked.questions);
  const signed: number[] = [];
  const checked: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    for (let one = 0; one < 200; one += 1)
      if (signBlinded(pair, blindedBelow()) === null) throw new Error('the issuer refused what a phone sends');
    signed.push(200_000 / (performance.now() - from));
    const begun = performance.now();
    const found = await verifyBallot(made.file, { ...ballotTools, log: { key: made.logKey } });
    if (found.length > 0) throw new Error(`the ballot does not hold: ${JSON.stringify(found[0])}`);
    checked.push((voters * asked.questions * 1000) / (performance.now() - begun));
  }
  const votes = asked.voters * asked.questions;
  // Questions and the return slip.
  const tokens = asked.voters * (asked.questions + 1);
  return [
    figureOf('issue', 'tokens signed by one issuer on one core', signed, tokens / asked.issueSeconds, 'tokens/s'),
    figureOf(
      'verify',
      'votes checked, opened and counted on one core',
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
