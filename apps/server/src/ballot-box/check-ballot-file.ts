import { verifyBallot, type BallotFile, type BallotFinding, type BallotTools } from '@lianxin/domain';
import { ballotTools } from './ballot-tools.js';

/** Makes every check of a ballot file again. */
export const checkBallotFile = (file: BallotFile, log?: BallotTools['log']): Promise<BallotFinding[]> =>
  verifyBallot(file, { ...ballotTools, log });
