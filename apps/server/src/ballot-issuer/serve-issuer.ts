import * as z from 'zod';
import { countyDate, instantOf, type BallotManifest, type Instant } from '@lianxin/domain';
import { createServer, type Server } from 'node:http';
import { answerJson, readJson } from '../ballot-box/plain-http.js';
import type { SecondIssuer } from './second-issuer.js';

/** Thirty-one blinded messages of 512 letters, and a code. */
const mostBytes = 32_768;

const Asked = z.strictObject({ code: z.string().max(40), blinded: z.array(z.string().max(600)).max(40) });

const statusOf = { 'code-wrong': 401, unreadable: 400, 'tokens-given': 409 } as const;

/** The second issuer over HTTP, as a process of its own: a voter's own code and nothing else opens it; no cookie, no line about a request. */
export const serveIssuer = (
  issuer: SecondIssuer,
  manifest: BallotManifest,
  clock: () => Instant = () => instantOf(Date.now()),
): Server => {
  const server = createServer((request, response) => {
    response.sendDate = false;
    const answer = async (): Promise<void> => {
      if (request.method === 'OPTIONS') return answerJson(response, 200, {});
      if (request.method !== 'POST' || request.url !== '/tokens')
        return answerJson(response, 404, { refusal: 'not-found' });
      const today = countyDate(clock());
      if (today < manifest.tokensFrom) return answerJson(response, 409, { refusal: 'not-yet' });
      if (today > manifest.closes) return answerJson(response, 409, { refusal: 'closed' });
      const asked = Asked.safeParse(await readJson(request, mostBytes));
      if (!asked.success) return answerJson(response, 400, { refusal: 'unreadable' });
      const given = await issuer.issue(asked.data.code, asked.data.blinded);
      if (given.ok) return answerJson(response, 200, { signed: given.signed });
      return answerJson(response, statusOf[given.refusal], { refusal: given.refusal });
    };
    answer().catch(() => answerJson(response, 500, {}));
  });
  server.requestTimeout = 20_000;
  server.headersTimeout = 10_000;
  return server;
};
