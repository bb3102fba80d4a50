import { BallotEntry } from '@lianxin/domain';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { BallotBox } from './box.js';

/** Largest request: one vote is below 4 KB. */
const mostBytes = 8192;

const Token = BallotEntry.pick({ question: true, token: true, a: true, b: true });

const read = async (request: IncomingMessage): Promise<unknown> => {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > mostBytes) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const answer = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    // Anybody's page may hand in a vote: there is no session that another page could use.
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'content-type',
  });
  response.end(JSON.stringify(body));
};

const respond = async (box: BallotBox, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const asked = `${request.method ?? ''} ${request.url ?? ''}`;
  if (request.method === 'OPTIONS') return answer(response, 200, {});
  if (asked === 'GET /board') {
    const [board, surrendered] = [await box.board(), await box.surrendered()];
    // While it is open, nothing is told, not even how many lie in it.
    return board === null ? answer(response, 409, { refusal: 'open' }) : answer(response, 200, { board, surrendered });
  }
  if (asked === 'POST /votes') {
    const entry = BallotEntry.safeParse(await read(request));
    if (!entry.success) return answer(response, 400, { refusal: 'unreadable' });
    const given = await box.cast(entry.data);
    return given.ok ? answer(response, 200, { ack: given.ack }) : answer(response, 409, { refusal: given.refusal });
  }
  if (asked === 'POST /surrenders') {
    const token = Token.safeParse(await read(request));
    if (!token.success) return answer(response, 400, { refusal: 'unreadable' });
    const refusal = await box.surrender(token.data);
    return refusal === null ? answer(response, 200, {}) : answer(response, 409, { refusal });
  }
  return answer(response, 404, { refusal: 'not-found' });
};

/**
 * The box over HTTP, as a process of its own: no session, no cookie, no address kept, no line written about a request, no time in an answer.
 * A fault of its own is a 500 without words, since words could tell of a vote.
 */
export const serveBox = (box: BallotBox): Server => {
  const server = createServer((request, response) => {
    response.sendDate = false;
    respond(box, request, response).catch(() => answer(response, 500, {}));
  });
  server.requestTimeout = 20_000;
  server.headersTimeout = 10_000;
  return server;
};
