import {
  countBoard,
  fault,
  fromBase64Url,
  leafProblems,
  loggedResult,
  mayPublishKeys,
  mayShow,
  paperCount,
  toBase64Url,
  type BallotFile,
  type BallotManifest,
  type QuestionResult,
  type Returned,
  type TrusteeKeys,
} from '@lianxin/domain';
import type { Given } from '../access/index.js';
import { ballotTools } from '../ballot-box/ballot-tools.js';
import type { Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import type { MatterDeps } from '../matters/index.js';
import { fileOf } from './ballot-file.js';
import { faultOfFinding, findingsIn } from './close-ballot.js';
import { done, onBallot } from './command.js';
import { batchesOf } from './paper.js';
import { boardsOf, rollOfBallot, setBallot, sheetsOf } from './secret-ballots.store.js';

/** What came back on each question, by channel. Pure. */
export const returnedOf = (file: Pick<BallotFile, 'manifest' | 'boards' | 'paper'>): Returned[] =>
  file.manifest.questions.map(({ id }) => ({
    online: file.boards[id]?.length ?? 0,
    paper: paperCount(file.paper, id).read,
  }));

/** Whether enough came back on phones and on paper to open anything. Pure. */
export const mayOpenBoards = (manifest: BallotManifest, returned: readonly Returned[]): boolean =>
  mayPublishKeys(manifest, returned) && returned.some((one) => mayShow(manifest, one));

/** The keys that are those of the manifest's trustees. */
const fittingKeys = async (
  manifest: BallotManifest,
  given: readonly { readonly trustee: number; readonly key: string }[],
): Promise<TrusteeKeys> => {
  const keys = new Map<number, { privateKey: Uint8Array; publicKey: Uint8Array }>();
  for (const { trustee, key } of given) {
    const privateKey = fromBase64Url(key) ?? new Uint8Array();
    if (privateKey.length !== 32) continue;
    const publicKey = await ballotTools.publicOf(privateKey);
    if (toBase64Url(publicKey) === manifest.trustees[trustee]) keys.set(trustee, { privateKey, publicKey });
  }
  return keys;
};

const countOne = async (file: BallotFile, question: string, keys: TrusteeKeys): Promise<QuestionResult> => {
  const board = file.boards[question] ?? [];
  const paper = paperCount(file.paper, question);
  if (!mayShow(file.manifest, { online: board.length, paper: paper.read })) return { suppressed: true };
  const counted = await countBoard(ballotTools, file.manifest, question, board, keys);
  const counts = Object.fromEntries(
    Object.entries(counted.counts).map(([choice, one]) => [choice, one + (paper.counts[choice] ?? 0)]),
  );
  return {
    counts,
    valid: Object.values(counts).reduce((sum, one) => sum + one, 0),
    invalid: counted.invalid.length + paper.invalid,
  };
};

/**
 * Opens and publishes 开票公布: two trustees' keys open every vote, the count is made, checked as anybody will check it, and stands in the public log with the
 * keys. Where too few came back the keys are not asked for and nothing is ever opened.
 *
 * Refuses `ballot-not-closed`, `already-done`, `trustee-keys-missing`, `ballot-does-not-hold`.
 */
export const publishBallot = (
  deps: MatterDeps,
  given: Given<{ readonly id: string; readonly keys: readonly { readonly trustee: number; readonly key: string }[] }>,
): Promise<Answer> =>
  // The keys are hashed into the command's fingerprint and kept nowhere until they are public.
  onBallot(deps, given, 'POST /api/secret-ballots/{id}/publish', 'closed', async ({ tx, ballot, keep, act }) => {
    const { manifest, division } = ballot;
    const questions = manifest.questions.map(({ id }) => id);
    const { batches } = batchesOf(await sheetsOf(tx, ballot.id), questions);
    const roll = await rollOfBallot(tx, ballot.id);
    const file = fileOf({ ballot, roll, boards: await boardsOf(tx, ballot.id), paper: batches });
    if (!mayOpenBoards(manifest, returnedOf(file))) {
      const results = Object.fromEntries(questions.map((id) => [id, { suppressed: true as const }]));
      await setBallot(tx, ballot.id, { state: 'withheld', results });
      const refused = await act('withhold-count');
      keep('withhold');
      return refused.length > 0 ? { faults: refused } : done(ballot.id);
    }
    const keys = await fittingKeys(manifest, given.input.keys);
    if (keys.size < 2) return { faults: [fault('trustee-keys-missing', { have: keys.size })] };
    const results: Record<string, QuestionResult> = {};
    for (const question of questions) results[question] = await countOne(file, question, keys);
    const trusteeKeys = Object.fromEntries(
      [...keys].map(([trustee, { privateKey }]) => [String(trustee), toBase64Url(privateKey)]),
    );
    const found = await findingsIn({ ...file, trusteeKeys, results });
    if (found.length > 0) return { faults: found.slice(0, 5).map(faultOfFinding) };
    for (const [trustee, key] of Object.entries(trusteeKeys)) {
      const pub = { ballot: ballot.id, holder: `trustee-${Number(trustee) + 1}-opened`, use: 'seal', key };
      writeJournal(tx, { kind: 'ballot.key', division, commandId: given.commandId, pub });
    }
    const resultJournals: Record<string, string> = {};
    for (const [question, result] of Object.entries(results)) {
      if (!('counts' in result)) continue;
      const pub = { ballot: ballot.id, question, ...loggedResult(result) };
      const [problem] = leafProblems('ballot.result', pub);
      if (problem !== undefined) throw new Error(`a result that the log does not take: ${problem}`);
      resultJournals[question] = writeJournal(tx, {
        kind: 'ballot.result',
        division,
        commandId: given.commandId,
        pub,
      }).journalId;
    }
    await setBallot(tx, ballot.id, { state: 'published', trusteeKeys, results, resultJournals });
    const refused = await act('publish-count');
    if (refused.length > 0) return { faults: refused };
    keep('publish');
    return done(ballot.id);
  });
