import { BallotEntry, countyDate, type BallotManifest, type Instant } from '@lianxin/domain';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { BallotBox } from './box.js';
import { answerJson, readJson } from './plain-http.js';

/** Largest request: one vote is below 4 KB. */
const mostBytes = 8192;

const Token = BallotEntry.pick({ question: true, token: true, a: true, b: true });

/** When the box takes votes: from the day on which voting opens to the end of the day on which it closes. */
export interface BoxHours {
  readonly manifest: Pick<BallotManifest, 'opens' | 'closes'>;
  readonly clock: () => Instant;
}

const respond = async (
  box: BallotBox,
  hours: BoxHours | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const asked = `${request.method ?? ''} ${request.url ?? ''}`;
  const today = hours === undefined ? undefined : countyDate(hours.clock());
  // Nobody has to come and close it: after the last day whoever asks first finds it closed.
  if (hours !== undefined && today !== undefined && today > hours.manifest.closes) await box.close();
  if (request.method === 'OPTIONS') return answerJson(response, 200, {});
  if (asked === 'GET /board') {
    const [board, surrendered] = [await box.board(), await box.surrendered()];
    // While it is open, nothing is told, not even how many lie in it.
    return board === null
      ? answerJson(response, 409, { refusal: 'open' })
      : answerJson(response, 200, { board, surrendered });
  }
  if (asked === 'POST /votes') {
    if (hours !== undefined && today !== undefined && today < hours.manifest.opens)
      return answerJson(response, 409, { refusal: 'not-yet' });
    const entry = BallotEntry.safeParse(await readJson(request, mostBytes));
    if (!entry.success) return answerJson(response, 400, { refusal: 'unreadable' });
    const given = await box.cast(entry.data);
    return given.ok
      ? answerJson(response, 200, { ack: given.ack })
      : answerJson(response, 409, { refusal: given.refusal });
  }
  if (asked === 'POST /surrenders') {
    const token = Token.safeParse(await readJson(request, mostBytes));
    if (!token.success) return answerJson(response, 400, { refusal: 'unreadable' });
    const refusal = await box.surrender(token.data);
    return refusal === null ? answerJson(response, 200, {}) : answerJson(response, 409, { refusal });
  }
  return answerJson(response, 404, { refusal: 'not-found' });
};

/**
 * The box over HTTP, as a process of its own: no session, no cookie, no address kept, no line written about a request, no time in an answer.
 * A fault of its own is a 500 without words, since words could tell of a vote.
 */
export const serveBox = (box: BallotBox, hours?: BoxHours): Server => {
  const server = createServer((request, response) => {
    response.sendDate = false;
    respond(box, hours, request, response).catch(() => answerJson(response, 500, {}));
  });
  server.requestTimeout = 20_000;
  server.headersTimeout = 10_000;
  return server;
};
