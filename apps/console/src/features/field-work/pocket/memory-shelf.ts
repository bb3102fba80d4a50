import type { PinLock } from './pin-lock.js';
import type { Entry, Kept, Shelf } from './shelf.js';

/** What lies in a shelf that is made for tests: it outlives the tabs that use it, as a phone's storage does. */
export interface MemoryContent {
  outbox: Entry[];
  kept: Kept[];
  lock: PinLock | undefined;
}

export const emptyContent = (): MemoryContent => ({ outbox: [], kept: [], lock: undefined });

/** A shelf in memory, for tests: the same promises as the phone's, without a browser. */
export function memoryShelf(content: MemoryContent): Shelf {
  return {
    entries: async () => content.outbox.toSorted((a, b) => a.place - b.place),
    change: async ({ add = [], replace = [], remove = [], forgetKept = [] }) => {
      let outbox = [...content.outbox];
      for (const { id, was, by } of replace) {
        const before = outbox.find((one) => one.id === id);
        if (before?.state !== was) return false;
        outbox = outbox.map((one) => (one === before ? { ...by, place: before.place } : one));
      }
      for (const entry of add) {
        if (outbox.some((one) => one.id === entry.id)) continue;
        outbox = [...outbox, { ...entry, place: Math.max(0, ...outbox.map((one) => one.place)) + 1 }];
      }
      content.outbox = outbox.filter((one) => !remove.includes(one.id));
      content.kept = content.kept.filter((one) => !forgetKept.includes(one.name));
      return true;
    },
    lock: async () => content.lock,
    setLock: async (lock) => {
      content.lock = lock;
    },
    kept: async (name) => content.kept.find((one) => one.name === name),
    keep: async (kept) => {
      content.kept = [...content.kept.filter((one) => one.name !== kept.name), kept];
    },
    forget: async (prefix) => {
      content.kept = content.kept.filter((one) => !one.name.startsWith(prefix));
    },
    forgetOtherDays: async (day) => {
      content.kept = content.kept.filter((one) => one.day === null || one.day === day);
    },
    erase: async () => {
      Object.assign(content, emptyContent());
    },
  };
}
