import {
  cosign,
  formatNote,
  formatSignature,
  judgeCheckpoint,
  noteKey,
  originOfRequest,
  parseNote,
  type AddCheckpoint,
  type NoteKey,
  type WitnessVerdict,
} from '@lianxin/domain';
import { sha256, verifyEd25519 } from '../checks.js';
import type { WitnessFolder } from './witness-folder.js';

/** The logs that a witness knows, by their keys. */
export type KnownLogs = (origin: string) => NoteKey | null;

/**
 * The logs of these keys; with `origin`, every year's log below it that the same key signs: a county opens one each year, and nobody
 * should have to visit every witness on New Year's Day.
 */
export const knownLogs =
  (keys: readonly NoteKey[], origin: string | undefined): KnownLogs =>
  (asked) => {
    const named = keys.find((key) => key.name === asked);
    if (named !== undefined) return named;
    const [first] = keys;
    const yearly =
      origin !== undefined && asked.startsWith(`${origin}/`) && /^\d{4}$/.test(asked.slice(origin.length + 1));
    return yearly && first !== undefined ? noteKey(sha256, asked, first.publicKey) : null;
  };

/** What became of a checkpoint: the verdict, and with 200 the signature line. */
export type Witnessing =
  | { readonly verdict: Extract<WitnessVerdict, { status: 200 }>; readonly line: string }
  | { readonly verdict: Exclude<WitnessVerdict, { status: 200 }>; readonly evidence?: string };

/** Judges and cosigns checkpoints, one after another. */
export type Witness = (request: AddCheckpoint) => Promise<Witnessing>;

/**
 * A witness 见证人: for each log one checkpoint after another. Between comparing with what it knows and storing the new one nothing else
 * of that log happens, so a slow request for a smaller size can never roll back a larger one (the race in c2sp.org/tlog-witness, J12).
 */
export const witnessWith = (folder: WitnessFolder, logs: KnownLogs, seconds: () => number): Witness => {
  const queues = new Map<string, Promise<unknown>>();
  const one = async (origin: string, request: AddCheckpoint): Promise<Witnessing> => {
    const last = folder.last(origin);
    const verdict = await judgeCheckpoint(request, { key: logs(origin), last }, { sha256, verify: verifyEd25519 });
    if (verdict.status === 200) {
      const signature = cosign(verdict.text, folder.key, seconds(), folder.sign);
      const note = parseNote(request.checkpoint);
      const own = note?.signatures.filter((line) => line.name === origin) ?? [];
      folder.keep(origin, formatNote({ text: verdict.text, signatures: [...own, signature] }));
      return { verdict, line: formatSignature(signature) };
    }
    if (verdict.status !== 422) return { verdict };
    // Signed by the log's own key and yet not a continuation: either a damaged proof, or two pasts of one log.
    const known = last === null ? '' : `${last.origin}\n${last.size}\n`;
    return { verdict, evidence: folder.keepEvidence(`${known}\n${request.checkpoint}`) };
  };
  return async (request) => {
    const origin = originOfRequest(request) ?? '';
    const before = queues.get(origin) ?? Promise.resolve();
    const mine = before.then(async () => one(origin, request));
    const settled = mine.catch(() => undefined);
    queues.set(origin, settled);
    void settled.then(() => queues.get(origin) === settled && queues.delete(origin));
    return mine;
  };
};
