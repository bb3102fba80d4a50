import type { CardContent, Opened } from '@lianxin/contract';
import type { FaultInWords } from '@lianxin/contract/client';
import { correctionForm, draftName } from './drafts.js';
import { seal, unseal } from './seal.js';
import type { Entry, EntryState, Shelf, Unplaced } from './shelf.js';

/**
 * The outbox (待发箱): commands given without a line, each with the id under which the server will know it, sent when there is one.
 *
 * A phone sends commands, never states: what may be done is decided by the server when the command arrives. What it refuses stays
 * here with its reason until a person corrects it or drops it; nothing is dropped in silence.
 */

/** In a path parameter: the id that the server gave to what this lane began with. */
export const fromLane = '@lane';

/** What a command is, for the person who reads the list. */
export type CommandKind = 'visit' | 'need' | 'request' | 'card';

/** A command as the contract has it, with what the list shows of it. */
export interface Command {
  readonly kind: CommandKind;
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly json: Readonly<Record<string, unknown>>;
  /** Whom it is about, as people say it: a door label or a name. */
  readonly about: string;
  /** The sentence that was written. */
  readonly text: string;
  readonly household: string;
  /** What a person may put right after a refusal. */
  readonly asked: readonly Asked[];
  /** What the card said when its correction was written: the base of a merge. */
  readonly before?: CardContent;
}

/** One thing that was asked for in the form. */
export interface Asked {
  /** Names of the keys down to it. */
  readonly at: readonly string[];
  /** What the form called it. */
  readonly label: string;
  /** It is a moment and no words. */
  readonly moment?: true;
}

/** The words that stand at a place of a body; empty when nothing does. */
export function wordsAt(json: unknown, at: readonly string[]): string {
  const value = at.reduce<unknown>((inside, name) => (inside as Record<string, unknown> | undefined)?.[name], json);
  return typeof value === 'string' ? value : '';
}

/** The body with other words at a place; without the place when nothing is left of them. */
export function withWordsAt(
  json: Readonly<Record<string, unknown>>,
  at: readonly string[],
  words: string,
): Readonly<Record<string, unknown>> {
  const [name, ...deeper] = at;
  if (name === undefined) return json;
  const { [name]: inside, ...rest } = json;
  if (deeper.length > 0)
    return { ...rest, [name]: withWordsAt((inside ?? {}) as Record<string, unknown>, deeper, words) };
  return words === '' ? rest : { ...rest, [name]: words };
}

/** A command with another body; what the list shows of it follows the words that it was taken from. */
export function reworded(command: Command, json: Command['json']): Command {
  const said = command.asked.filter(({ moment }) => moment === undefined);
  const [first = ''] = said.map(({ at }) => wordsAt(json, at)).filter((words) => words !== '');
  const followed = (shown: string): string => {
    const from = said.find(({ at }) => wordsAt(command.json, at) === shown);
    return from === undefined ? shown : wordsAt(json, from.at) || first;
  };
  return { ...command, json, about: followed(command.about), text: followed(command.text) };
}

/** Why the server did not do it. */
export interface Refusal {
  readonly status: number;
  readonly faults: readonly FaultInWords[];
}

interface Content {
  readonly command: Command;
  readonly refusal?: Refusal;
  /** What the server answered, e.g. the receipt that is to be handed over. */
  readonly arrival?: unknown;
}

/** An entry that can be read. */
export interface OpenEntry extends Omit<Entry, 'sealed'>, Content {}

/** The receipt 凭条 that came back for a request: it belongs in the resident's hand, and the server keeps nothing that could show it again. */
export const slipOf = ({ arrival }: Pick<OpenEntry, 'arrival'>): Opened['receipt'] | undefined =>
  (arrival as Partial<Opened> | undefined)?.receipt;

/** A command on its way into the outbox. */
export interface NewCommand {
  readonly id: string;
  readonly lane: string;
  readonly command: Command;
}

/** No more is taken until what waits has been sent: 500 commands, or one that has waited for 30 days. */
export const mostUnsent = 500;
export const longestUnsentDays = 30;

/** For so many days a receipt waits here to be handed over. */
export const longestSlipDays = 30;

/** The outbox takes nothing more; what is written stays in the form. */
export class OutboxClosed extends Error {
  readonly why: 'too-many' | 'too-old';
  constructor(why: 'too-many' | 'too-old') {
    super(`the outbox takes no more: ${why}`);
    this.name = 'OutboxClosed';
    this.why = why;
  }
}

const isUnsent = (entry: Pick<Entry, 'state'>): boolean => entry.state !== 'arrived';
const needsLane = (command: Command): boolean => Object.values(command.params ?? {}).includes(fromLane);

/** The outbox over a shelf and the key of an open pocket. */
export function createOutbox(shelf: Shelf, key: CryptoKey, now: () => number = Date.now) {
  const open = async (entry: Entry): Promise<OpenEntry> => {
    const { sealed, ...rest } = entry;
    return { ...rest, ...(await unseal<Content>(key, entry.id, sealed)) };
  };
  const close = async (entry: Omit<OpenEntry, 'place'>): Promise<Unplaced> => {
    const { command, refusal, arrival, ...rest } = entry;
    const content: Content = {
      command,
      ...(refusal === undefined ? {} : { refusal }),
      ...(arrival === undefined ? {} : { arrival }),
    };
    return {
      id: rest.id,
      lane: rest.lane,
      state: rest.state,
      madeAt: rest.madeAt,
      answer: rest.answer,
      sealed: await seal(key, entry.id, content),
    };
  };
  const read = async (): Promise<OpenEntry[]> => Promise.all((await shelf.entries()).map(open));
  const move = async (entry: OpenEntry, was: EntryState, next: Partial<OpenEntry>): Promise<boolean> =>
    shelf.change({ replace: [{ id: entry.id, was, by: await close({ ...entry, ...next }) }] });

  return {
    read,

    /** Takes commands in together, and with them the draft away that they were written in. Rejects with OutboxClosed or ShelfFull. */
    async add(commands: readonly NewCommand[], draft?: string): Promise<void> {
      const unsent = (await shelf.entries()).filter(isUnsent);
      const oldest = unsent.reduce((first, one) => Math.min(first, Date.parse(one.madeAt)), Infinity);
      if (unsent.length + commands.length > mostUnsent) throw new OutboxClosed('too-many');
      if (now() - oldest > longestUnsentDays * 86_400_000) throw new OutboxClosed('too-old');
      const madeAt = new Date(now()).toISOString();
      const add = await Promise.all(commands.map((one) => close({ ...one, state: 'waiting', madeAt, answer: null })));
      await shelf.change({ add, ...(draft === undefined ? {} : { forgetKept: [draft] }) });
    },

    /** The server has done it. Where the phone is full, the entry goes at once: to take away needs no room. */
    async arrived(entry: OpenEntry, answer: string | null, arrival: unknown): Promise<void> {
      try {
        await move(entry, 'waiting', { state: 'arrived', answer, arrival });
      } catch (error) {
        const waitedFor = (await read()).some(
          (one) => one.lane === entry.lane && one.id !== entry.id && isUnsent(one) && needsLane(one.command),
        );
        if (waitedFor) throw error;
        await shelf.change({ remove: [entry.id] });
      }
    },

    /** The server has refused it: it stays, with the reason. */
    refused: async (entry: OpenEntry, refusal: Refusal): Promise<boolean> =>
      move(entry, 'waiting', { state: 'refused', refusal }),

    /**
     * Another command in the place of a refused one, and with it the draft away that it was written in. It has an id of its own: the
     * server has answered the old one for ever.
     */
    async correct(entry: OpenEntry, id: string, command: Command): Promise<boolean> {
      const { refusal: _, ...rest } = entry;
      const by = await close({ ...rest, id, command, state: 'waiting' });
      return shelf.change({
        replace: [{ id: entry.id, was: 'refused', by }],
        forgetKept: [draftName(correctionForm(entry.id))],
      });
    },

    /** The same command once more, under the same id: for a refusal that may have passed. */
    async again(entry: OpenEntry): Promise<boolean> {
      const { refusal: _, ...rest } = entry;
      const by = await close({ ...rest, state: 'waiting' });
      return shelf.change({ replace: [{ id: entry.id, was: 'refused', by }] });
    },

    /** What goes when a refused command is dropped: it, and what of its lane cannot be done without it. */
    async goesWith(entry: OpenEntry): Promise<OpenEntry[]> {
      const later = (await read()).filter((one) => one.lane === entry.lane && one.place > entry.place);
      return [entry, ...later.filter((one) => isUnsent(one) && needsLane(one.command))];
    },

    /** Takes entries away that a person has dropped or is done with, and what was being written in their place. */
    drop: async (ids: readonly string[]): Promise<boolean> =>
      shelf.change({ remove: ids, forgetKept: ids.map((id) => draftName(correctionForm(id))) }),

    /** Takes away what arrived on another day, is needed by nothing that waits, and holds no receipt that is still to be handed over. */
    async tidy(isToday: (madeAt: string) => boolean): Promise<void> {
      const all = await shelf.entries();
      const busy = new Set(all.filter(isUnsent).map((one) => one.lane));
      const old = all.filter((one) => !isUnsent(one) && !busy.has(one.lane) && !isToday(one.madeAt));
      const toHandOver = (one: OpenEntry): boolean =>
        slipOf(one) !== undefined && now() - Date.parse(one.madeAt) <= longestSlipDays * 86_400_000;
      const remove = (await Promise.all(old.map(open))).filter((one) => !toHandOver(one)).map(({ id }) => id);
      if (remove.length > 0) await shelf.change({ remove });
    },
  };
}

export type Outbox = ReturnType<typeof createOutbox>;
