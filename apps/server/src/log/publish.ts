import path from 'node:path';
import { formatNoteKey, parseNoteKey, readCheckpoint, type Checkpoint } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { inContext, type Tx } from '../storage/index.js';
import { keepCheckpoint, lockLog, logContext, newestCheckpoint, readYears, sizeOf, type LogYear } from './log.store.js';
import { lastSigned, LogNotContinued, signCheckpoint } from './signer.js';
import { writeDurably } from '../storage/write-durably.js';
import { sha256 } from './sha256.js';
import { signingKey, verifyEd25519 } from './signing-key.js';
import { readConsistencyProof, readRoot } from './tree-reader.js';

/** A log that did not grow is signed again after this long, so that a stopped log can be told from a quiet one. */
const renewalAfter = 24 * 3_600_000;

/** Folder of a log's own files: what was signed last, and the checkpoint as static servers may offer it. */
export const logFolder = (data: string, county: string, year: number): string =>
  path.join(data, 'log', county, String(year));

/** File in which the signer remembers what it signed. */
export const signedFile = (data: string, county: string, year: number): string =>
  path.join(logFolder(data, county, year), 'signed');

/**
 * Publishes 公布册首 the logs of a county: signs a checkpoint of each that grew, and writes it to the table and to a file.
 *
 * Gives the checkpoints signed now. Throws `LogNotContinued` where the tables are not what was signed before: the log then
 * stands still, and an alarm is better than a signature.
 */
export const publishCounty = async (deps: Deps, county: string): Promise<Checkpoint[]> => {
  const years = await inContext(deps, logContext(county), async (tx) => readYears(tx, county));
  const signed: Checkpoint[] = [];
  for (const log of years) {
    const checkpoint = await inContext(deps, logContext(county), async (tx) => publishYear(tx, deps, log));
    if (checkpoint !== null) signed.push(checkpoint);
  }
  return signed;
};

const publishYear = async (tx: Tx, deps: Deps, log: LogYear): Promise<Checkpoint | null> => {
  const { county, year } = log;
  await lockLog(tx, county);
  const now = deps.clock();
  const newest = await newestCheckpoint(tx, county, year);
  const size = await sizeOf(tx, county, year);
  const waited = newest === undefined ? Infinity : Date.parse(now) - Date.parse(newest.signed_at);
  if (newest?.tree_size === size && (waited < renewalAfter || log.frozen_at !== null)) return null;

  const key = signingKey(deps.keys, county);
  if (formatNoteKey(key.named(log.origin)) !== log.key)
    throw new Error(`the key of ${log.origin} is not the one it was opened with`);

  const tree = { county, year, size };
  const checkpoint: Checkpoint = { origin: log.origin, size, root: await readRoot(tx, tree) };
  const file = signedFile(deps.config.data, county, year);
  const known = newest === undefined ? null : await oursAmong(log, newest.note);
  const last = lastSigned(file) ?? known;
  if (last !== null && last.size > size) throw new LogNotContinued(last, checkpoint);
  const proof = last === null ? [] : await readConsistencyProof(tx, tree, last.size);
  const note = await signCheckpoint(file, key, checkpoint, proof, known);
  await keepCheckpoint(tx, county, year, { ...checkpoint, note, signedAt: now });
  await writeDurably(path.join(logFolder(deps.config.data, county, year), 'checkpoint'), note);
  return checkpoint;
};

/** A checkpoint of the table, if the log's own key signed it; one that it did not sign is nothing to continue. */
const oursAmong = async (log: LogYear, note: string): Promise<Checkpoint | null> => {
  const key = parseNoteKey(sha256, log.key);
  return key === null ? null : readCheckpoint(note, { key, verify: verifyEd25519 });
};
