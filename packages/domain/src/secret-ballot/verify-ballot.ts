import { equalBytes, fromBase64Url, toBase64Url, toHex } from '../transparency/bytes.js';
import type { BallotFile } from './ballot-file.js';
import { ackMessage, flawOf, hashOfToken, isSameEntry, type BallotEntry } from './board.js';
import { findInLog } from './check-in-log.js';
import { findInPaper, paperCount } from './check-paper.js';
import { countBoard } from './count-board.js';
import type { BallotFinding, BallotTools } from './finding.js';
import { manifestId, questionIds, returnSlip } from './manifest.js';
import { mayOpen, mayPublishKeys, mayShow, type Returned } from './minimums.js';
import { countChannel, provisionalFits, rollRootOf } from './participation.js';
import type { TrusteeKeys } from './sealed-choice.js';

/**
 * Checks a closed ballot from its public file alone, V1 to V12; empty when everything holds.
 *
 * It trusts nobody who ran the ballot: signatures, order, numbers and the count are all made again. Without the log's key it cannot say when the
 * manifest was published, and says so as a finding.
 */
export async function verifyBallot(file: BallotFile, tools: BallotTools): Promise<BallotFinding[]> {
  const keys = await trusteeKeysOf(file, tools);
  return [
    ...(await findInLog(file, tools)),
    ...findInBoards(file, tools),
    ...findInNumbers(file),
    ...findInRoll(file, tools),
    ...keys.findings,
    ...(keys.keys.size < 2 ? [] : await findInCount(file, tools, keys.keys)),
    ...findInPaper(file),
    ...findInMinimums(file, keys.keys.size),
    ...(await findInAcks(file, tools)),
  ];
}

/** V2 and V3. */
function findInBoards(file: BallotFile, tools: BallotTools): BallotFinding[] {
  const ballot = manifestId(tools.sha256, file.manifest);
  const found: BallotFinding[] = [];
  for (const [question, entries] of Object.entries(file.boards)) {
    let before = '';
    for (const entry of entries) {
      const hash = toHex(hashOfToken(tools.sha256, entry));
      const flaw =
        entry.question === question ? flawOf(file.manifest, ballot, entry, tools.check) : ('other-question' as const);
      if (flaw !== null) found.push({ check: 'V2', what: flaw, question, entry: hash });
      if (hash === before) found.push({ check: 'V2', what: 'token-twice', question, entry: hash });
      if (hash < before) found.push({ check: 'V3', what: 'not-sorted', question, entry: hash });
      before = hash;
    }
  }
  return found;
}

/** V4 and V5: nobody came from nowhere. */
function findInNumbers(file: BallotFile): BallotFinding[] {
  const found: BallotFinding[] = [];
  for (const question of questionIds(file.manifest)) {
    const returned = file.boards[question]?.length ?? 0;
    if (returned + (file.surrendered[question] ?? 0) > file.issuedOnline)
      found.push({ check: 'V4', what: 'more-returned-than-issued', question });
  }
  if ((file.boards[returnSlip]?.length ?? 0) !== file.returnedOnline)
    found.push({ check: 'V4', what: 'returned-differs-from-slips', question: returnSlip });
  const online = countChannel(file.participants, 'online') + countChannel(file.participants, 'provisional');
  // Whoever took tokens and has plain paper now gave them up: the box must hold as many void ones of every question.
  const gaveUp = file.issuedOnline - online;
  if (gaveUp < 0 || gaveUp > countChannel(file.participants, 'paper'))
    found.push({ check: 'V5', what: 'issued-differs-from-list' });
  for (const question of questionIds(file.manifest))
    if ((file.surrendered[question] ?? 0) < gaveUp)
      found.push({ check: 'V5', what: 'paper-for-tokens-that-are-not-void', question });
  const paper = file.paper.reduce((sum, batch) => sum + batch.issued, 0);
  const onPaper = countChannel(file.participants, 'paper') + countChannel(file.participants, 'provisional');
  if (paper !== onPaper) found.push({ check: 'V5', what: 'paper-differs-from-list' });
  const provisional = countChannel(file.participants, 'provisional');
  const counted = file.provisionalCounted;
  if (counted > provisional || (counted > 0 && !provisionalFits(file.issuedOnline, file.returnedOnline, provisional)))
    found.push({ check: 'V5', what: 'provisional-above-silent-phones' });
  const groups = new Set([...Object.keys(file.manifest.entitled), ...file.participants.map(({ group }) => group)]);
  for (const group of groups) {
    const listed = file.participants.filter((one) => one.group === group).length;
    if (listed !== (file.manifest.entitled[group] ?? 0))
      found.push({ check: 'V5', what: 'entitled-differs', entry: group });
  }
  return found;
}

/** V10: the posted list is the roll of the manifest; a voter finds the own line in it by the own salt. */
function findInRoll(file: BallotFile, { sha256 }: BallotTools): BallotFinding[] {
  const root = rollRootOf(
    sha256,
    file.participants.map(({ person }) => person),
  );
  return root === file.manifest.rollRoot ? [] : [{ check: 'V10', what: 'list-is-not-the-roll' }];
}

/** V6, the keys: each published one belongs to the trustee of that number. */
async function trusteeKeysOf(
  file: BallotFile,
  tools: BallotTools,
): Promise<{ readonly keys: TrusteeKeys; readonly findings: BallotFinding[] }> {
  const keys = new Map<number, { privateKey: Uint8Array; publicKey: Uint8Array }>();
  const findings: BallotFinding[] = [];
  for (const [number, text] of Object.entries(file.trusteeKeys)) {
    const privateKey = fromBase64Url(text) ?? new Uint8Array();
    const publicKey = privateKey.length === 32 ? await tools.publicOf(privateKey) : new Uint8Array();
    if (toBase64Url(publicKey) === file.manifest.trustees[Number(number)])
      keys.set(Number(number), { privateKey, publicKey });
    else findings.push({ check: 'V6', what: 'key-of-no-trustee', entry: number });
  }
  if (keys.size < 2 && Object.values(file.results).some((result) => 'counts' in result))
    findings.push({ check: 'V6', what: 'not-opened' });
  return { keys, findings };
}

/** V6 and V7: every vote is opened and counted again. */
async function findInCount(file: BallotFile, tools: BallotTools, keys: TrusteeKeys): Promise<BallotFinding[]> {
  const found: BallotFinding[] = [];
  for (const { id: question, choices } of file.manifest.questions) {
    const told = file.results[question];
    const counted = await countBoard(tools, file.manifest, question, file.boards[question] ?? [], keys);
    const paper = paperCount(file.paper, question);
    if (told === undefined) found.push({ check: 'V7', what: 'no-result', question });
    else if ('counts' in told) {
      const differs = ['', ...choices].some(
        (choice) => (told.counts[choice] ?? 0) !== (counted.counts[choice] ?? 0) + (paper.counts[choice] ?? 0),
      );
      const stranger = Object.keys(told.counts).some((choice) => choice !== '' && !choices.includes(choice));
      if (differs || stranger) found.push({ check: 'V7', what: 'count-differs', question });
      if (told.invalid !== counted.invalid.length + paper.invalid)
        found.push({ check: 'V6', what: 'invalid-differs', question });
      const sum = Object.values(told.counts).reduce((all, one) => all + one, 0);
      if (sum !== told.valid) found.push({ check: 'V7', what: 'valid-differs', question });
    }
  }
  return found;
}

/** V9. */
function findInMinimums(file: BallotFile, published: number): BallotFinding[] {
  const found: BallotFinding[] = [];
  if (!mayOpen(file.manifest)) found.push({ check: 'V9', what: 'too-few-entitled' });
  const all: Returned[] = [];
  for (const { id: question } of file.manifest.questions) {
    const returned = { online: file.boards[question]?.length ?? 0, paper: paperCount(file.paper, question).read };
    all.push(returned);
    const told = file.results[question];
    if (told !== undefined && 'counts' in told && !mayShow(file.manifest, returned))
      found.push({ check: 'V9', what: 'too-few-to-show', question });
  }
  if (published >= 2 && !mayPublishKeys(file.manifest, all))
    found.push({ check: 'V9', what: 'keys-published-for-too-few' });
  return found;
}

/** V11: an acknowledged vote that is not on the board is proof that the box dropped or changed it. */
async function findInAcks(file: BallotFile, tools: BallotTools): Promise<BallotFinding[]> {
  const ballot = manifestId(tools.sha256, file.manifest);
  const boxKey = fromBase64Url(file.manifest.boxKey) ?? new Uint8Array();
  const found: BallotFinding[] = [];
  for (const { entry, signature } of file.acks) {
    const signed = fromBase64Url(signature) ?? new Uint8Array();
    // A stranger's paper proves nothing against the box.
    if (!(await tools.verifyEd25519(boxKey, ackMessage(tools.sha256, ballot, entry), signed))) continue;
    const board: readonly BallotEntry[] = file.boards[entry.question] ?? [];
    const hash = hashOfToken(tools.sha256, entry);
    const there = board.find((one) => equalBytes(hashOfToken(tools.sha256, one), hash));
    if (there === undefined || !isSameEntry(there, entry))
      found.push({
        check: 'V11',
        what: there === undefined ? 'dropped' : 'changed',
        question: entry.question,
        entry: toHex(hash),
      });
  }
  return found;
}
