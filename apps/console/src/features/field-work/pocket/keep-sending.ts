import { createClient } from '@lianxin/contract/client';
import { currentLanguage } from '../../../app/language.js';
import { mayStillSend, noteSending, openOutbox, pocketOwner, recount } from './pocket.js';
import { sendBy } from './send-command.js';
import { sendAll, type RoundEnd } from './sender.js';

/** First wait after a round that could not end, and the longest: a phone in a valley should not empty its battery by asking. */
const firstWait = 5_000;
const longestWait = 300_000;

// Its own client: a session that has ended must not lay the log-in over what somebody is writing.
const send = sendBy(createClient(currentLanguage));

/** One window at a time sends for a person; without the browser's locks the command ids alone keep it right. */
const alone = async <T>(work: () => Promise<T>): Promise<T> =>
  navigator.locks === undefined ? work() : navigator.locks.request(`lianxin.outbox.${pocketOwner()}`, work);

let running: Promise<RoundEnd | undefined> | undefined;
let again = false;
let wait = firstWait;
let timer: ReturnType<typeof setTimeout> | undefined;
const arrivals = new Set<() => void>();

/** A round for the outbox that is open now. One that closes meanwhile, since somebody else has come, ends it: what is unsent waits there. */
const round = async (): Promise<RoundEnd | undefined> => {
  const outbox = openOutbox();
  if (outbox === undefined) return undefined;
  try {
    return await alone(async () => sendAll(outbox, send, () => mayStillSend(outbox)));
  } catch (error) {
    if (openOutbox() === outbox) throw error;
    return undefined;
  }
};

/**
 * Sends what waits, now. Called when something was written, when the line or the window comes back, and by its own clock, which asks
 * less and less often. Rounds never overlap: a call during one asks for one more.
 */
export async function sendNow(): Promise<void> {
  if (running !== undefined) {
    again = true;
    return;
  }
  if (openOutbox() === undefined) return;
  clearTimeout(timer);
  noteSending({ sending: true });
  try {
    do {
      again = false;
      running = round();
      const end = await running;
      await recount();
      if (end !== undefined) noteSending({ sending: true, last: end });
      for (const tell of arrivals) tell();
      if (end === 'later') {
        // Not all phones at once when the line of a village comes back.
        timer = setTimeout(() => void sendNow(), wait * (0.75 + Math.random() / 2));
        wait = Math.min(wait * 2, longestWait);
        return;
      }
      wait = firstWait;
    } while (again);
  } finally {
    running = undefined;
    noteSending({ sending: false });
  }
}

const hurry = (): void => {
  wait = firstWait;
  void sendNow();
};
const whenSeen = (): void => {
  if (document.visibilityState === 'visible') hurry();
};

/** Keeps sending while the console is open; gives back how to stop. `arrived` is told after each round. */
export function keepSending(arrived: () => void): () => void {
  arrivals.add(arrived);
  globalThis.addEventListener('online', hurry);
  document.addEventListener('visibilitychange', whenSeen);
  hurry();
  return () => {
    arrivals.delete(arrived);
    globalThis.removeEventListener('online', hurry);
    document.removeEventListener('visibilitychange', whenSeen);
    clearTimeout(timer);
  };
}
