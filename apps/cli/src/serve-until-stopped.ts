import type { Server } from 'node:http';
import type { CommandIo } from './command.js';

/** Listens until Ctrl-C, says where, and leaves without waiting for idle connections. */
export const serveUntilStopped = async (
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
  io: CommandIo,
  words: string,
): Promise<number> => {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const heard = typeof address === 'object' && address !== null ? address.port : port;
  io.out(`http://${host}:${heard}/ ${words}; Ctrl-C 停止 stops`);
  await stopped;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  return 0;
};
