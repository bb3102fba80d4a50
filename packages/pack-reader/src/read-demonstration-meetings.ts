import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readDemonstrationFile } from './read-demonstration.js';

const Word = z.string().regex(/^[a-z][a-z0-9-]*$/);
const When = { ago: z.int(), at: z.string().regex(/^\d{2}:\d{2}$/), by: Word };
const Values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).default({});
const Votes = z.array(
  z.strictObject({
    on: Word,
    for: z.int().nonnegative(),
    against: z.int().nonnegative(),
    abstain: z.int().nonnegative().default(0),
    spoiled: z.int().nonnegative().default(0),
    slips: z.strictObject({ second: Word }).optional(),
  }),
);

/**
 * Decisions of the demonstration 演示议决: made-up members of the bodies of some villages, and a script of matters, meetings and votes, each so many days before
 * today (negative: to come), so that a demonstration never grows old.
 */
export const DemonstrationMeetings = z.strictObject({
  kind: z.literal('meetings'),
  title: z.string(),
  note: z.string(),
  bodies: z.array(
    z.strictObject({
      village: z.string().regex(/^[1-9]\d{11}$/),
      representatives: z.int().positive(),
      women: z.int().positive(),
      households: z.int().positive(),
      partyMembers: z.int().positive(),
      committeeMembers: z.int().positive(),
      branchMembers: z.int().positive(),
      logins: z.strictObject({ representative: Word, member: Word }),
    }),
  ),
  shown: z.array(z.strictObject({ user: Word, zh: z.string(), en: z.string() })),
  script: z.array(
    z.union([
      z.strictObject({
        ...When,
        open: Word,
        village: z.string(),
        procedure: Word,
        kind: Word,
        fields: Values,
      }),
      z.strictObject({ ...When, act: Word, on: Word, stage: z.string().optional(), fields: Values }),
      z.strictObject({
        ...When,
        call: Word,
        village: z.string(),
        roll: Word,
        title: z.string(),
        room: z.string(),
        note: z.string().default(''),
        on: z.array(Word).default([]),
        topics: z.array(z.strictObject({ title: z.string(), raisedBy: z.string().optional() })).default([]),
        meets: z.strictObject({ ago: z.int(), at: z.string() }),
      }),
      z.strictObject({
        ...When,
        hold: Word,
        came: z.int().positive(),
        votes: Votes.default([]),
        conclusions: z.array(z.strictObject({ topic: z.int().positive(), conclusion: z.string() })).default([]),
        minutes: z.string(),
      }),
    ]),
  ),
});
export type DemonstrationMeetings = z.infer<typeof DemonstrationMeetings>;

/** Reads the demonstration's decisions; undefined where the folder has none. Throws when it cannot be read, since it ships with us. */
export const readDemonstrationMeetings = (folder: string): DemonstrationMeetings | undefined =>
  existsSync(join(folder, 'meetings.yaml'))
    ? readDemonstrationFile(folder, 'meetings.yaml', DemonstrationMeetings)
    : undefined;
