import { toHex } from '../transparency/bytes.js';
import { canonicalJson, type CanonicalValue } from '../transparency/canonical-json.js';
import { checkProofFile } from '../transparency/verify-file.js';
import type { BallotFile } from './ballot-file.js';
import { manifestId } from './manifest.js';
import type { BallotCheck, BallotFinding, BallotTools } from './finding.js';

/** V1 and V12: the manifest stood in the log, cosigned, before the first token; the results stand there as they are told. */
export async function findInLog(file: BallotFile, tools: BallotTools): Promise<BallotFinding[]> {
  const { log } = tools;
  if (log === undefined) return [{ check: 'V1', what: 'not-checked-without-the-key-of-the-log' }];
  const found: BallotFinding[] = [];
  const leafOf = async (proof: string | undefined, check: BallotCheck, question?: string) => {
    if (proof === undefined) {
      found.push({ check, what: 'no-proof', question });
      return null;
    }
    const outcome = await checkProofFile(proof, { sha256: tools.sha256, verify: tools.verifyEd25519, ...log });
    if (!outcome.holds) found.push({ check, what: outcome.difference, question });
    else if (log.policy !== undefined && !outcome.witnessed) found.push({ check, what: 'not-witnessed', question });
    return outcome.holds ? outcome.leaf : null;
  };
  const manifest = await leafOf(file.proofs?.manifest, 'V1');
  if (manifest !== null) {
    const named = toHex(manifestId(tools.sha256, file.manifest));
    if (manifest.k !== 'ballot.manifest' || manifest.pub['manifest'] !== named)
      found.push({ check: 'V1', what: 'other-manifest' });
    if (manifest.at.slice(0, 10) >= file.firstIssued) found.push({ check: 'V1', what: 'logged-after-the-first-token' });
  }
  for (const [question, result] of Object.entries(file.results)) {
    if (!('counts' in result)) continue;
    const leaf = await leafOf(file.proofs?.results[question], 'V12', question);
    if (leaf === null) continue;
    const { ballot, question: asked, counts, valid, invalid } = leaf.pub;
    const told = { ballot, question: asked, counts, valid, invalid } as Readonly<Record<string, CanonicalValue>>;
    const expected = { ballot: file.manifest.ballot, question, ...loggedResult(result) };
    if (leaf.k !== 'ballot.result' || !isSame(told, expected))
      found.push({ check: 'V12', what: 'other-result', question });
  }
  return found;
}

/** The word under which the log counts abstentions, since a word there is never empty. */
const abstained = 'abstained';

/** A result as its leaf in the log has it. */
export const loggedResult = (result: {
  readonly counts: Readonly<Record<string, number>>;
  readonly valid: number;
  readonly invalid: number;
}): { readonly counts: Record<string, number>; readonly valid: number; readonly invalid: number } => ({
  ...result,
  counts: Object.fromEntries(Object.entries(result.counts).map(([choice, one]) => [choice || abstained, one])),
});

const isSame = (one: CanonicalValue, other: CanonicalValue): boolean => {
  try {
    return canonicalJson(one) === canonicalJson(other);
  } catch {
    return false;
  }
};
