import { toHex } from '../transparency/bytes.js';
import { hashOfToken, type BallotEntry } from './board.js';
import type { SealTools } from './hpke.js';
import { choicesOf, manifestId, type BallotManifest } from './manifest.js';
import { openChoice, type TrusteeKeys } from './sealed-choice.js';

/** Count of one board 计票: by choice, an empty word for abstentions, and the hashes of what was invalid. */
export interface BoardCount {
  readonly counts: Readonly<Record<string, number>>;
  readonly valid: number;
  readonly invalid: readonly string[];
}

/** Opens and counts the votes on one question; what does not open or names no choice of the question is invalid. */
export async function countBoard(
  tools: SealTools,
  manifest: BallotManifest,
  question: string,
  entries: readonly BallotEntry[],
  keys: TrusteeKeys,
): Promise<BoardCount> {
  const ballot = manifestId(tools.sha256, manifest);
  const choices = choicesOf(manifest, question) ?? [];
  const counts: Record<string, number> = Object.fromEntries(['', ...choices].map((choice) => [choice, 0]));
  const invalid: string[] = [];
  for (const entry of entries) {
    const hash = hashOfToken(tools.sha256, entry);
    const choice = await openChoice(tools, { manifest, ballot, question, hash }, entry, keys);
    if (choice === null || (choice !== '' && !choices.includes(choice))) invalid.push(toHex(hash));
    else counts[choice] = (counts[choice] ?? 0) + 1;
  }
  return { counts, valid: entries.length - invalid.length, invalid };
}
