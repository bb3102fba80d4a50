import { createClient, type Call } from '@lianxin/contract/client';
import { emptyContent, memoryShelf } from '@lianxin/console/pocket/memory-shelf.js';
import { createOutbox, type Outbox } from '@lianxin/console/pocket/outbox.js';
import { makeLock } from '@lianxin/console/pocket/pin-lock.js';
import { sendBy } from '@lianxin/console/pocket/send-command.js';
import { sendAll, type Outcome, type RoundEnd, type Send } from '@lianxin/console/pocket/sender.js';
import type { RunningServer } from '../server.js';
import { passwordOf } from './worker.js';

/** Somebody logged in, who calls the server as the console would. */
export const sessionOf = async (server: RunningServer, username: string): Promise<Call> => {
  const login = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: passwordOf(server) }),
  });
  if (!login.ok) throw new Error(`${username} could not log in: ${await login.text()}`);
  const cookie = login.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return createClient(
    () => 'zh-CN',
    async (path, init) =>
      fetch(`${server.url}${path instanceof Request ? path.url : path.toString()}`, {
        ...init,
        headers: { ...init?.headers, cookie },
      }),
  );
};

/** What a bad line does to a command: loses it on the way there, loses the answer on the way back, brings it twice. */
export type Weather = () => 'calm' | 'lost' | 'answer-lost' | 'twice';

/** One try as the phone saw it: when it went out, and when an answer that settles it came back. */
export interface Seen {
  readonly firstSent: number;
  readonly answered?: number;
}

/** A phone of field work (走访手机) without its screen: the console's own outbox, in memory, behind a line with weather. */
export interface FieldPhone {
  readonly outbox: Outbox;
  readonly seen: ReadonlyMap<string, Seen>;
  readonly round: () => Promise<RoundEnd>;
}

export const fieldPhone = async (call: Call, weather: Weather): Promise<FieldPhone> => {
  const { key } = await makeLock('135790', 10);
  const outbox = createOutbox(memoryShelf(emptyContent()), key);
  const seen = new Map<string, Seen>();
  const real = sendBy(call);
  const send: Send = async (...command) => {
    const [id] = command;
    const before = seen.get(id) ?? { firstSent: performance.now() };
    seen.set(id, before);
    const today = weather();
    if (today === 'lost') return { is: 'later' };
    const [outcome] = await Promise.all<Outcome>(
      today === 'twice' ? [real(...command), real(...command)] : [real(...command)],
    );
    if (today === 'answer-lost' || outcome === undefined) return { is: 'later' };
    if (outcome.is !== 'later') seen.set(id, { ...before, answered: performance.now() });
    return outcome;
  };
  // Rounds of one phone never overlap; the browser's locks see to it there.
  let last: Promise<unknown> = Promise.resolve();
  const round = async (): Promise<RoundEnd> => {
    const next = last.then(async () => sendAll(outbox, send));
    last = next.catch(() => undefined);
    return next;
  };
  return { outbox, seen, round };
};
