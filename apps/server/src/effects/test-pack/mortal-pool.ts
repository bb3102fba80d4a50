import type { Pool, PoolClient } from 'pg';

/** What everything says that a dead worker still tries. */
class Died extends Error {}

/** Statements sent together, as the driver tells them what has come back. */
interface Sent {
  readonly submit: unknown;
  readonly handleError: (error: Error, connection: unknown) => void;
  handleReadyForQuery: (connection: unknown) => void;
}

const isSent = (given: unknown): given is Sent => typeof given === 'object' && given !== null && 'submit' in given;

/**
 * The connections of a worker that dies 猝死 at its n-th step: just before it takes the step, or just after, with the answer lost on the way.
 * Whatever it tries afterwards fails, and its connection breaks, as when the process was killed.
 */
export const mortalPool = (pool: Pool, dieAt: number, when: 'before' | 'after') => {
  const state = { steps: 0, dead: false };
  const step = async <T>(go: () => Promise<T>): Promise<T> => {
    state.steps += 1;
    const mine = state.steps === dieAt;
    if (mine && when === 'before') state.dead = true;
    if (state.dead) throw new Died('the worker is dead');
    const done = await go();
    if (mine) state.dead = true;
    if (state.dead) throw new Died('the worker died meanwhile');
    return done;
  };
  /** The step of statements that share a write: they are told of the death as of any error of their connection. */
  const together = (client: PoolClient, sent: Sent): void => {
    const { connection } = client as PoolClient & { readonly connection: unknown };
    const ready = sent.handleReadyForQuery.bind(sent);
    void step(
      async () =>
        new Promise<void>((resolve) => {
          sent.handleReadyForQuery = () => resolve();
          client.query(sent as never);
        }),
    ).then(
      () => ready(connection),
      (error: Error) => sent.handleError(error, connection),
    );
  };
  const wrapped = (client: PoolClient): PoolClient =>
    new Proxy(client, {
      get: (target, name) => {
        if (name === 'query')
          return (...given: unknown[]) =>
            isSent(given[0]) ? together(target, given[0]) : step(() => (target.query as Function)(...given));
        if (name === 'release') return (broken?: Error | boolean) => target.release(state.dead ? true : broken);
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const connect = async (): Promise<PoolClient> => {
    if (state.dead) throw new Died('the worker is dead');
    return wrapped(await pool.connect());
  };
  return { pool: { connect } as unknown as Pool, state };
};
