import path from 'node:path';
import {
  cosignedAt,
  equalBytes,
  formatAddCheckpoint,
  formatSignature,
  isQuorum,
  parseCheckpointBody,
  parseNote,
  type PolicyWitness,
  type SignedNote,
  type WitnessPolicy,
} from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { inContext, type Tx } from '../storage/index.js';
import { cosignersOf, insertCosignature, lastCosigned, markWitnessed } from './cosignature.store.js';
import { checkpointAt, lockLog, logContext, newestCheckpoint, readYear, readYears, type LogYear } from './log.store.js';
import { logFolder } from './publish.js';
import { writeDurably } from '../storage/write-durably.js';
import { verifyEd25519 } from './signing-key.js';
import { readConsistencyProof } from './tree-reader.js';
import { policyOf } from './witness-rule.js';

/** How a checkpoint is handed to a witness; a test stands in for the network. */
export type HandIn = (url: string, body: string) => Promise<{ readonly status: number; readonly text: string }>;

/** A witness that does not answer within this time is asked again later. */
const patience = 10_000;

/** Hands a checkpoint in over HTTP. */
const handInByHttp: HandIn = async (url, body) => {
  const answer = await fetch(`${url.replace(/\/$/, '')}/add-checkpoint`, {
    method: 'POST',
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
  return { status: answer.status, text: (await answer.text()).slice(0, 10_000) };
};

/**
 * Verifies a cosignature that came in and keeps it: under a checkpoint of ours, by a witness of the policy. Gives the witness's name; null
 * where it is none of these. Whoever brings it need not be trusted: the signature says everything.
 */
const keepCosignature = async (
  tx: Tx,
  deps: Pick<Deps, 'config' | 'clock'>,
  log: LogYear,
  note: SignedNote,
): Promise<string | null> => {
  const { county, year } = log;
  const claimed = parseCheckpointBody(note.text);
  const ours = claimed === null ? undefined : await checkpointAt(tx, county, year, claimed.size);
  if (claimed === null || claimed.origin !== log.origin || ours === undefined) return null;
  if (!equalBytes(claimed.root, ours.root)) return null;
  const policy = policyOf(deps.config, log);
  for (const witness of policy.witnesses) {
    const seconds = await cosignedAt(note, witness.key, verifyEd25519);
    const line = note.signatures.find((one) => one.name === witness.key.name);
    if (seconds === null || seconds === 'broken' || line === undefined) continue;
    // Of two cosignatures that come at once the later counts the earlier, and one hand at a time writes the checkpoint's file.
    await lockLog(tx, county);
    await insertCosignature(tx, county, year, {
      size: claimed.size,
      witness: witness.name,
      line: formatSignature(line),
      cosignedAt: new Date(seconds * 1000).toISOString(),
      receivedAt: deps.clock(),
    });
    await markIfEnough(tx, deps, log, policy, claimed.size);
    return witness.name;
  }
  return null;
};

const markIfEnough = async (
  tx: Tx,
  deps: Pick<Deps, 'config' | 'clock'>,
  log: LogYear,
  policy: WitnessPolicy,
  size: number,
): Promise<void> => {
  const { county, year } = log;
  const names = await cosignersOf(tx, county, year, size);
  if (isQuorum(policy, new Set(names))) await markWitnessed(tx, county, year, size, deps.clock());
  const newest = await newestCheckpoint(tx, county, year);
  if (newest?.tree_size === size)
    await writeDurably(path.join(logFolder(deps.config.data, county, year), 'checkpoint'), newest.note);
};

/** What is to be handed in: the newest checkpoint, and how to prove that it continues an older one. */
interface Offer {
  readonly log: LogYear;
  readonly size: number;
  readonly note: string;
}

/** Hands one checkpoint to one witness; says what became of it, in a word for the operator's log. */
const offer = async (
  deps: Deps,
  { log, size, note }: Offer,
  witness: PolicyWitness & { readonly url: string },
  known: number,
  handIn: HandIn,
): Promise<string> => {
  const { county, year } = log;
  let from = known;
  for (let round = 0; round < 2; round += 1) {
    const proof = await inContext(deps, logContext(county), async (tx) =>
      from === 0 ? [] : readConsistencyProof(tx, { county, year, size }, from),
    );
    const answer = await handIn(witness.url, formatAddCheckpoint({ oldSize: from, proof, checkpoint: note }));
    if (answer.status === 409) {
      const its = /^(0|[1-9]\d{0,15})\n?$/.exec(answer.text)?.[1];
      if (its === undefined || Number(its) > size) return `409 ${answer.text.slice(0, 40).trim()}`;
      from = Number(its);
      continue;
    }
    if (answer.status !== 200) return String(answer.status);
    const body = parseNote(note)?.text;
    const cosigned = body === undefined ? null : parseNote(`${body}\n${answer.text}`);
    if (cosigned === null) return 'unreadable';
    const by = await inContext(deps, logContext(county), async (tx) => keepCosignature(tx, deps, log, cosigned));
    return by === witness.name ? 'kept' : 'not-its-signature';
  }
  return 'moving';
};

/**
 * Collects 收集见证 cosignatures for the newest checkpoint of every log of a county from the witnesses that can be reached; those that
 * cannot be reached come for it themselves. Gives how many were kept. A witness that refuses or is silent holds up nobody: the operator
 * is told, and the page says 尚未见证.
 */
export const collectCosignatures = async (
  deps: Deps,
  county: string,
  handIn: HandIn = handInByHttp,
): Promise<number> => {
  const years = await inContext(deps, logContext(county), async (tx) => readYears(tx, county));
  let collected = 0;
  for (const log of years) {
    const reachable = policyOf(deps.config, log).witnesses.flatMap((one) =>
      one.url === undefined ? [] : [{ ...one, url: one.url }],
    );
    if (reachable.length === 0) continue;
    const { newest, last } = await inContext(deps, logContext(county), async (tx) => ({
      newest: await newestCheckpoint(tx, county, log.year),
      last: new Map((await lastCosigned(tx, county, log.year)).map((row) => [row.witness, row.size])),
    }));
    if (newest === undefined) continue;
    const due = reachable.filter((witness) => last.get(witness.name) !== newest.tree_size);
    const outcomes = await Promise.all(
      due.map(async (witness) => {
        const what = { log, size: newest.tree_size, note: newest.note };
        const outcome = await offer(deps, what, witness, last.get(witness.name) ?? 0, handIn).catch((error: unknown) =>
          error instanceof Error ? error.message : String(error),
        );
        if (outcome !== 'kept') deps.log('warn', 'not-cosigned', { log: log.origin, witness: witness.name, outcome });
        return outcome;
      }),
    );
    collected += outcomes.filter((outcome) => outcome === 'kept').length;
  }
  return collected;
};

/** Keeps a cosignature that a witness brought itself; null where its log, its checkpoint or its key is not known here. */
export const takeCosignature = async (
  deps: Deps,
  county: string,
  year: number,
  text: string,
): Promise<string | null> => {
  const note = parseNote(text);
  if (note === null) return null;
  return inContext(deps, logContext(county), async (tx) => {
    const log = await readYear(tx, county, year);
    return log === undefined ? null : keepCosignature(tx, deps, log, note);
  });
};
