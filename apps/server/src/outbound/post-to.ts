import http from 'node:http';
import https from 'node:https';
import type { CheckedAddress } from './checked-address.js';

/** How long another system may take to answer, in milliseconds. */
const patience = 10_000;

/**
 * Sends a body to a checked address and gives the status of the answer; nothing of the answer's content is read. Follows no redirection, since
 * the new address would be unchecked. Rejects when no answer comes in ten seconds.
 */
export const postTo = (
  { url, address, family }: CheckedAddress,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const bytes = Buffer.from(body);
    const request = (secure ? https : http).request(
      {
        // The settled address, never the name: what was checked is what is asked.
        host: address,
        family,
        port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
        path: `${url.pathname}${url.search}`,
        method: 'POST',
        headers: { ...headers, host: url.host, 'content-length': String(bytes.length) },
        ...(secure ? { servername: url.hostname.replace(/^\[|\]$/g, '') } : {}),
        agent: false,
        signal: AbortSignal.timeout(patience),
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        answer.destroy();
      },
    );
    request.once('error', reject);
    request.end(bytes);
  });
