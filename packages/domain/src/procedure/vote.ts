import { z } from 'zod';
import { Duration } from '../date/index.js';
import { Share, Threshold } from '../share/index.js';
import { Blank, oneOrMany, SourceList, Word } from './words.js';
import { Who } from './who.js';

/** Waiting 提前期: so many full days before the meeting; the day of the notice and the day of the meeting are not counted. */
export const Waiting = z.strictObject({ atLeast: z.union([Duration, Blank]), before: z.literal('meeting') });
export type Waiting = z.output<typeof Waiting>;

/**
 * Vote 表决: who decides a stage, with how many present and how many for.
 *
 * Attendance and approval carry their own denominator, because mixing them up is the commonest mistake.
 * `roll` names whose members are entitled; the stage's body when missing. `composition` asks for a share of a group among
 * those present (counted in the field with that id). `otherwise` says where a lost vote goes; a lost vote is a decision, not an error.
 */
export const Vote = z.strictObject({
  attendance: z.union([Threshold, Blank]).exactOptional(),
  approval: z.union([Threshold, Blank]),
  ballot: z.enum(['hands', 'paper', 'secret']).exactOptional(),
  notice: Waiting.exactOptional(),
  convenedBy: oneOrMany(Who).exactOptional(),
  roll: Word.exactOptional(),
  proxies: z.strictObject({ most: z.int().nonnegative(), notHeldBy: z.array(Word).exactOptional() }).exactOptional(),
  composition: z
    .array(z.strictObject({ id: Word, title: z.string().min(1), share: Share, source: SourceList.exactOptional() }))
    .exactOptional(),
  otherwise: z
    .union([z.strictObject({ end: Word }), z.strictObject({ backTo: Word }), z.strictObject({ stage: Word })])
    .exactOptional(),
  source: SourceList.exactOptional(),
});
export type Vote = z.output<typeof Vote>;

/**
 * Publish 公示: a notice that stands for a number of full days and takes objections.
 * Holidays never shorten it; it cannot end while an objection is unanswered.
 */
export const Publish = z.strictObject({
  what: z.string().min(1),
  channels: z.array(Word).min(1),
  noticePeriod: z.union([Duration, Blank]),
  objections: z
    .strictObject({
      within: z.union([Duration, Blank]).exactOptional(),
      answeredBy: oneOrMany(Who),
      limit: z.union([Duration, Blank]).exactOptional(),
      source: SourceList.exactOptional(),
    })
    .exactOptional(),
  mask: z.array(Word).exactOptional(),
  source: SourceList.exactOptional(),
});
export type Publish = z.output<typeof Publish>;
