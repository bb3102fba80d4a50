import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived, read by a parser of somebody else. */
export interface Arrived extends Email {
  readonly recipients: readonly string[];
}

/** A mail server on this machine that keeps what it gets; `refusing` makes it refuse a recipient for good, `closed` puts everybody off. */
export const startMailBox = async () => {
  const arrived: Arrived[] = [];
  const state = { refusing: false, closed: false };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, done) => {
      if (state.closed) return done(Object.assign(new Error('come back later'), { responseCode: 451 }));
      return state.refusing ? done(Object.assign(new Error('no such box'), { responseCode: 550 })) : done();
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        void PostalMime.parse(Buffer.concat(parts)).then((mail) => {
          arrived.push({ ...mail, recipients });
          done();
        });
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    arrived,
    state,
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
      }),
  };
};
