import { z } from 'zod';
import { Duration } from '../date/index.js';
import { Condition } from '../condition/index.js';
import { ActRule, NamedAtOpening, Next, Prerequisite } from './act-rule.js';
import { Field } from './field.js';
import { Limit, OnLate } from './limit.js';
import { Publish, Vote } from './vote.js';
import { Who } from './who.js';
import { Blank, MatterLevel, oneOrMany, SourceList, Word } from './words.js';

const At = z.union([MatterLevel, z.literal('current')]);

const stagePart = {
  id: Word,
  title: z.string().min(1),
  by: oneOrMany(Who).exactOptional(),
  at: At.exactOptional(),
  acts: z.array(ActRule).default([]),
  limit: Limit.exactOptional(),
  onLate: z.array(OnLate).exactOptional(),
  vote: Vote.exactOptional(),
  publish: Publish.exactOptional(),
  source: SourceList.exactOptional(),
};

/** Branch 分支: one of the alternative ways, or one of the parallel parts, inside a stage. An outcome without `then` completes it. */
export const Branch = z.strictObject(stagePart);
export type Branch = z.output<typeof Branch>;

/**
 * Stage 环节: one step of a procedure, done by one body.
 *
 * A stage with a `vote` or a `publish` and no acts gets the usual ones (convene, pass, reject; post, object,
 * answer-objection, finish-posting); a stage with nothing at all gets the single outcome `done`. `oneOf`: the first act in a
 * way chooses it. `allOf`: every branch must be done. `if` skips the stage where the condition does not hold.
 */
export const Stage = z.strictObject({
  ...stagePart,
  if: Condition.exactOptional(),
  oneOf: z.array(Branch).min(2).exactOptional(),
  allOf: z.array(Branch).min(2).exactOptional(),
  then: Next.exactOptional(),
});
export type Stage = z.output<typeof Stage>;

/**
 * Closing 办结: the results a matter may end with, what must have been done before any of them, and what is still
 * possible afterwards (rating, dispute). An ended matter accepts nothing else. A result that `adopts` a field sets its text in force in
 * the place 施行: version after version, each until the next.
 */
export const Closing = z.strictObject({
  results: z
    .array(
      z.strictObject({
        id: Word,
        title: z.string().min(1),
        settled: z.boolean().exactOptional(),
        adopts: Word.exactOptional().describe('以此办结的，这一栏的文本从办结之日施行，直到下一次以此办结'),
      }),
    )
    .min(1),
  needs: z.array(Prerequisite).exactOptional(),
  afterwards: z.array(ActRule).default([]),
});
export type Closing = z.output<typeof Closing>;

/**
 * Privacy 隐私: which fields anyone may see, which only the parties; how long papers and the matter are kept.
 *
 * `process` opens the course of the matter 过程公开: anyone may read which steps were taken, when and by which body, with the figures of
 * votes and the public fields. Without it nothing but what is published is seen outside.
 */
export const Privacy = z.strictObject({
  process: z.literal(true).exactOptional(),
  public: z.array(Word).default([]),
  parties: z.array(Word).default([]),
  sealed: z.array(Word).default([]),
  contactUntilClosed: z.boolean().exactOptional(),
  deleteAtEnd: z.array(Word).exactOptional(),
  keep: z.union([Duration, Blank]).exactOptional(),
  source: SourceList.exactOptional(),
});
export type Privacy = z.output<typeof Privacy>;

/** A power 权责 and the bodies (or kinds of body) on whose list it stands. */
const HeldPower = z.strictObject({ id: Word, title: z.string().min(1), bodies: z.array(z.string()) });

/**
 * Route 改走其他流程: a matter that may not be opened under this procedure, and the one it must go by.
 * An overlay may add routes and never take one away.
 */
export const Route = z.strictObject({
  id: Word,
  title: z.string().min(1),
  if: Condition,
  open: Word,
  titled: z.string().min(1),
  source: SourceList.exactOptional(),
});
export type Route = z.output<typeof Route>;

/**
 * Procedure 流程: the rule a matter runs on, as data.
 *
 * `forMatters.together`: a matter of these kinds must satisfy every such procedure that applies; they are joined into one.
 * `form` is asked at opening (`opensBy`, default anyone; `onBehalf` who may open for a resident). `stages[0]` is entered by
 * opening, unless one of the `routes` sends the matter to another procedure; `assign` gives it at once to the person that a field of the form
 * names. `names` gives readers the titles of the bodies and posts spoken of,
 * `powers` which bodies hold a power that an act asks for; the pack reader fills both. `standing` acts are possible in several stages. `limits`
 * run over the whole matter. Invariants: README.md.
 */
export const Procedure = z.strictObject({
  kind: z.literal('procedure'),
  id: Word,
  title: z.string().min(1),
  about: z.string().min(1).exactOptional(),
  inForce: z.strictObject({ from: z.iso.date(), to: z.iso.date().exactOptional() }),
  covers: z.array(z.string()).default([]),
  extends: z.string().exactOptional(),
  forMatters: z.strictObject({
    kinds: z.array(Word).min(1),
    together: z.boolean().exactOptional(),
    source: SourceList.exactOptional(),
  }),
  level: MatterLevel.exactOptional(),
  opensBy: oneOrMany(Who).exactOptional(),
  onBehalf: oneOrMany(Who).exactOptional(),
  form: z.array(Field).default([]),
  assign: NamedAtOpening.exactOptional(),
  routes: z.array(Route).exactOptional(),
  stages: z.array(Stage).min(1),
  standing: z.array(ActRule).default([]),
  limits: z.array(Limit).default([]),
  closes: Closing,
  recuse: z
    .array(z.strictObject({ relation: Word, title: z.string().min(1), source: SourceList.exactOptional() }))
    .exactOptional(),
  privacy: Privacy.exactOptional(),
  wording: z.record(z.string(), z.string()).exactOptional(),
  names: z.array(z.strictObject({ id: z.string(), title: z.string() })).default([]),
  powers: z.array(HeldPower).default([]),
  madeFor: z.literal('replay').exactOptional(),
  source: SourceList.exactOptional(),
});
export type Procedure = z.output<typeof Procedure>;

/** What a person writes: the same shape before words and single values are read into their full form. */
export type ProcedureText = z.input<typeof Procedure>;
