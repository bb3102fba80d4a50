import { paperCode, paperCodeFits } from '../papers/index.js';

/** Whose slip, for which meeting. */
export interface SlipOf {
  readonly county: string;
  readonly meeting: string;
  readonly person: string;
}

const wordsOf = ({ county, meeting, person }: SlipOf): readonly string[] => ['lx-slip/v1', county, meeting, person];

/** The code of a member's paper slip (签到码): it stands for one person of one meeting. */
export const slipCode = (key: Buffer, of: SlipOf): string => paperCode(key, wordsOf(of));

/** Whether a code, as typed, is that of a member. */
export const slipFits = (key: Buffer, of: SlipOf, typed: string): boolean => paperCodeFits(key, wordsOf(of), typed);
