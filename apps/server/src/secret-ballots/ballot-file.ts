import { participantMark, questionIds, type BallotEntry, type BallotFile, type PaperBatch } from '@lianxin/domain';
import { sha256 } from '../log/index.js';
import type { RollLine, StoredBallot } from './secret-ballots.store.js';

/** What a ballot file is made of. */
export interface FileParts {
  readonly ballot: StoredBallot;
  readonly roll: readonly RollLine[];
  readonly boards: Readonly<Record<string, BallotEntry[]>>;
  readonly paper: readonly PaperBatch[];
}

/** How many hold tokens as the roll has it; whoever gave them up for paper is not among them. Pure. */
export const holdTokens = (roll: readonly RollLine[]): number =>
  roll.filter(({ channel }) => channel === 'online' || channel === 'provisional').length;

/** How many slips of paper went out. Pure. */
export const issuedOnPaper = (roll: readonly RollLine[]): number =>
  roll.filter(({ channel }) => channel === 'paper' || channel === 'provisional').length;

/** The public file of a closed ballot, without the proofs that only the log can give. Pure. */
export const fileOf = ({ ballot, roll, boards, paper }: FileParts): BallotFile => {
  const { manifest } = ballot;
  const days = roll.flatMap(({ takenOn }) => (takenOn === null ? [] : [takenOn])).toSorted();
  return {
    v: 1,
    manifest,
    firstIssued: days[0] ?? manifest.tokensFrom,
    issuedOnline: ballot.listsSigned ?? holdTokens(roll),
    returnedOnline: boards['return-slip']?.length ?? 0,
    participants: roll.map(({ salt, person, group, channel }) => ({
      person: participantMark(sha256, new Uint8Array(salt), person, group),
      group,
      channel,
    })),
    provisionalCounted: ballot.provisionalCounted,
    surrendered: { ...ballot.surrendered },
    boards: Object.fromEntries(questionIds(manifest).map((question) => [question, boards[question] ?? []])),
    trusteeKeys: { ...ballot.trusteeKeys },
    paper: [...paper],
    results: { ...ballot.results },
    acks: [],
  };
};
