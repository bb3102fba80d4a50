import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as another system got it. */
export interface Got {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly bytes: Buffer;
}

/** Another system on this machine: keeps what it gets, answers as it is told. */
export const startReceiver = async () => {
  const got: Got[] = [];
  const answers: { status: number; headers?: Record<string, string> }[] = [];
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const bytes = Buffer.concat(parts);
      got.push({ path: request.url ?? '', headers, body: bytes.toString('utf8'), bytes });
      const answer = answers.shift() ?? { status: 204 };
      response.writeHead(answer.status, answer.headers);
      response.end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    got,
    /** Answers of the next requests, in order; 204 when there is none. */
    answers,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/inbound`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
