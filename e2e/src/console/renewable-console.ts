import { createServer, request } from 'node:http';

/** A console that is renewed in the middle of a journey (更新中途): what stands before the server changes one file when it is told to. */
export interface RenewableConsole {
  readonly url: string;
  readonly standBefore: (url: string) => void;
  /** From now on the service worker is another one, as after an upgrade. */
  readonly renew: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const worker = '/console/service-worker.js';

/** Listens on a port of its own and passes everything on to the server behind it. */
export const renewableConsole = async (port = 0): Promise<RenewableConsole> => {
  let behind = '';
  let renewed = false;
  const front = createServer((asked, answer) => {
    const { accept: _, ...headers } = asked.headers;
    const changes = renewed && asked.url === worker;
    const passed = request(
      new URL(asked.url ?? '/', behind),
      {
        method: asked.method,
        headers: {
          ...headers,
          ...(asked.headers.accept === undefined ? {} : { accept: asked.headers.accept }),
          ...(changes ? { 'accept-encoding': 'identity', 'if-none-match': '' } : {}),
        },
      },
      (got) => {
        const { 'content-length': length, ...rest } = got.headers;
        answer.writeHead(got.statusCode ?? 502, changes || length === undefined ? rest : got.headers);
        got.pipe(answer, { end: !changes });
        if (changes) got.on('end', () => answer.end('\n// renewed\n'));
      },
    );
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => {
    front.listen(port, '127.0.0.1', resolve);
  });
  const address = front.address();
  if (address === null || typeof address === 'string') throw new Error('no port to listen on');
  return {
    url: `http://localhost:${address.port}`,
    standBefore: (url) => {
      behind = url;
    },
    renew: async () => {
      renewed = true;
    },
    stop: async () =>
      new Promise<void>((resolve) => {
        front.close(() => resolve());
        front.closeAllConnections();
      }),
  };
};
