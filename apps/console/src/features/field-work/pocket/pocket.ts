import type { CardView, HouseholdContact, RequestForm } from '@lianxin/contract';
import { lastPerson, markPocket, pocketMark } from '../../../app/pocket-mark.js';
import type { Person } from '../../../app/session.js';
import { countyToday } from '../../../app/today.js';
import { createOutbox, type NewCommand, type Outbox } from './outbox.js';
import { openPhoneShelf } from './phone-shelf.js';
import { makeLock, openLock, type PinLock } from './pin-lock.js';
import { seal, unseal } from './seal.js';
import type { RoundEnd } from './sender.js';
import { ShelfFull, type Kept, type Shelf } from './shelf.js';

/**
 * The pocket (随身包): what one person carries on this phone. Today's households with their cards and form, for this day alone;
 * drafts; and the outbox. All of it opens with the PIN and closes after 15 minutes without a touch.
 */

/** `none`: not set up here. `unsupported`: the address is not https, so the browser offers no keys to seal with. */
export type PocketStatus = 'none' | 'unsupported' | 'locked' | 'open';

/** What every page may know of the pocket, locked or open. */
export interface PocketState {
  readonly status: PocketStatus;
  /** Commands that have not been sent. */
  readonly waiting: number;
  /** Commands that were refused and need a person. */
  readonly refused: number;
  readonly sending: boolean;
  /** How the last round of sending ended. */
  readonly last: RoundEnd | null;
  /** Commands that were unsent when the browser cleared this pocket away; they are gone. */
  readonly lost: number;
  /** Whether the browser has promised not to clear the pocket away by itself; null where it does not say. */
  readonly promised: boolean | null;
}

/** What is carried for one day. */
export interface HeldDay {
  readonly households: readonly HouseholdContact[];
  readonly cards: Readonly<Record<string, CardView | null>>;
  readonly form: RequestForm | null;
  readonly fetchedAt: string;
}

/** After so long without a touch the pocket closes. */
export const idleMinutes = 15;
/** After so many days without the server the phone forgets who works with it; what waits to be sent stays. */
export const offlineDays = 7;
/** After so many wrong PINs the households are taken away; they can be fetched again with a log-in. */
const wrongBeforeForgetting = 5;

const dayName = 'day';
const meName = 'me';
const closed: PocketState = {
  status: 'none',
  waiting: 0,
  refused: 0,
  sending: false,
  last: null,
  lost: 0,
  promised: null,
};

let state = closed;
let person: string | undefined;
let shelf: Awaited<ReturnType<typeof openPhoneShelf>> | undefined;
let key: CryptoKey | undefined;
let outbox: Outbox | undefined;
const listeners = new Set<() => void>();

const change = (next: Partial<PocketState>): void => {
  state = { ...state, ...next };
  for (const tell of listeners) tell();
};

const supported = (): boolean =>
  globalThis.isSecureContext && 'indexedDB' in globalThis && globalThis.crypto?.subtle !== undefined;

/**
 * Reads what everybody may know: how much waits, and how much was refused. Without the shelf nothing is known anew: a round of sending that
 * ends after the browser has taken the pocket away must not count it as empty, or the loss would be passed over in silence.
 */
export async function recount(): Promise<void> {
  const counted = shelf;
  const entries = await counted?.entries().catch((error: unknown) => {
    if (counted === shelf) throw error;
  });
  if (entries === undefined || counted !== shelf) return;
  const waiting = entries.filter((one) => one.state === 'waiting').length;
  const refused = entries.filter((one) => one.state === 'refused').length;
  change({ waiting, refused });
  if (person !== undefined && (state.status === 'locked' || state.status === 'open'))
    markPocket(person, waiting + refused);
}

/** A browser clears an address that it holds for unused, or when the phone is full: what was lost with it is said, not passed over. */
const noticeLoss = (who: string): void => {
  const lost = pocketMark(who) ?? 0;
  if (lost === 0) markPocket(who, null);
  change({ status: 'none', lost });
};

/** The person has read what was lost; a new pocket may be made. */
export function acceptLoss(): void {
  if (person !== undefined) markPocket(person, null);
  change({ lost: 0 });
}

/** Whether the browser keeps the pocket for good; it is asked to while something is unsent. */
const askToKeep = async (): Promise<void> => {
  const unsent = state.waiting + state.refused > 0;
  const answer = unsent ? navigator.storage?.persist?.() : navigator.storage?.persisted?.();
  change({ promised: (await answer?.catch(() => null)) ?? null });
};

/** Closes the pocket: the key is dropped, and nothing in it can be read without the PIN. */
export function lockPocket(): void {
  key = undefined;
  outbox = undefined;
  if (state.status === 'open') change({ status: 'locked' });
}

/** Opens the shelf of a person; when the browser takes it away, what another has opened since is left alone. */
const openShelfOf = async (who: string): Promise<NonNullable<typeof shelf>> => {
  let on: typeof shelf;
  on = await openPhoneShelf(who, () => {
    if (on !== shelf) return;
    shelf = undefined;
    lockPocket();
  });
  return on;
};

const turnTo = async (who: string): Promise<void> => {
  if (!supported()) {
    change({ status: 'unsupported' });
    return;
  }
  if (person !== who) {
    shelf?.close();
    shelf = undefined;
    lockPocket();
    person = who;
    state = closed;
  }
  shelf ??= await openShelfOf(who);
  const on = shelf;
  await on.forgetOtherDays(countyToday());
  const held = await on.kept(meName);
  const old = held !== undefined && Date.now() - Date.parse(held.keptAt) > offlineDays * 86_400_000;
  // What was being written stays, as what is unsent does.
  if (old) await Promise.all([on.forget(dayName), on.forget(meName)]);
  if ((await on.lock()) === undefined) noticeLoss(who);
  else if (key === undefined) change({ status: 'locked' });
  await recount();
};

let turning: Promise<void> = Promise.resolve();

/**
 * Turns to one person's pocket; another's closes. What was kept for another day is taken away first. One turn ends before the next begins:
 * the frame, its page and the door all ask, and who logs in next asks while the first one's shelf is still being opened.
 */
export async function beginPocket(who: string): Promise<void> {
  const turn = turning.then(async () => turnTo(who));
  turning = turn.catch(() => undefined);
  await turn;
}

/** Opens the pocket on its shelf, unless somebody else's lies there by now: a key is slow to make, and people are quick to log in. */
const opened = async (on: NonNullable<typeof shelf>, newKey: CryptoKey): Promise<boolean> => {
  const box = createOutbox(on, newKey);
  if (on === shelf) await box.tidy((madeAt) => countyToday(Date.parse(madeAt)) === countyToday());
  if (on !== shelf) return false;
  key = newKey;
  outbox = box;
  change({ status: 'open' });
  await recount();
  await askToKeep();
  return true;
};

/** Makes the pocket, with a PIN chosen now. The browser is asked not to clear it away when room is short. `rounds` as for the lock. */
export async function makePocket(me: Person, pin: string, rounds?: number): Promise<void> {
  await beginPocket(me.person);
  const on = shelf;
  if (on === undefined || person !== me.person || (await on.lock()) !== undefined) return;
  const made = await makeLock(pin, rounds);
  await on.setLock(made.lock);
  if (!(await opened(on, made.key))) return;
  change({ lost: 0, promised: (await navigator.storage?.persist?.().catch(() => null)) ?? null });
  await keepMe(me, Date.now());
}

/** Keeps how many wrong PINs there were; says false on a full phone, which opens all the same and never forgives a guess it could not count. */
const noteGuesses = async (on: Shelf, lock: PinLock): Promise<boolean> => {
  try {
    await on.setLock(lock);
    return true;
  } catch (error) {
    if (!(error instanceof ShelfFull)) throw error;
    return false;
  }
};

/** Opens the pocket; says false for a wrong PIN. After five wrong ones the households go; what waits to be sent stays sealed. */
export async function openPocket(pin: string): Promise<boolean> {
  // The browser may have closed it under us, for a newer version in another window.
  if (shelf === undefined && person !== undefined) await beginPocket(person);
  const on = shelf;
  const lock = await on?.lock();
  if (on === undefined || lock === undefined) return false;
  const found = await openLock(lock, pin);
  const wrong = found === undefined ? lock.wrong + 1 : 0;
  const counted = wrong === lock.wrong || (await noteGuesses(on, { ...lock, wrong }));
  if (found === undefined) {
    if (!counted || wrong >= wrongBeforeForgetting) await on.forget(dayName);
    return false;
  }
  return opened(on, found);
}

/** Takes the pocket away with all that is in it, unsent commands too: for a forgotten PIN, after a person has agreed. */
export async function erasePocket(): Promise<void> {
  lockPocket();
  const who = person;
  await shelf?.erase();
  if (who !== undefined) markPocket(who, null);
  if (who === person) change(closed);
}

/** What a log-out takes away: households, drafts and who works here. What waits to be sent stays, sealed, until its owner comes back. */
export async function emptyPocket(): Promise<void> {
  lockPocket();
  await shelf?.forget('');
}

/**
 * Shelf and key of the open pocket. Once it has closed nothing more is kept: what was still being sealed at a log-out must not come to lie on
 * the phone after the log-out has cleared it.
 */
export function openShelf(): { readonly shelf: Shelf; readonly key: CryptoKey } | undefined {
  if (shelf === undefined || key === undefined) return undefined;
  const on = shelf;
  const by = key;
  const keep = async (kept: Kept): Promise<void> => {
    if (key === by) await on.keep(kept);
  };
  return { shelf: { ...on, keep }, key: by };
}

/** Keeps something of a person, as it stood at a moment, in that person's open pocket and in no other. */
const keepSealed = async (of: string, name: string, day: string | null, at: number, value: unknown): Promise<void> => {
  const open = person === of ? openShelf() : undefined;
  if (open === undefined) return;
  const sealed = await seal(open.key, name, value);
  await open.shelf.keep({ name, day, keptAt: new Date(at).toISOString(), sealed });
};
interface Dated<T> {
  readonly value: T;
  readonly keptAt: string;
}
const readSealed = async <T>(name: string): Promise<Dated<T> | undefined> => {
  const open = openShelf();
  const kept = await open?.shelf.kept(name);
  if (open === undefined || kept === undefined) return undefined;
  return { value: await unseal<T>(open.key, name, kept.sealed), keptAt: kept.keptAt };
};

/**
 * Keeps who works with this phone, so that the console opens without a line; `saidAt` is when the server said so. The seven days run from
 * there: to open the phone without a line does not lengthen them.
 */
export const keepMe = async (me: Person, saidAt: number): Promise<void> =>
  keepSealed(me.person, meName, null, saidAt, me);
/** Who works with this phone and when the server last said so; nobody after seven days without the server. */
export async function heldMe(): Promise<{ readonly me: Person; readonly saidAt: number } | undefined> {
  const held = await readSealed<Person>(meName);
  return held === undefined ? undefined : { me: held.value, saidAt: Date.parse(held.keptAt) };
}

/** Keeps a person's households of today; tomorrow they are gone. */
export const keepDay = async (of: string, day: HeldDay): Promise<void> =>
  keepSealed(of, dayName, countyToday(), Date.now(), day);
/** Today's households, if they were fetched today. */
export async function heldDay(): Promise<HeldDay | undefined> {
  await shelf?.forgetOtherDays(countyToday());
  return (await readSealed<HeldDay>(dayName))?.value;
}
/** Takes a person's households away: the server does not know this phone's session any more. */
export const forgetDay = async (of: string): Promise<void> => {
  if (person === of) await shelf?.forget(dayName);
};

/** The outbox of the open pocket. */
export const openOutbox = (): Outbox | undefined => outbox;

/**
 * Whether this outbox is still the open one, and its owner the one who is logged in here: nobody's work is sent in another's name, and a
 * round that began before another came does not go on when that one opens a pocket.
 */
export const mayStillSend = (of: Outbox): boolean => of === outbox && person !== undefined && lastPerson() === person;

/** Whose pocket this is. */
export const pocketOwner = (): string | undefined => person;

/** Puts commands into the outbox and counts anew. */
export async function putInOutbox(commands: readonly NewCommand[], draft?: string): Promise<void> {
  if (outbox === undefined) throw new TypeError('the pocket is closed');
  await outbox.add(commands, draft);
  await recount();
}

/** Says how sending goes. */
export const noteSending = (next: Pick<PocketState, 'sending'> & Partial<Pick<PocketState, 'last'>>): void =>
  change(next);

export const pocketState = (): PocketState => state;
export const watchPocket = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};
