import type { PoolClient } from 'pg';
import type { Writable } from 'node:stream';

/** The socket of a connection, as the driver keeps it; its types leave it out. */
interface WithSocket {
  readonly connection?: { readonly stream?: Partial<Pick<Writable, 'cork' | 'uncork'>> };
}

/**
 * Sends statements in one write: the driver writes each for itself, and every write wakes the database and may cost us the processor.
 * Waits for all answers, then gives them, or throws the first failure; none is left unread on the connection.
 */
export const together = async <T extends readonly unknown[]>(
  client: PoolClient,
  send: () => { readonly [Index in keyof T]: Promise<T[Index]> },
): Promise<T> => {
  const stream = (client as unknown as WithSocket).connection?.stream;
  stream?.cork?.();
  const sent = send();
  stream?.uncork?.();
  const results = await Promise.allSettled(sent);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return results.map((result) => (result.status === 'fulfilled' ? result.value : undefined)) as unknown as T;
};
