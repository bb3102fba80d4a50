import type { IncomingMessage, ServerResponse } from 'node:http';

/** The body of a request as JSON; undefined when it is longer than allowed or cannot be read. */
export const readJson = async (request: IncomingMessage, mostBytes: number): Promise<unknown> => {
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

/** Answers with JSON, without a cookie, a time or a name of the software. */
export const answerJson = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    // Anybody's page may ask: there is no session that another page could use.
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'content-type',
  });
  response.end(JSON.stringify(body));
};
