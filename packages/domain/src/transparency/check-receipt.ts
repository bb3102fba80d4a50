import { equalBytes, utf8Text } from './bytes.js';
import { parseCheckpointBody } from './checkpoint.js';
import type { Checkpoint } from './checkpoint.js';
import { receiptField, receiptMark } from './commitment.js';
import { parseLeaf } from './leaf.js';
import { dayProof, findBySeed } from './private-day.js';
import type { DatedReceipt, IndexedReceipt, Receipt } from './receipt.js';
import { parseNote, parseNoteKey } from './signed-note.js';
import type { NoteKey } from './signed-note.js';
import { hashesOfTiles, parseEntryBundle, tilePath, tilesForRanges, tileWidth } from './tiles.js';
import { formatProofFile, parseProofFile } from './tlog-proof.js';
import { consistencyRanges, hashOfRange } from './tree.js';
import { checkProofFile, onlyGrew, readCheckpoint } from './verify-file.js';
import { parsePolicy } from './witness-policy.js';
import type { WitnessPolicy } from './witness-policy.js';
import type { Difference, ProofCheck, ProofOutcome } from './verify-file.js';

/** What a person is told. */
export type ReceiptAnswer = TrueAnswer | 'received' | 'differs' | 'forked';

/** True, and whether enough witnesses saw the log as it is. */
export type TrueAnswer = 'true-witnessed' | 'true-not-witnessed';

/** The answers in plain words, Chinese first. */
export const receiptAnswerWords: Readonly<Record<ReceiptAnswer, { readonly zh: string; readonly en: string }>> = {
  'true-witnessed': { zh: '真实且已见证', en: 'True and witnessed' },
  'true-not-witnessed': { zh: '真实，尚未见证', en: 'True, not witnessed yet' },
  received: { zh: '收到，尚未入册', en: 'Received, not in the log yet' },
  differs: { zh: '与册上不符', en: 'Does not agree with the log' },
  forked: { zh: '册已被改动（分叉）', en: 'The log was changed (forked)' },
};

/** What came out, with all that is needed to show it and to keep it. */
export type ReceiptResult =
  | {
      readonly answer: TrueAnswer;
      readonly outcome: Extract<ProofOutcome, { holds: true }>;
      readonly proof: string;
      /** The log has not been signed for longer than a day: what came since may be missing without anybody seeing it. */
      readonly stale: boolean;
    }
  | { readonly answer: 'received' }
  | { readonly answer: 'differs'; readonly difference: Difference | 'not-found' }
  | { readonly answer: 'forked'; readonly held: string; readonly served: string };

/** Reads a path of the log's server; null where it is not there. Throws when the server cannot be reached. */
export type ReadLog = (path: string) => Promise<Uint8Array | null>;

/** How a receipt is checked online. */
export interface ReceiptCheck extends Pick<ProofCheck, 'sha256' | 'verify'> {
  readonly read: ReadLog;
  /** Today, county time: an entry may be missing from the log until the day after it was received is over. */
  readonly today: string;
  /** Key from a poster; without it the key is the server's own word, and only a fork can show that it lied. */
  readonly key?: NoteKey | undefined;
  /** Policy from a poster; without it the policy is the server's own word too. */
  readonly policy?: WitnessPolicy | undefined;
  /** The moment, milliseconds since 1970, against which a checkpoint is old. */
  readonly now?: number | undefined;
  /** A proof file kept from an earlier check: the log of today must continue it. */
  readonly held?: string | undefined;
  /** Which log an indexed receipt belongs to, as `county/year`; all of the server's are tried without it. */
  readonly log?: string | undefined;
}

/**
 * Checks a receipt 核对凭条 against a server's log. What is asked of the server does not tell it which entry is meant: a whole
 * day's entries are fetched, and the own one is found at home by the seed.
 */
export async function checkReceipt(receipt: Receipt, check: ReceiptCheck): Promise<ReceiptResult> {
  return receipt.form === 'dated' ? checkDated(receipt, check) : checkIndexed(receipt, check);
}

async function checkDated(receipt: DatedReceipt, check: ReceiptCheck): Promise<ReceiptResult> {
  const { county, day, seed } = receipt;
  for (const part of partsOf(await readText(check.read, `/log/${county}/day/${day}`))) {
    const position = findBySeed(check.sha256, part.entries, seed);
    if (position < 0) continue;
    const log = `/log/${county}/${part.year}`;
    const leafProof = parseProofFile((await readText(check.read, `${log}/proof/${part.index}`)) ?? '');
    if (leafProof === null) return { answer: 'received' };
    const subtree = {
      entry: part.entries[position] ?? '',
      position,
      path: dayProof(check.sha256, part.entries, position),
    };
    return checkFile(log, formatProofFile({ ...leafProof, subtree }), receipt, check);
  }
  const act = await findAct(receipt, check);
  if (act !== null) {
    const proof = await readText(check.read, `${act.log}/proof/${act.index}`);
    return proof === null ? { answer: 'received' } : checkFile(act.log, proof, receipt, check);
  }
  return daysAfter(day, check.today) > 1 ? { answer: 'differs', difference: 'not-found' } : { answer: 'received' };
}

/**
 * A public act is no entry of a day but a leaf itself, and its receipt may have been printed before it had an index: reads the
 * year's leaves from the end back to the day of the receipt.
 */
async function findAct(
  receipt: DatedReceipt,
  check: ReceiptCheck,
): Promise<{ readonly log: string; readonly index: number } | null> {
  const log = `/log/${receipt.county}/${receipt.day.slice(0, 4)}`;
  const note = parseNote((await readText(check.read, `${log}/checkpoint`)) ?? '');
  const size = note === null ? 0 : (parseCheckpointBody(note.text)?.size ?? 0);
  const mark = receiptMark(check.sha256, receipt.seed);
  for (let tile = Math.ceil(size / tileWidth) - 1; tile >= 0; tile -= 1) {
    const width = Math.min(tileWidth, size - tile * tileWidth);
    const bundle = parseEntryBundle(
      (await check.read(`${log}/${tilePath('entries', tile, width)}`)) ?? new Uint8Array(0),
    );
    const leaves = (bundle ?? []).map((bytes) => parseLeaf(utf8Text(bytes) ?? ''));
    const place = leaves.findIndex((leaf) => leaf?.c[receiptField] === mark);
    if (place >= 0) return { log, index: tile * tileWidth + place };
    if (leaves.some((leaf) => leaf !== null && dayAt(leaf.at) < receipt.day)) return null;
  }
  return null;
}

/** The day of an instant in county time, UTC+8. */
function dayAt(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
}

async function checkIndexed(receipt: IndexedReceipt, check: ReceiptCheck): Promise<ReceiptResult> {
  let result: ReceiptResult = { answer: 'differs', difference: 'not-found' };
  for (const name of check.log === undefined ? await logNames(check.read) : [check.log]) {
    const proof = await readText(check.read, `/log/${name}/proof/${receipt.index}`);
    if (proof === null) continue;
    const found = await checkFile(`/log/${name}`, proof, receipt, check);
    // The seed decides which log is meant: in the others the index is somebody else's.
    if (found.answer !== 'differs' || found.difference !== 'other-receipt') return found;
    result = found;
  }
  return result;
}

async function checkFile(log: string, proof: string, receipt: Receipt, check: ReceiptCheck): Promise<ReceiptResult> {
  const key = check.key ?? parseNoteKey(check.sha256, (await readText(check.read, `${log}/key`)) ?? '');
  if (key === null) return { answer: 'differs', difference: 'not-signed' };
  const { sha256, verify } = check;
  const policy = check.policy ?? parsePolicy(sha256, (await readText(check.read, `${log}/policy`)) ?? '') ?? undefined;
  const outcome = await checkProofFile(proof, { sha256, verify, key, policy, receipt });
  if (!outcome.holds) return { answer: 'differs', difference: outcome.difference };
  if (check.held !== undefined) {
    const grown = await continuesHeld(log, check.held, outcome, { ...check, key });
    if (grown !== true) return { answer: 'forked', held: grown, served: outcome.file.checkpoint };
  }
  return { answer: trueAnswer(outcome), outcome, proof, stale: await isStale(log, check) };
}

/** The answer for a proof that holds. */
export function trueAnswer(outcome: Extract<ProofOutcome, { holds: true }>): TrueAnswer {
  return outcome.witnessed ? 'true-witnessed' : 'true-not-witnessed';
}

/** A checkpoint is signed at least once a day; one that is older than this is worth a warning (J13). */
export const freshFor = 25 * 3_600_000;

/** Says whether a log that still grows was last signed too long ago. A log whose year is over is never signed again. */
async function isStale(log: string, check: ReceiptCheck): Promise<boolean> {
  const { signedAt, frozen } = jsonOf(await readText(check.read, `${log}/status`));
  if (check.now === undefined || typeof signedAt !== 'string' || frozen === true) return false;
  return check.now - Date.parse(signedAt) > freshFor;
}

/** True, or the held checkpoint that today's log does not continue. A held file of another log says nothing about this one. */
async function continuesHeld(
  log: string,
  held: string,
  outcome: Extract<ProofOutcome, { holds: true }>,
  check: ReceiptCheck & { readonly key: NoteKey },
): Promise<true | string> {
  const note = parseProofFile(held)?.checkpoint ?? held;
  const older = await readCheckpoint(note, check);
  if (older === null) return true;
  const grew = await logContinues(log, older, outcome.checkpoint, check);
  return grew ? true : note;
}

/** Says whether the log at this path, now at `newer`, continues `older`: reads the tiles and computes the proof itself. */
export async function logContinues(
  log: string,
  older: Checkpoint,
  newer: Checkpoint,
  check: Pick<ReceiptCheck, 'sha256' | 'read'>,
): Promise<boolean> {
  if (older.size > newer.size) return false;
  if (older.size === newer.size) return equalBytes(older.root, newer.root);
  const proof = await consistencyFromTiles(log, older.size, newer.size, check);
  return proof !== null && onlyGrew(check.sha256, older, newer, proof);
}

/** The consistency proof between two sizes, computed from the log's own tiles; null where they are not there or too short. */
export async function consistencyFromTiles(
  log: string,
  olderSize: number,
  newerSize: number,
  check: Pick<ReceiptCheck, 'sha256' | 'read'>,
): Promise<readonly Uint8Array[] | null> {
  const { sha256 } = check;
  const ranges = consistencyRanges(olderSize, newerSize);
  const tiles = new Map<string, Uint8Array>();
  for (const tile of tilesForRanges(ranges, newerSize)) {
    const bytes = await check.read(`${log}/${tilePath(tile.level, tile.index, tile.width)}`);
    if (bytes === null) return null;
    tiles.set(`${tile.level}/${tile.index}`, bytes);
  }
  try {
    const hashes = hashesOfTiles(sha256, (level, index) => tiles.get(`${level}/${index}`) ?? new Uint8Array(0));
    return ranges.map((range) => hashOfRange(sha256, range, hashes));
  } catch {
    return null;
  }
}

interface DayPart {
  readonly year: number;
  readonly index: number;
  readonly entries: readonly string[];
}

/** The parts of a day as the server lists them; anything of another shape counts as not there. */
function partsOf(text: string | null): readonly DayPart[] {
  const { parts } = jsonOf(text);
  return Array.isArray(parts) ? parts.filter(isDayPart) : [];
}

function isDayPart(part: unknown): part is DayPart {
  if (typeof part !== 'object' || part === null || !('year' in part) || !('index' in part) || !('entries' in part))
    return false;
  const { year, index, entries } = part;
  return (
    Number.isSafeInteger(year) &&
    Number.isSafeInteger(index) &&
    Array.isArray(entries) &&
    entries.every((entry) => typeof entry === 'string')
  );
}

async function logNames(read: ReadLog): Promise<readonly string[]> {
  const { logs } = jsonOf(await readText(read, '/log'));
  if (!Array.isArray(logs)) return [];
  return logs.flatMap((log: unknown) =>
    typeof log === 'object' && log !== null && 'county' in log && 'year' in log
      ? [`${String(log.county)}/${String(log.year)}`]
      : [],
  );
}

function jsonOf(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

async function readText(read: ReadLog, path: string): Promise<string | null> {
  const bytes = await read(path);
  return bytes === null ? null : utf8Text(bytes);
}

function daysAfter(day: string, today: string): number {
  return (Date.parse(`${today}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000;
}
