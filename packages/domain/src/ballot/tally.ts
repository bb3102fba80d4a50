import { fault, ok, refuse, type Result } from '../fault/index.js';
import { differencesOf, faultsOfHands, faultsOfSlips, type HandCount, type SlipEntry } from './count.js';

/** How a vote is taken in the room. */
export type VoteForm = 'hands' | 'paper';

/** What was counted, with how many were present when it was. */
export type Counted = { readonly present: number } & (
  | { readonly form: 'hands'; readonly count: HandCount }
  | { readonly form: 'paper'; readonly entries: readonly SlipEntry[] }
);

/** Tally 计票结果: one result of one vote; `voting` counts everyone who cast a vote, spoiled slips included. */
export interface Tally {
  readonly form: VoteForm;
  readonly present: number;
  readonly issued: number;
  readonly returned: number;
  readonly approve: number;
  readonly against: number;
  readonly abstain: number;
  readonly spoiled: number;
  readonly voting: number;
}

/**
 * The result of one count, or every reason why there is none yet.
 *
 * Slips are typed by two people from the tally sheet, apart from each other; where they differ, each difference is named and there is no
 * result (trust.md 3.5: a slip of the finger must not decide). Hands are counted aloud and entered once. Pure.
 */
export function tally(counted: Counted): Result<Tally> {
  return counted.form === 'hands' ? tallyHands(counted.count, counted.present) : tallySlips(counted);
}

function tallyHands(count: HandCount, present: number): Result<Tally> {
  const [first, ...more] = faultsOfHands(count, present);
  if (first !== undefined) return refuse(first, ...more);
  const voting = count.approve + count.against + count.abstain;
  return ok({ form: 'hands', present, issued: 0, returned: 0, ...count, spoiled: 0, voting });
}

function tallySlips({ entries, present }: Extract<Counted, { form: 'paper' }>): Result<Tally> {
  const [one, two] = entries;
  if (one === undefined || two === undefined) return refuse(fault('second-count-missing'));
  if (one.by === two.by) return refuse(fault('same-counter'));
  const [first, ...more] = [...differencesOf(one.count, two.count), ...faultsOfSlips(one.count, present)];
  if (first !== undefined) return refuse(first, ...more);
  return ok({ form: 'paper', present, ...one.count, voting: one.count.returned });
}
