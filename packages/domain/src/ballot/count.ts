import { fault, type Fault } from '../fault/index.js';

/** Hands 举手: what tellers counted in the room. */
export interface HandCount {
  readonly approve: number;
  readonly against: number;
  readonly abstain: number;
}

/** Slips 纸票: handed out, put into the box, and what was on them; an unreadable slip is `spoiled` and still a vote cast. */
export interface SlipCount extends HandCount {
  readonly issued: number;
  readonly returned: number;
  readonly spoiled: number;
}

/** What one person typed from the tally sheet. */
export interface SlipEntry {
  readonly by: string;
  readonly count: SlipCount;
}

/** The figures of a slip count in the order in which a tally sheet has them, with their names. */
export const SLIP_FIGURES = [
  ['issued', '发出票数'],
  ['returned', '收回票数'],
  ['approve', '赞成'],
  ['against', '反对'],
  ['abstain', '弃权'],
  ['spoiled', '废票'],
] as const satisfies readonly (readonly [keyof SlipCount, string])[];

const votesIn = (count: HandCount): number => count.approve + count.against + count.abstain;

/** Why hands as counted cannot be: more than those present. */
export function faultsOfHands(count: HandCount, present: number): Fault[] {
  const counted = votesIn(count);
  return counted > present ? [fault('votes-do-not-add-up', { issued: present, counted })] : [];
}

/** Why slips as counted cannot be: more handed out than present, more returned than handed out, or not as many read as returned. */
export function faultsOfSlips(count: SlipCount, present: number): Fault[] {
  const { issued, returned, spoiled } = count;
  const counted = votesIn(count) + spoiled;
  return [
    ...(issued > present ? [fault('count-above-base', { what: '发出票数', have: issued, most: present })] : []),
    ...(returned > issued ? [fault('count-above-base', { what: '收回票数', have: returned, most: issued })] : []),
    ...(counted === returned ? [] : [fault('votes-do-not-add-up', { issued: returned, counted })]),
  ];
}

/** Every figure in which two tally sheets differ; a difference stops the result. */
export const differencesOf = (first: SlipCount, second: SlipCount): Fault[] =>
  SLIP_FIGURES.flatMap(([figure, what]) =>
    first[figure] === second[figure]
      ? []
      : [fault('counts-differ', { what, first: first[figure], second: second[figure] })],
  );
