import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { TestServer } from './test-server.js';

/** A test server that listens on this machine, for whoever can only ask over HTTP: a command, a browser. */
export interface OverHttp {
  readonly url: string;
  /** Closes the door alone; the server behind it is closed by whoever made it. */
  readonly close: () => void;
}

/** Lets a test server listen, on a port of its own unless one is given; `before` sees every request and may hold it back. */
export const overHttp = async (
  server: TestServer,
  {
    port = 0,
    before,
  }: { readonly port?: number; readonly before?: (request: IncomingMessage) => Promise<void> | void } = {},
): Promise<OverHttp> => {
  const http = createServer((request, response) => {
    const answering = async (): Promise<void> => {
      await before?.(request);
      const body = await buffer(request);
      const answer = await server.request(request.url ?? '/', {
        method: request.method ?? 'GET',
        headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
        ...(body.length === 0 ? {} : { body }),
      });
      response.writeHead(answer.status, [...answer.headers].flat());
      response.end(Buffer.from(await answer.arrayBuffer()));
    };
    answering().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    close: () => {
      http.closeAllConnections();
      http.close();
    },
  };
};
