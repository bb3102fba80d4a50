import type { ClientBase, Connection, Submittable } from 'pg';

/** A value of a line of COPY: tabs, line ends and backslashes written as PostgreSQL reads them, null as `\N`. */
const field = (value: string | null): string =>
  value === null
    ? '\\N'
    : value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');

/** What the driver's connection does during COPY, which its published types leave out. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(why: string): void;
  readonly stream: { readonly writableNeedDrain?: boolean; once(event: 'drain' | 'close', heard: () => void): unknown };
}

const chunkBytes = 262_144;

/**
 * Sends rows by `COPY … FROM STDIN`, in pieces of about 256 KiB, waiting whenever the socket is full: memory stays that of one piece.
 * `text` is the COPY statement; `onProgress` hears the number of rows sent. Rejects with the database's error, and then nothing was kept.
 */
export const copyRows = async (
  client: Pick<ClientBase, 'query'>,
  text: string,
  rows: Iterable<readonly (string | null)[]>,
  onProgress: (sent: number) => void = () => undefined,
): Promise<number> =>
  new Promise((resolve, reject) => {
    let sent = 0;
    let failed: Error | undefined;
    const send = async (connection: CopyConnection): Promise<void> => {
      let lines = '';
      const flush = async (): Promise<void> => {
        connection.sendCopyFromChunk(Buffer.from(lines, 'utf8'));
        lines = '';
        onProgress(sent);
        // Answers are heard between pieces, so that an error of the database ends the sending.
        await new Promise<void>((done) => {
          if (connection.stream.writableNeedDrain === true) connection.stream.once('drain', done);
          else setImmediate(done);
        });
      };
      for (const row of rows) {
        lines += `${row.map(field).join('\t')}\n`;
        sent += 1;
        if (lines.length < chunkBytes) continue;
        await flush();
        if (failed !== undefined) return;
      }
      if (lines !== '') await flush();
      if (failed === undefined) connection.endCopyFrom();
    };
    const copy = {
      submit: (connection: CopyConnection) => connection.query(text),
      handleCopyInResponse: (connection: CopyConnection) => {
        send(connection).catch((error: unknown) => connection.sendCopyFail(String(error)));
      },
      handleCommandComplete: () => undefined,
      handleError: (error: Error) => {
        failed = error;
        reject(error);
      },
      handleReadyForQuery: () => {
        if (failed === undefined) resolve(sent);
      },
    };
    client.query(copy as unknown as Submittable & { submit: (connection: Connection) => void });
  });
