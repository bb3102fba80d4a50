import type { BallotManifest } from './manifest.js';

/** What came back on one question, by channel. */
export interface Returned {
  readonly online: number;
  readonly paper: number;
}

/** Whether a ballot may be opened at all: with too few entitled, everybody can guess who said what. */
export const mayOpen = (manifest: BallotManifest): boolean =>
  Object.values(manifest.entitled).reduce((sum, one) => sum + one, 0) >= manifest.minimums.entitled;

/** Whether the sum of a question may be shown. */
export const mayShow = ({ minimums }: BallotManifest, { online, paper }: Returned): boolean =>
  online + paper >= minimums.returned;

/**
 * Whether trustees may publish their keys, after which everybody counts the votes cast on phones: each channel that was used needs the minimum.
 *
 * With three slips of paper beside a board that all can read, the sum less the board is those three slips.
 */
export const mayPublishKeys = ({ minimums }: BallotManifest, returned: readonly Returned[]): boolean =>
  returned.every(({ online, paper }) => [online, paper].every((one) => one === 0 || one >= minimums.returned));
