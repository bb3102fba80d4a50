import { z } from 'zod';
import { Condition } from '../condition/index.js';
import { Duration } from '../date/index.js';
import { Field } from './field.js';
import { Blank, MatterLevel, oneOrMany, SourceList, Word } from './words.js';
import { Who } from './who.js';

/**
 * Kind of an act 办理动作种类; closed.
 *
 * | kind | meaning |
 * |---|---|
 * | `outcome` | ends the stage (or its branch) with a named result |
 * | `note` | records something done; feedback to the resident, a visit, a posted notice |
 * | `assign` | someone takes the matter, names a handler, offers it to another office, accepts or declines an offer |
 * | `ask` | asks the resident or another office; the clock stands still, with its cause |
 * | `answer` | ends that pause |
 * | `extend` | moves a limit further out |
 * | `withdraw` | the filer takes the matter back |
 * | `reclass` | changes the kind or another value of the form, with history |
 * | `hand-up` | the matter moves to a higher level |
 * | `split` | opens joint sub-matters |
 * | `sign` | the signature of one side of a hand-over |
 * | `rate` | the resident's satisfaction, once |
 */
export const ActKind = z.enum([
  'outcome',
  'note',
  'assign',
  'ask',
  'answer',
  'extend',
  'withdraw',
  'reclass',
  'hand-up',
  'split',
  'sign',
  'rate',
]);
export type ActKind = z.infer<typeof ActKind>;

/** How many of the sub-matters must have ended before the parent may go on. */
export const Wait = z.enum(['all', 'any', 'none']);
export type Wait = z.infer<typeof Wait>;

/**
 * Next 去向: where an act leads. No `then` on an outcome means the next stage in order (or the branch is done);
 * on any other kind it means that the matter stays where it is.
 */
export const Next = z.union([
  z.strictObject({ stage: Word }),
  z.strictObject({ end: Word }),
  z.strictObject({ backTo: Word }),
  z.strictObject({ open: Word, wait: Wait }),
  z.strictObject({ escalateTo: z.union([MatterLevel, z.literal('next')]), stage: Word.exactOptional() }),
]);
export type Next = z.infer<typeof Next>;

/**
 * Prerequisite 前提: an act that must have been done before this one.
 * `since` says from when it counts: ever (default), since the present stage was entered, or since another act was last done;
 * so that feedback given before a dispute does not count for the second closing. `unless` lists results it is not asked for;
 * `fault` gives the refusal its own name.
 */
export const Prerequisite = z.strictObject({
  act: Word,
  since: z.union([z.enum(['opened', 'stage-entered']), z.strictObject({ act: Word })]).exactOptional(),
  unless: z.array(Word).exactOptional(),
  fault: z.enum(['feedback-missing', 'handover-unsigned']).exactOptional(),
  source: SourceList.exactOptional(),
});
export type Prerequisite = z.output<typeof Prerequisite>;

/** Naming the person in a field as the handler; also done by opening, where a procedure says so. */
export const NamedAtOpening = z.strictObject({ how: z.literal('name'), person: Word });

/**
 * Assignment 指派. `take`: the actor becomes handler. `name`: the person in the field becomes handler, and is responsible once
 * they have accepted or first acted. `offer`: a transfer offered to the office in the field; nothing changes until
 * `accept` (by the office offered), or `decline`. `drop`: the handler leaves, the office keeps the matter.
 */
export const Assignment = z.union([
  z.strictObject({ how: z.literal('take') }),
  NamedAtOpening,
  z.strictObject({ how: z.literal('offer'), office: Word }),
  z.strictObject({ how: z.literal('accept'), person: Word.exactOptional() }),
  z.strictObject({ how: z.literal('decline') }),
  z.strictObject({ how: z.literal('drop') }),
]);
export type Assignment = z.infer<typeof Assignment>;

/**
 * Asking 征询: which question stops the clock and for how long at most; after `longest` the clock runs on by itself.
 * `oneTime` makes it the one-time notice 一次性告知: the field named by `list` holds the missing papers; a later
 * list with other papers needs the field named by `reason` and is counted as a breach [DY-69].
 */
export const Asking = z.strictObject({
  cause: z.string().min(1),
  longest: z.union([Duration, Blank]),
  most: z.int().positive().exactOptional(),
  oneTime: z.strictObject({ list: Word, reason: Word }).exactOptional(),
});
export type Asking = z.output<typeof Asking>;

/** Extension 延期: which limit, by how much, how often. The approver is the `by` of the act; `tells` says who is told. */
export const Extension = z.strictObject({
  limit: Word,
  by: z.union([Duration, Blank]),
  most: z.int().positive(),
});
export type Extension = z.output<typeof Extension>;

/**
 * Hand-over signature 交接签收: whose signature this act records.
 * `witness` lets a witness sign for a resident who cannot; never for an officer, and never the handler [YS-41].
 */
export const Signature = z.strictObject({ party: Who, title: z.string().min(1), witness: z.boolean().exactOptional() });
export type Signature = z.output<typeof Signature>;

/**
 * Act rule 动作规则: one thing that may be done on a matter, by whom, with what, and where it leads.
 *
 * - `by`: who; the stage's own `by` when missing.
 * - `onBehalf`: who may do it for a resident; both names are kept.
 * - `power`: what the acting body must be allowed to do by its list of powers 权责清单, besides being named in `by`.
 * - `stages`: for a standing act, where it may be done; everywhere while the matter is open, when missing.
 * - `most`: how often in one matter (a rating: 1).
 * - `expired`: only once that limit has passed (a hand-up by the deadline).
 * - `within`: only so long after the anchor (a dispute within so many days after the end).
 */
export const ActRule = z.strictObject({
  id: Word,
  title: z.string().min(1),
  kind: ActKind,
  by: oneOrMany(Who).exactOptional(),
  onBehalf: oneOrMany(Who).exactOptional(),
  power: Word.exactOptional(),
  needs: z.array(Field).default([]),
  if: Condition.exactOptional(),
  after: z.array(Prerequisite).exactOptional(),
  then: Next.exactOptional(),
  stages: z.array(Word).exactOptional(),
  most: z.int().positive().exactOptional(),
  expired: Word.exactOptional(),
  within: z
    .strictObject({
      within: z.union([Duration, Blank]),
      of: z.union([z.literal('ended'), z.strictObject({ act: Word })]),
    })
    .exactOptional(),
  assign: Assignment.exactOptional(),
  ask: Asking.exactOptional(),
  extend: Extension.exactOptional(),
  reclass: z.strictObject({ field: Word }).exactOptional(),
  sign: Signature.exactOptional(),
  rate: z.strictObject({ field: Word, levels: z.int().min(2) }).exactOptional(),
  tells: oneOrMany(Who).exactOptional(),
  wording: Word.exactOptional(),
  source: SourceList.exactOptional(),
});
export type ActRule = z.output<typeof ActRule>;
