import { z } from 'zod';
import { Condition } from '../condition/index.js';
import { Duration } from '../date/index.js';
import { Share, Threshold } from '../share/index.js';
import { Blank, oneOrMany, SourceList, Word } from './words.js';
import { Who } from './who.js';

/**
 * Waiting 提前期: so many full days before the meeting; the day of the notice and the day of the meeting are not counted.
 * `mayBeShortened` lets special circumstances 特殊情况 shorten it, with the reason recorded when the meeting is called.
 */
export const Waiting = z.strictObject({
  atLeast: z.union([Duration, Blank]),
  before: z.literal('meeting'),
  mayBeShortened: z.boolean().exactOptional(),
});
export type Waiting = z.output<typeof Waiting>;

/** A share that a group must have, of the people on the roll or of those present; its count is known by the group's id. */
const GroupShare = z.strictObject({
  id: Word,
  title: z.string().min(1),
  share: Share,
  source: SourceList.exactOptional(),
});

/**
 * Demand 提议召开: which part of whom may demand the meeting, of the members of `roll` (the vote's own roll when missing).
 */
export const Demand = z.strictObject({
  id: Word,
  title: z.string().min(1),
  share: Share,
  roll: Word.exactOptional(),
  source: SourceList.exactOptional(),
});
export type Demand = z.output<typeof Demand>;

/**
 * Reservation 不得决定的事项: what this body may not decide, and which body (or decision) does instead.
 * An overlay may add reservations and never take one away.
 */
export const Reservation = z.strictObject({
  id: Word,
  title: z.string().min(1),
  if: Condition,
  instead: z.string().min(1),
  source: SourceList.exactOptional(),
});
export type Reservation = z.output<typeof Reservation>;

/** Proxy rule 委托: how many one person may carry (as many as there are, when missing), which posts carry none, whether only for the own household. */
export const Proxies = z.strictObject({
  most: z.int().nonnegative().exactOptional(),
  notHeldBy: z.array(Word).exactOptional(),
  within: z.literal('household').exactOptional(),
});

/**
 * Vote 表决: who decides a stage, with how many present and how many for.
 *
 * Attendance and approval carry their own denominator, because mixing them up is the commonest mistake.
 * `roll` names whose members are entitled; the stage's body when missing. `constituted` asks for shares of the roll itself (who sits in
 * the body), `composition` of those present (counted in the field with that id). `demandedBy` says who may demand the meeting,
 * `reserved` what it may not decide, `authorisedBy` whose written authorisation 授权 must be recorded first, `singly` that one vote decides
 * one matter 一事一议. `otherwise` says where a lost vote goes; a lost vote is a decision, not an error.
 */
export const Vote = z.strictObject({
  attendance: z.union([Threshold, Blank]).exactOptional(),
  approval: z.union([Threshold, Blank]),
  ballot: z.enum(['hands', 'paper', 'secret']).exactOptional(),
  notice: Waiting.exactOptional(),
  convenedBy: oneOrMany(Who).exactOptional(),
  demandedBy: z.array(Demand).min(1).exactOptional(),
  roll: Word.exactOptional(),
  constituted: z.array(GroupShare).exactOptional(),
  reserved: z.array(Reservation).exactOptional(),
  authorisedBy: Word.exactOptional(),
  proxies: Proxies.exactOptional(),
  online: z.boolean().exactOptional(),
  singly: z.boolean().exactOptional(),
  composition: z.array(GroupShare).exactOptional(),
  otherwise: z
    .union([z.strictObject({ end: Word }), z.strictObject({ backTo: Word }), z.strictObject({ stage: Word })])
    .exactOptional(),
  source: SourceList.exactOptional(),
});
export type Vote = z.output<typeof Vote>;

/** Chosen days 自选天数: whoever posts chooses how many full days, between the two. */
export const ChosenDays = z.strictObject({
  chosen: z
    .strictObject({ atLeast: z.int().positive(), atMost: z.int().positive() })
    .refine(({ atLeast, atMost }) => atLeast <= atMost, { error: 'at least may not be above at most' }),
});
export type ChosenDays = z.output<typeof ChosenDays>;

/**
 * Publish 公示: a notice that stands for a number of full days and takes objections.
 *
 * Holidays never shorten it; it cannot end while an objection is unanswered. `noticePeriod` is the time before the matter may go on; `stays`
 * is how long the posting must remain up even so: the act `take-down-<stage>` is refused before. `objections.upheld` says where the matter
 * returns to when an objection is found right.
 */
export const Publish = z.strictObject({
  what: z.string().min(1),
  channels: z.array(Word).min(1),
  noticePeriod: z.union([Duration, Blank, ChosenDays]),
  stays: z.strictObject({ atLeast: Duration, source: SourceList.exactOptional() }).exactOptional(),
  objections: z
    .strictObject({
      within: z.union([Duration, Blank]).exactOptional(),
      answeredBy: oneOrMany(Who),
      limit: z.union([Duration, Blank]).exactOptional(),
      upheld: z.strictObject({ backTo: Word }).exactOptional(),
      source: SourceList.exactOptional(),
    })
    .exactOptional(),
  mask: z.array(Word).exactOptional(),
  source: SourceList.exactOptional(),
});
export type Publish = z.output<typeof Publish>;
