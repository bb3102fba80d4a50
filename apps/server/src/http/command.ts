import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { fault, type Fault } from '@lianxin/domain';
import { statusOf } from '@lianxin/contract';
import { commit, onConnection, type CommandRow, type ContextDeps } from '../storage/in-context.js';
import type { Context } from '../storage/context.js';
import { joinPending, partOf, type Tx } from '../storage/transaction.js';
import type { DeviceTime } from './device-time.js';

/** Who gives a command, as far as repeating it is concerned. */
export interface CommandActor {
  /** Scope of the command ids: `person:<uuid>`, `form:<token>` for a portal form, `receipt:<hash>`. Never shared by two people. */
  readonly key: string;
  readonly context: Context;
  /** The clock of the device it came from, where the device said it. */
  readonly device?: DeviceTime | undefined;
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

const lookUp = `select pg_try_advisory_xact_lock(hashtextextended($1 || chr(31) || c.actor || chr(31) || c.id, 0)) as free,
  (select json_build_object('fingerprint', encode(k.fingerprint, 'hex'), 'status', k.status, 'answer', k.answer)
   from lx.command k where k.county = $1 and k.actor = c.actor and k.command_id = c.id) as kept
  from unnest($2::text[], $3::text[]) with ordinality as c (actor, id, at) order by c.at`;

interface Kept {
  readonly fingerprint: string;
  readonly status: number;
  readonly answer: string;
}

/** SHA-256 over method, route template and canonical body: the same words in another order are the same command. */
export const fingerprintOf = (command: Pick<Command, 'route' | 'body'>): string =>
  hash('sha256', `${command.route}\n${canonicalize(command.body ?? null) ?? 'null'}`);

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

const rowOf = (deps: ContextDeps, task: Task, status: number, answer: unknown): CommandRow => ({
  actor: task.command.actor.key,
  command_id: task.command.commandId,
  route: task.command.route,
  fingerprint: task.fingerprint,
  status,
  answer: JSON.stringify(answer),
  recorded_at: deps.clock(),
  device_written_at: task.command.actor.device?.writtenAt ?? null,
  device_sent_at: task.command.actor.device?.sentAt ?? null,
});

/** A command with what it does. */
export interface Task {
  readonly command: Command;
  readonly fingerprint: string;
  readonly work: (tx: Tx) => Promise<Outcome>;
}

/** Looks the command ids up. Gives an answer for each whose work must not run. */
const enter = async (tx: Tx, tasks: readonly Task[]): Promise<(Answer | undefined)[]> => {
  const found = await tx.rows<{ free: boolean; kept: Kept | null }>(lookUp, [
    tx.context.county,
    tasks.map(({ command }) => command.actor.key),
    tasks.map(({ command }) => command.commandId),
  ]);
  return tasks.map(({ fingerprint }, at) => {
    const { kept, free } = found[at] ?? { kept: null, free: false };
    if (kept !== null) return fromKept(kept, fingerprint);
    return free ? undefined : refusal('command-in-progress');
  });
};

/** Keeps a refusal: nothing else of the command remains. A refusal that another try kept first wins. */
const keepRefusal = async (deps: ContextDeps, task: Task, faults: readonly Fault[]) =>
  onConnection(deps, task.command.actor.context, async (tx): Promise<Answer> => {
    const status = statusOf(faults);
    const [answered] = await enter(tx, [task]);
    await commit(tx, answered === undefined ? [rowOf(deps, task, status, { faults })] : []);
    return answered ?? { status, faults, repeated: false };
  });

/**
 * Carries out commands of one context in one transaction, one after the other, and gives their answers. Throws `Refused` where a refused
 * command has asked the database anything, since it may have written: then nothing of any of them is kept.
 */
export const attempt = async (deps: ContextDeps, context: Context, tasks: readonly Task[]): Promise<Answer[]> =>
  onConnection(deps, context, async (tx) => {
    const answered = await enter(tx, tasks);
    const rows: CommandRow[] = [];
    const answers: Answer[] = [];
    for (const [at, task] of tasks.entries()) {
      const before = answered[at];
      if (before !== undefined) {
        answers.push(before);
        continue;
      }
      const part = partOf(tx);
      const outcome = await task.work(part.tx);
      if ('faults' in outcome) {
        if (part.hasAsked()) throw new Refused(outcome.faults);
        const status = statusOf(outcome.faults);
        if (!passing(status)) rows.push(rowOf(deps, task, status, outcome));
        answers.push({ status, faults: outcome.faults, repeated: false });
        continue;
      }
      if (outcome.status >= 400) throw new TypeError('a command refuses with faults, not with a status');
      joinPending(tx.pending, part.tx.pending);
      rows.push(rowOf(deps, task, outcome.status, { body: outcome.body ?? null }));
      answers.push({ ...outcome, repeated: false });
    }
    await commit(tx, rows);
    return answers;
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
  const task: Task = { command, fingerprint: fingerprintOf(command), work };
  for (let tries = 1; ; tries += 1) {
    try {
      const [answer] = await attempt(deps, command.actor.context, [task]);
      if (answer !== undefined) return answer;
    } catch (error) {
      if (error instanceof Refused) {
        const status = statusOf(error.faults);
        if (passing(status)) return { status, faults: error.faults, repeated: false };
        return keepRefusal(deps, task, error.faults);
      }
      // The id was committed by another server between our look and our write: the next look finds its answer.
      if ((isUnique(error) || isRetryable(error)) && tries < 4) continue;
      throw error;
    }
  }
};
