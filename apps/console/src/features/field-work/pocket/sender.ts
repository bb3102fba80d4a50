import { fromLane, type Outbox, type OpenEntry, type Refusal } from './outbox.js';
import { ShelfFull } from './shelf.js';

/** What became of one try. `later`: nobody knows or it may pass, so the same command is sent again under the same id. */
export type Outcome =
  | { readonly is: 'arrived'; readonly answer: string; readonly arrival: unknown }
  | { readonly is: 'refused'; readonly refusal: Refusal }
  | { readonly is: 'later' }
  | { readonly is: 'log-in' };

/** Sends one command under its id, with when it was written by this device's clock; never rejects. */
export type Send = (
  id: string,
  path: string,
  params: Readonly<Record<string, string>>,
  json: unknown,
  writtenAt: string,
) => Promise<Outcome>;

/** How a round ended: all that could be sent is sent; the line or the server is away; a log-in is needed; the phone is full. */
export type RoundEnd = 'done' | 'later' | 'log-in' | 'full';

const paramsOf = (entry: OpenEntry, answer: string | undefined): Record<string, string> | undefined => {
  const params = { ...entry.command.params };
  for (const [name, value] of Object.entries(params)) {
    if (value !== fromLane) continue;
    if (answer === undefined) return undefined;
    params[name] = answer;
  }
  return params;
};

/** Sends one lane in order. What stands behind a refused command waits for it: it is about the same matter. */
async function sendLane(outbox: Outbox, lane: readonly OpenEntry[], send: Send, may: () => boolean): Promise<RoundEnd> {
  let answer: string | undefined;
  for (const entry of lane) {
    if (entry.state === 'arrived') {
      answer ??= entry.answer ?? undefined;
      continue;
    }
    const params = paramsOf(entry, answer);
    if (entry.state === 'refused' || params === undefined || !may()) return 'done';
    const outcome = await send(entry.id, entry.command.path, params, entry.command.json, entry.madeAt);
    if (outcome.is === 'later' || outcome.is === 'log-in') return outcome.is;
    if (outcome.is === 'refused') {
      await outbox.refused(entry, outcome.refusal);
      return 'done';
    }
    await outbox.arrived(entry, outcome.answer, outcome.arrival);
    answer ??= outcome.answer;
  }
  return 'done';
}

/** How many lanes are sent side by side: a slow line carries no more. */
const sideBySide = 3;

/**
 * Sends all that waits: in order within a lane, lanes side by side, as long as it may, which is asked before each command. Whoever calls it
 * holds the one right to send (see keep-sending).
 * A tab killed at any point of it loses nothing and doubles nothing: an entry leaves the outbox only after the server's answer, and
 * the server gives a command that comes again its first answer.
 */
export async function sendAll(outbox: Outbox, send: Send, may: () => boolean = () => true): Promise<RoundEnd> {
  const lanes = new Map<string, OpenEntry[]>();
  for (const entry of await outbox.read()) lanes.set(entry.lane, [...(lanes.get(entry.lane) ?? []), entry]);
  const queue = [...lanes.values()];
  let end: RoundEnd = 'done';
  const work = async (): Promise<void> => {
    for (let lane = queue.shift(); lane !== undefined && end === 'done'; lane = queue.shift()) {
      const ended = await sendLane(outbox, lane, send, may);
      if (ended !== 'done') end = ended;
    }
  };
  // The round is over when every lane has come to rest: the right to send goes on to another window then.
  const ends = await Promise.allSettled(Array.from({ length: sideBySide }, work));
  const failed = ends.find((one) => one.status === 'rejected');
  if (failed === undefined) return end;
  if (failed.reason instanceof ShelfFull) return 'full';
  throw failed.reason;
}
