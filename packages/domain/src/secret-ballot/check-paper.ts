import type { BallotFile, PaperBatch } from './ballot-file.js';
import type { BallotFinding } from './finding.js';

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, one) => all + one, 0);

/** What the slips of a question come to over all places; slips in the box beyond those read are invalid. */
export function paperCount(
  batches: readonly PaperBatch[],
  question: string,
): { readonly counts: Readonly<Record<string, number>>; readonly invalid: number; readonly read: number } {
  const counts: Record<string, number> = {};
  let invalid = 0;
  let read = 0;
  for (const batch of batches) {
    const sheet = batch.counts[question]?.[0] ?? {};
    for (const [choice, count] of Object.entries(sheet)) counts[choice] = (counts[choice] ?? 0) + count;
    read += batch.inBox;
    invalid += batch.inBox - sum(sheet);
  }
  return { counts, invalid, read };
}

/** V8: slips add up, and two people typed the same sheet. */
export function findInPaper(file: BallotFile): BallotFinding[] {
  const found: BallotFinding[] = [];
  for (const batch of file.paper) {
    const entry = batch.place;
    if (batch.inBox + batch.spoiled > batch.issued) found.push({ check: 'V8', what: 'more-paper-than-issued', entry });
    if (batch.photo !== undefined && batch.photo.published !== batch.photo.found)
      found.push({ check: 'V8', what: 'other-photo', entry });
    for (const [question, [one, other]] of Object.entries(batch.counts)) {
      const choices = new Set([...Object.keys(one), ...Object.keys(other)]);
      if ([...choices].some((choice) => (one[choice] ?? 0) !== (other[choice] ?? 0)))
        found.push({ check: 'V8', what: 'two-counts-differ', question, entry });
      if (sum(one) > batch.inBox) found.push({ check: 'V8', what: 'more-read-than-in-box', question, entry });
    }
  }
  return found;
}
