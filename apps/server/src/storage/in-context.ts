import type { Pool, PoolClient, QueryResultRow } from 'pg';
import type { Makers } from '../deps.js';
import type { Context } from './context.js';
import { togetherOn, type Statement } from './together.js';
import { entering, transactionOn, type Tx } from './transaction.js';

/** What `inContext` needs of the server's dependencies. */
export type ContextDeps = Makers & { readonly pool: Pool };

/**
 * Writes the kept-back journal entries and effects, and with them the answer of a command: one statement, whatever their number.
 * Column lists are spelled out so that a new column cannot shift a value.
 */
const flush = `with
  journal as (
    insert into lx.journal_entry (county, id, kind, division, person, command_id, pub, private, seed, leaf, recorded_at)
    select $1, j.id, j.kind, j.division, j.person, j.command_id, j.pub::jsonb, j.private::jsonb, decode(j.seed, 'hex'), j.leaf, j.recorded_at
    from json_to_recordset($2::json) as j (id uuid, kind text, division text, person uuid, command_id text, pub text,
      private text, seed text, leaf text, recorded_at timestamptz)),
  effects as (
    insert into lx.outbox (county, id, effect, division, act, payload, recorded_at, not_before)
    select $1, e.id, e.effect, e.division, e.act, e.payload::jsonb, e.recorded_at, e.not_before
    from json_to_recordset($3::json) as e (id uuid, effect text, division text, act uuid, payload text,
      recorded_at timestamptz, not_before timestamptz))
insert into lx.command (county, actor, command_id, route, fingerprint, status, answer, recorded_at, device_written_at, device_sent_at)
select $1, c.actor, c.command_id, c.route, decode(c.fingerprint, 'hex'), c.status, c.answer, c.recorded_at,
  c.device_written_at, c.device_sent_at
from json_to_recordset($4::json) as c (actor text, command_id text, route text, fingerprint text, status int,
  answer text, recorded_at timestamptz, device_written_at timestamptz, device_sent_at timestamptz)`;

/** The row of `command` that keeps an answer for ever. */
export interface CommandRow {
  readonly actor: string;
  readonly command_id: string;
  readonly route: string;
  readonly fingerprint: string;
  readonly status: number;
  readonly answer: string;
  readonly recorded_at: string;
  readonly device_written_at: string | null;
  readonly device_sent_at: string | null;
}

/**
 * Commits; what was kept back, and the answers of the commands carried out, are written in the same round trip. Rejects when anything failed,
 * and then nothing was kept.
 */
export const commit = async (tx: Tx, commands: readonly CommandRow[] = []): Promise<void> => {
  const { county } = tx.context;
  const { calls, journal, effects } = tx.pending;
  const writes: Statement[] = [...calls].map(([text, lists]) => ({
    text,
    values: [JSON.stringify({ county, ...lists })],
  }));
  if (journal.length + effects.length + commands.length > 0)
    writes.push({
      text: flush,
      values: [county, JSON.stringify(journal), JSON.stringify(effects), JSON.stringify(commands)],
    });
  if (!tx.hasBegun() && writes.length === 0) return;
  await tx.all([...writes, { text: 'commit' }]);
};

/** Rolls back, or gives the connection up when even that fails. */
const rollback = async (client: PoolClient): Promise<Error | undefined> => {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
};

/**
 * Runs `work` on a connection of its own between begin and commit; on any exception everything is undone and the exception passes on.
 */
export const onConnection = async <T>(
  deps: ContextDeps,
  context: Context,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => {
  const client = await deps.pool.connect();
  let broken: Error | undefined;
  try {
    return await work(transactionOn(client, context, deps));
  } catch (error) {
    broken = await rollback(client);
    throw error;
  } finally {
    client.release(broken);
  }
};

/**
 * The way to the tables: begins, enters the context (role, county, person, range, capabilities), works, commits.
 * Row-level security sees exactly this context and nothing survives into the next transaction of the connection.
 */
export const inContext = async <T>(deps: ContextDeps, context: Context, work: (tx: Tx) => Promise<T>): Promise<T> =>
  onConnection(deps, context, async (tx) => {
    const result = await work(tx);
    await commit(tx);
    return result;
  });

/**
 * The rows of one statement in a context, with the same promises as `inContext`, in one round trip: the context and the statement share a `Sync`, and
 * that is their transaction. It is planned once a connection, so its text must name the index it reads by: a list that starts in a division, a state or
 * a day.
 */
export const rowsInContext = async <R extends QueryResultRow>(
  deps: Pick<ContextDeps, 'pool'>,
  context: Context,
  text: string,
  values: readonly unknown[],
): Promise<R[]> => {
  const [, answer] = await togetherOn(deps.pool, [entering(context, 'once'), { text, values }]);
  return (answer?.rows ?? []) as R[];
};
