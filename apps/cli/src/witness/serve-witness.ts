import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { formatNoteKey, parseAddCheckpoint } from '@lianxin/domain';
import type { Witness } from './witness.js';
import type { WitnessFolder } from './witness-folder.js';

/** A request holds one checkpoint and at most 63 hashes; anything longer is not meant for a witness. */
const mostBytes = 65_536;

const bodyOf = async (request: IncomingMessage): Promise<string | null> => {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    length += (piece as Buffer).length;
    if (length > mostBytes) return null;
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString('utf8');
};

const say = (response: ServerResponse, status: number, text = '', type = 'text/plain; charset=utf-8'): void => {
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' });
  response.end(text);
};

const addCheckpoint = async (request: IncomingMessage, response: ServerResponse, witness: Witness): Promise<void> => {
  const asked = parseAddCheckpoint((await bodyOf(request)) ?? '');
  if (asked === null) return say(response, 400);
  const done = await witness(asked);
  if (done.verdict.status === 200 && 'line' in done) return say(response, 200, done.line);
  if (done.verdict.status === 409) return say(response, 409, `${done.verdict.size}\n`, 'text/x.tlog.size');
  return say(response, done.verdict.status);
};

/**
 * The HTTP side of a witness (c2sp.org/tlog-witness): `POST /add-checkpoint`, and `GET /<hash of origin>/checkpoint` for whoever watches.
 * There is nothing to log in to: only what the log signed is cosigned.
 */
export const serveWitness = (folder: WitnessFolder, witness: Witness, tell: (event: string) => void): Server =>
  createServer((request, response) => {
    const answer = async (): Promise<void> => {
      if (request.method === 'POST' && request.url === '/add-checkpoint')
        return addCheckpoint(request, response, witness);
      const hash = /^\/([0-9a-f]{64})\/checkpoint$/.exec(request.url ?? '')?.[1];
      if (request.method !== 'GET') return say(response, 405);
      if (request.url === '/') return say(response, 200, `${formatNoteKey(folder.key, 'witness')}\n`);
      const note = hash === undefined ? null : folder.lastNote(hash);
      return note === null ? say(response, 404) : say(response, 200, note);
    };
    answer().catch((error: unknown) => {
      tell(error instanceof Error ? error.message : String(error));
      if (!response.headersSent) say(response, 500);
    });
  });
