import * as z from 'zod';
import { fromBase64Url, toBase64Url, type Sha256 } from '../transparency/bytes.js';
import { commitWithSalt } from '../transparency/commitment.js';
import { leafHash, rootOfLeaves } from '../transparency/tree.js';

/** How somebody on the roll takes part 投票方式: not at all yet, by phone, on paper, or on paper in a sealed envelope after a phone was lost. */
export const BallotChannel = z.enum(['none', 'online', 'paper', 'provisional']);
export type BallotChannel = z.infer<typeof BallotChannel>;

/** One line of the list that is posted 参与名单: a person known to whoever has the salt, the group, and the channel. */
export const Participant = z.strictObject({ person: z.string().length(43), group: z.string(), channel: BallotChannel });
export type Participant = z.infer<typeof Participant>;

/** The salted name of a person on a roll: it says nothing to whoever lacks the salt. */
export const participantMark = (sha256: Sha256, salt: Uint8Array, person: string, group: string): string =>
  commitWithSalt(sha256, salt, 'participant', { person, group });

/** Root of a roll, over its marks in the order of the list; the manifest holds it. */
export const rollRootOf = (sha256: Sha256, marks: readonly string[]): string =>
  toBase64Url(
    rootOfLeaves(
      sha256,
      marks.map((mark) => leafHash(sha256, fromBase64Url(mark) ?? new Uint8Array())),
    ),
  );

/** What somebody wants: tokens on the phone, a paper slip, or paper after the phone with the tokens was lost. */
export type ChannelChange = 'take-tokens' | 'take-paper' | 'surrender' | 'lose-phone';

/**
 * The channel after a change, or null where one person would have two votes: tokens exclude paper until every one of them was surrendered
 * unused, and a lost phone gives a provisional slip, never a second list of tokens.
 */
export const changeChannel = (now: BallotChannel, change: ChannelChange): BallotChannel | null => {
  if (change === 'take-tokens') return now === 'none' ? 'online' : null;
  if (change === 'take-paper') return now === 'none' ? 'paper' : null;
  if (now !== 'online') return null;
  return change === 'surrender' ? 'paper' : 'provisional';
};

/** How many of a list use a channel. */
export const countChannel = (list: readonly Participant[], channel: BallotChannel): number =>
  list.filter((one) => one.channel === channel).length;

/**
 * Whether provisional slips count: at least as many phones must have kept silent as there are slips. It bounds the damage of a false claim;
 * which of them is false nobody can tell, so the committee decides in public besides.
 */
export const provisionalFits = (issuedOnline: number, returnedOnline: number, provisional: number): boolean =>
  issuedOnline - returnedOnline >= provisional;
