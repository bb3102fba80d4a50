import type { PinLock } from './pin-lock.js';
import type { Sealed } from './seal.js';

/**
 * The shelf (随身包的存储): what lies on the phone, one person's apart from another's.
 *
 * Every change is one transaction of the store: it happened or it did not, wherever the tab was killed. What names nobody stands
 * open, so that the counter and the clean-up work while the pocket is locked; everything else is sealed.
 */
export interface Shelf {
  /** All entries of the outbox in the order in which they were made. */
  readonly entries: () => Promise<Entry[]>;
  /**
   * Changes the outbox in one transaction, or not at all: false when an entry to be replaced is no longer as it was expected.
   * Rejects with ShelfFull when the phone has no room; nothing has changed then.
   */
  readonly change: (change: OutboxChange) => Promise<boolean>;
  readonly lock: () => Promise<PinLock | undefined>;
  readonly setLock: (lock: PinLock) => Promise<void>;
  readonly kept: (name: string) => Promise<Kept | undefined>;
  readonly keep: (kept: Kept) => Promise<void>;
  /** Takes away what was kept under names that begin so; all of it without one. The outbox stays. */
  readonly forget: (namePrefix: string) => Promise<void>;
  /** Takes away what was kept for another day than this. */
  readonly forgetOtherDays: (day: string) => Promise<void>;
  /** Takes everything away, outbox and lock included. */
  readonly erase: () => Promise<void>;
}

/** Where a command stands: not sent yet, refused by the server, or arrived. */
export type EntryState = 'waiting' | 'refused' | 'arrived';

/** One command in the outbox (待发事项). Its id is the command's id, made before the first try and the same at every try. */
export interface Entry {
  readonly id: string;
  /** Place in the order of making; kept when a corrected command takes the place of a refused one. */
  readonly place: number;
  /** Entries of one lane are sent one after the other, since they are about one matter. */
  readonly lane: string;
  readonly state: EntryState;
  /** When it was made, by this device's clock. */
  readonly madeAt: string;
  /** The id that the server gave, once it arrived; a later command of the lane may need it. */
  readonly answer: string | null;
  readonly sealed: Sealed;
}

/** An entry before the shelf has given it its place. */
export type Unplaced = Omit<Entry, 'place'>;

/** What changes in the outbox together. */
export interface OutboxChange {
  /** New entries, put behind all others; one whose id is there already is left as it is, so that a second press adds nothing. */
  readonly add?: readonly Unplaced[];
  /** Entries that take the place of the one with this id, if it is in this state. */
  readonly replace?: readonly { readonly id: string; readonly was: EntryState; readonly by: Unplaced }[];
  readonly remove?: readonly string[];
  /** Names of drafts that have become entries, or are wanted no more. */
  readonly forgetKept?: readonly string[];
}

/** Something kept under a name: a draft, the day's households, who works with this phone. */
export interface Kept {
  readonly name: string;
  /** The day in county time for which it may be kept, or null. */
  readonly day: string | null;
  readonly keptAt: string;
  readonly sealed: Sealed;
}

/** The phone has no room left; nothing was changed. */
export class ShelfFull extends Error {
  constructor() {
    super('the phone has no room left');
    this.name = 'ShelfFull';
  }
}
