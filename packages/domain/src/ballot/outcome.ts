import { meetsThreshold, type Threshold } from '../share/index.js';
import { figuresAgainst, figuresOfAttendance, waysOf, type Bases, type WayThere } from './figures.js';
import type { Tally } from './tally.js';

/** What a vote has to reach; attendance is missing where the law sets none. */
export interface VoteRule {
  readonly attendance?: Threshold | undefined;
  readonly approval: Threshold;
}

/** Outcome 表决结果: passed, lost, or no vote at all because too few came; with what was needed on each way. */
export interface Outcome {
  readonly result: 'passed' | 'rejected' | 'no-quorum';
  readonly attendance: readonly WayThere[];
  readonly approval: readonly WayThere[];
}

/** Whether enough have come, and what is missing on each way; without a rule for attendance there is nothing to miss. */
export function quorumOf(
  rule: Pick<VoteRule, 'attendance'>,
  bases: Bases,
  present: number,
  households?: number,
): { readonly met: boolean; readonly ways: readonly WayThere[] } {
  if (rule.attendance === undefined) return { met: true, ways: [] };
  const ways = waysOf(rule.attendance, figuresOfAttendance(bases, present, households));
  return { met: ways.some((way) => way.met), ways };
}

/**
 * What a vote came to. Too few present is no result: the meeting may be called again. A lost vote is a decision.
 *
 * The procedure kernel rules on the act that records it by the same figures, so the two cannot part.
 */
export function outcomeOf(rule: VoteRule, bases: Bases, tally: Tally, households?: number): Outcome {
  const quorum = quorumOf(rule, bases, tally.present, households);
  const figures = figuresAgainst(bases, tally, tally.approve);
  const carried = meetsThreshold(rule.approval, figures);
  return {
    result: quorum.met ? (carried ? 'passed' : 'rejected') : 'no-quorum',
    attendance: quorum.ways,
    approval: waysOf(rule.approval, figures),
  };
}
