import { z } from 'zod';
import { Duration } from '../date/index.js';
import { Blank, MatterLevel, oneOrMany, SourceList, Word } from './words.js';
import { Who } from './who.js';

/**
 * Anchor 起算点: from when a limit counts. The starting day itself is not counted (LAW-DC-201), unless a day written in a field says
 * `counted`: one day of a promised day then ends with that day.
 */
export const Anchor = z.union([
  z.enum(['opened', 'stage-entered']),
  z.strictObject({ act: Word }),
  z.strictObject({ date: Word, counted: z.literal(true).exactOptional() }),
]);
export type Anchor = z.infer<typeof Anchor>;

/** What follows when a limit passes; never a penalty by itself [DY-70 rights]. */
export const OnLate = z.union([
  z.strictObject({ remind: oneOrMany(Who) }),
  z.strictObject({ escalateTo: z.union([MatterLevel, z.literal('next')]) }),
  z.strictObject({ recordProblem: z.string().min(1) }),
  z.strictObject({ propose: Word }),
  z.strictObject({ act: Word }),
]);
export type OnLate = z.output<typeof OnLate>;

/**
 * Limit 时限: by when a stage or the whole matter must be done.
 * `runsOn` keeps the clock running while the matter waits for the resident; `until` names acts that fulfil it earlier
 * than leaving the stage (a first answer within a day, say). Shown as provisional while a holiday year is not announced.
 */
export const Limit = z.strictObject({
  id: Word.exactOptional(),
  title: z.string().min(1).exactOptional(),
  within: z.union([Duration, Blank]),
  of: Anchor.exactOptional(),
  until: oneOrMany(Word).exactOptional(),
  runsOn: z.boolean().exactOptional(),
  onLate: z.array(OnLate).exactOptional(),
  source: SourceList.exactOptional(),
});
export type Limit = z.output<typeof Limit>;
