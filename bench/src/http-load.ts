import net from 'node:net';
import { median } from './figures.js';

/** What a closed loop of connections got done in a time. */
export interface LoadResult {
  readonly perSecond: number;
  /** Time of the middle answer, in milliseconds. */
  readonly p50: number;
  readonly answers: Readonly<Record<string, number>>;
}

/**
 * Sends requests over `connections` kept-alive sockets, each with one request under way, for `seconds`.
 *
 * Written on bare sockets because the client shares two cores with the server it measures: a full HTTP client would cost
 * as much as the answer. Answers must carry a Content-Length.
 */
export const load = (port: number, connections: number, seconds: number, next: () => Buffer): Promise<LoadResult> =>
  new Promise((resolve, reject) => {
    const answers: Record<string, number> = {};
    const times: number[] = [];
    let counting = false;
    let open = connections;
    const began = performance.now() + 500;
    const until = began + seconds * 1000;
    const finish = (): void => {
      const total = Object.values(answers).reduce((sum, count) => sum + count, 0);
      resolve({ perSecond: total / seconds, p50: median(times), answers });
    };
    for (let index = 0; index < connections; index++) {
      const socket = net.connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      let pending = Buffer.alloc(0);
      let sent = 0;
      const send = (): void => {
        sent = performance.now();
        socket.write(next());
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
        const head = pending.indexOf('\r\n\r\n');
        if (head < 0) return;
        const text = pending.toString('latin1', 0, head);
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
        if (pending.length < head + 4 + length) return;
        const now = performance.now();
        counting ||= now >= began;
        if (counting && now < until) {
          const status = text.slice(9, 12);
          answers[status] = (answers[status] ?? 0) + 1;
          times.push(now - sent);
        }
        pending = Buffer.alloc(0);
        if (now < until) send();
        else {
          socket.end();
          if (--open === 0) finish();
        }
      });
    }
  });

/** The same where a rate counts only if all was well: throws unless there were answers and every single one has this status. */
export const loadAnswered = async (status: 200 | 201, ...given: Parameters<typeof load>): Promise<LoadResult> => {
  const result = await load(...given);
  if (Object.keys(result.answers).join() !== String(status))
    throw new Error(`not every request was answered with ${status}: ${JSON.stringify(result.answers)}`);
  return result;
};

/** A POST with a JSON body, ready to be written to a socket. */
export const post = (path: string, headers: Readonly<Record<string, string>>, body: unknown): Buffer => {
  const json = Buffer.from(JSON.stringify(body));
  const lines = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(json.length),
    ...headers,
  });
  return Buffer.concat([
    Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`),
    json,
  ]);
};

/** A GET, ready to be written to a socket. */
export const get = (path: string, headers: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(
    `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
  );
