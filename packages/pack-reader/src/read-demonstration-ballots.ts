import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readDemonstrationFile } from './read-demonstration.js';

const Word = z.string().regex(/^[a-z][a-z0-9-]*$/);

/**
 * Secret ballots of the demonstration 演示测评: who opened which one how many days ago, and on which days after that tokens are given out, votes are taken and the
 * box closes.
 */
export const DemonstrationBallots = z.strictObject({
  kind: z.literal('ballots'),
  title: z.string(),
  note: z.string(),
  ballots: z.array(
    z.strictObject({
      ago: z.int().nonnegative(),
      by: Word,
      village: z.string().regex(/^[1-9]\d{11}$/),
      subject: z.string(),
      about: Word,
      bodies: z.array(Word).min(1),
      questions: z.array(z.strictObject({ title: z.string(), choices: z.array(z.string()).min(2) })).min(1),
      tokensAfter: z.int().positive(),
      opensAfter: z.int().positive(),
      closesAfter: z.int().positive(),
      /** Where box and second issuer would be; in a demonstration nobody runs them. */
      box: z.url(),
      issuer: z.url(),
    }),
  ),
});
export type DemonstrationBallots = z.infer<typeof DemonstrationBallots>;

/** Reads the demonstration's secret ballots; undefined where the folder has none. Throws when they cannot be read, since they ship with us. */
export const readDemonstrationBallots = (folder: string): DemonstrationBallots | undefined =>
  existsSync(join(folder, 'ballots.yaml'))
    ? readDemonstrationFile(folder, 'ballots.yaml', DemonstrationBallots)
    : undefined;
