import { once } from 'node:events';
import { createServer, connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What a network does to a connection 网络故障. */
export const networkFaults = [
  'late',
  'cut-request',
  'cut-answer',
  'reset-after-request',
  'silent',
  'dripping',
] as const;
export type NetworkFault = (typeof networkFaults)[number];

/** A stretch of bad network between a client and a port of this machine. */
export interface FaultyNetwork {
  readonly port: number;
  /** What happens to connections from now on, and after how many bytes to each; many at once are each asked for in turn. */
  readonly become: (fault: NetworkFault, bytes: () => number) => void;
  readonly close: () => Promise<void>;
}

const drip = async (from: Socket, to: Socket): Promise<void> => {
  for await (const chunk of from)
    for (let at = 0; at < (chunk as Buffer).length && !to.destroyed; at += 97) {
      to.write((chunk as Buffer).subarray(at, at + 97));
      await wait(1);
    }
  to.end();
};

/** Passes so many bytes on, then ends both sides as a cable does that was pulled. */
const cutAfter = (from: Socket, to: Socket, bytes: number): void => {
  let left = bytes;
  from.on('data', (chunk: Buffer) => {
    to.write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left > 0) return;
    to.destroySoon();
    from.destroy();
  });
};

const treat = async (client: Socket, server: Socket, fault: NetworkFault, bytes: number): Promise<void> => {
  if (fault === 'late') await wait(bytes % 150);
  if (fault === 'silent') {
    // Half open: the request arrives, the answer never comes back, nobody says that anything is wrong.
    client.pipe(server);
    server.resume();
    return;
  }
  if (fault === 'cut-request') cutAfter(client, server, bytes);
  else if (fault === 'dripping') await Promise.race([drip(client, server), once(client, 'close')]);
  else client.pipe(server);
  if (fault === 'cut-answer') cutAfter(server, client, bytes);
  else if (fault === 'reset-after-request') server.once('data', () => client.resetAndDestroy());
  else if (fault !== 'dripping') server.pipe(client);
};

/** Opens it before a port; it passes everything through until it is told otherwise. */
export const faultyNetwork = async (port: number): Promise<FaultyNetwork> => {
  let fault: NetworkFault = 'late';
  let bytes = (): number => 0;
  const open = new Set<Socket>();
  const cutAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  const proxy = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    for (const socket of [client, server]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => open.delete(socket));
    }
    if (fault === 'dripping') server.pipe(client);
    void treat(client, server, fault, bytes()).catch(() => undefined);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    become: (next, after) => {
      // A client keeps connections ready; what it opened on the network of before is not of this one.
      cutAll();
      fault = next;
      bytes = after;
    },
    close: async () => {
      proxy.close();
      cutAll();
      await once(proxy, 'close');
    },
  };
};
