import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { PoolClient } from 'pg';
import { fault, type Fault } from '@lianxin/domain';
import { statusOf } from '@lianxin/contract';
import { commit, onConnection, type ContextDeps } from '../storage/in-context.js';
import type { Context } from '../storage/context.js';
import { beginIn, type Tx } from '../storage/transaction.js';

/** Who gives a command, as far as repeating it is concerned. */
export interface CommandActor {
  /** Scope of the command ids: `person:<uuid>`, `form:<token>` for a portal form, `receipt:<hash>`. Never shared by two people. */
  readonly key: string;
  readonly context: Context;
}

/** A command 指令 as it arrives, before anything is known about its outcome. */
export interface Command {
  readonly actor: CommandActor;
  /** Made by the client and stored there before the first try; kept for ever. */
  readonly commandId: string;
  /** Method and route template, e.g. `POST /api/matters/{matter}/acts`. */
  readonly route: string;
  /** The parsed body with everything else that decides the outcome, e.g. the path's ids. */
  readonly body: unknown;
}

/** What a command answers: a body, or the faults that refused it. */
export type Outcome = { readonly status: number; readonly body: unknown } | { readonly faults: readonly Fault[] };

/** An answer that is kept: what was done, or why not, and whether it is the first answer repeated. */
export type Answer = {
  readonly status: number;
  readonly repeated: boolean;
} & ({ readonly body: unknown } | { readonly faults: readonly Fault[] });

const lookUp = `select pg_try_advisory_xact_lock(hashtextextended($1 || chr(31) || $2 || chr(31) || $3, 0)) as free,
  (select json_build_object('fingerprint', encode(fingerprint, 'hex'), 'status', status, 'answer', answer)
   from lx.command where county = $1 and actor = $2 and command_id = $3) as kept`;

interface Kept {
  readonly fingerprint: string;
  readonly status: number;
  readonly answer: string;
}

/** SHA-256 over method, route template and canonical body: the same words in another order are the same command. */
export const fingerprintOf = (command: Pick<Command, 'route' | 'body'>): string =>
  createHash('sha256')
    .update(command.route)
    .update('\n')
    .update(canonicalize(command.body ?? null) ?? 'null')
    .digest('hex');

const refusal = (code: 'idempotency-key-reused' | 'command-in-progress'): Answer => {
  const faults = [fault(code)];
  return { status: statusOf(faults), faults, repeated: false };
};

/** The kept answer, or why this command may not use it. */
const fromKept = (kept: Kept, fingerprint: string): Answer => {
  if (kept.fingerprint !== fingerprint) return refusal('idempotency-key-reused');
  const answer = JSON.parse(kept.answer) as { body?: unknown; faults?: readonly Fault[] };
  return answer.faults === undefined
    ? { status: kept.status, body: answer.body, repeated: true }
    : { status: kept.status, faults: answer.faults, repeated: true };
};

/** Thrown to leave the transaction without keeping what it wrote. */
class Refused extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super('refused');
    this.faults = faults;
  }
}

/** A refusal that a later try may get past without a new command: it is answered, not kept. */
const passing = (status: number): boolean => status >= 500 || status === 409 || status === 429;

const isUnique = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === 'command_pkey';

const isRetryable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '40001');

const rowOf = (deps: ContextDeps, command: Command, fingerprint: string, status: number, answer: unknown) => ({
  actor: command.actor.key,
  command_id: command.commandId,
  route: command.route,
  fingerprint,
  status,
  answer: JSON.stringify(answer),
  recorded_at: deps.clock(),
});

/** Begins and looks the command id up: one round trip. Gives an answer when the work must not run. */
const enter = async (
  tx: Tx,
  client: PoolClient,
  command: Command,
  fingerprint: string,
): Promise<Answer | undefined> => {
  const found = await beginIn(tx, client, () =>
    tx.first<{ free: boolean; kept: Kept | null }>(lookUp, [
      command.actor.context.county,
      command.actor.key,
      command.commandId,
    ]),
  );
  if (found?.kept) return fromKept(found.kept, fingerprint);
  return found?.free === true ? undefined : refusal('command-in-progress');
};

/** Keeps a refusal: nothing else of the command remains. A refusal that another try kept first wins. */
const keepRefusal = async (deps: ContextDeps, command: Command, fingerprint: string, faults: readonly Fault[]) =>
  onConnection(deps, command.actor.context, async (tx, client): Promise<Answer> => {
    const status = statusOf(faults);
    const answered = await enter(tx, client, command, fingerprint);
    await commit(
      tx,
      client,
      answered === undefined ? rowOf(deps, command, fingerprint, status, { faults }) : undefined,
    );
    return answered ?? { status, faults, repeated: false };
  });

const attempt = async (
  deps: ContextDeps,
  command: Command,
  fingerprint: string,
  work: (tx: Tx) => Promise<Outcome>,
): Promise<Answer> =>
  onConnection(deps, command.actor.context, async (tx, client) => {
    const answered = await enter(tx, client, command, fingerprint);
    if (answered !== undefined) {
      await commit(tx, client);
      return answered;
    }
    const outcome = await work(tx);
    if ('faults' in outcome) throw new Refused(outcome.faults);
    if (outcome.status >= 400) throw new TypeError('a command refuses with faults, not with a status');
    await commit(tx, client, rowOf(deps, command, fingerprint, outcome.status, { body: outcome.body ?? null }));
    return { ...outcome, repeated: false };
  });

/**
 * Carries out a command 指令 once, whatever number of times it arrives: one transaction holds what it did, its journal entries,
 * its effects and its answer, and the same id with the same body gets the first answer for ever.
 *
 * Refuses `idempotency-key-reused` (same id, other body) and `command-in-progress` (still at work; ask again). A refusal of the work
 * undoes everything it wrote and is kept too; exceptions and passing refusals (409, 429, 5xx) are not, so a retry runs again.
 * A deadlock is tried again up to three times, since the work has left nothing behind.
 */
export const runCommand = async (
  deps: ContextDeps,
  command: Command,
  work: (tx: Tx) => Promise<Outcome>,
): Promise<Answer> => {
  const fingerprint = fingerprintOf(command);
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(deps, command, fingerprint, work);
    } catch (error) {
      if (error instanceof Refused) {
        const status = statusOf(error.faults);
        if (passing(status)) return { status, faults: error.faults, repeated: false };
        return keepRefusal(deps, command, fingerprint, error.faults);
      }
      // The id was committed by another server between our look and our write: the next look finds its answer.
      if ((isUnique(error) || isRetryable(error)) && tries < 4) continue;
      throw error;
    }
  }
};
