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

/** How many took tokens, tokens surrendered since included. Pure. */
export const issuedOnline = (roll: readonly RollLine[], surrendered: Readonly<Record<string, number>>): number =>
  roll.filter(({ channel }) => channel === 'online' || channel === 'provisional').length +
  (surrendered['return-slip'] ?? 0);

/** How many slips of paper went out. Pure. */
export const issuedOnPaper = (roll: readonly RollLine[]): number =>
  roll.filter(({ channel }) => channel === 'paper' || channel === 'provisional').length;

/** The public file of a closed ballot, without the proofs that only the log can give. Pure. */
export const fileOf = ({ ballot, roll, boards, paper }: FileParts): BallotFile => {
  const { manifest } = ballot;
  const surrendered = ballot.surrendered ?? {};
  const days = roll.flatMap(({ takenOn }) => (takenOn === null ? [] : [takenOn])).toSorted();
  return {
    v: 1,
    manifest,
    firstIssued: days[0] ?? manifest.tokensFrom,
    issuedOnline: issuedOnline(roll, surrendered),
    returnedOnline: boards['return-slip']?.length ?? 0,
    participants: roll.map(({ salt, person, group, channel }) => ({
      person: participantMark(sha256, new Uint8Array(salt), person, group),
      group,
      channel,
    })),
    provisionalCounted: ballot.provisionalCounted,
    surrendered: { ...surrendered },
    boards: Object.fromEntries(questionIds(manifest).map((question) => [question, boards[question] ?? []])),
    trusteeKeys: { ...ballot.trusteeKeys },
    paper: [...paper],
    results: { ...ballot.results },
    acks: [],
  };
};
