import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { PinLock } from './pin-lock.js';
import { ShelfFull, type Entry, type Kept, type Shelf } from './shelf.js';

interface Schema extends DBSchema {
  readonly outbox: { readonly key: string; readonly value: Entry };
  readonly kept: { readonly key: string; readonly value: Kept };
  readonly lock: { readonly key: 'pin'; readonly value: PinLock };
}

/** Version of the stores. A higher one comes with its step in `upgrade`; no step may touch what lies in the outbox. */
const version = 1;

/** The name of a person's database on this device. */
export const shelfName = (person: string): string => `lianxin.pocket.${person}`;

const tooFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError';

/** Does a piece of work; a full phone is said as such, whichever step met it. */
const roomFor = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw tooFull(error) ? new ShelfFull() : error;
  }
};

/**
 * Opens the shelf of one person in the browser's own database (IndexedDB), and makes it when it is not there. `gone` is told when
 * the browser takes the connection away, e.g. for a newer version of the console in another window.
 */
export async function openPhoneShelf(
  person: string,
  gone: () => void = () => undefined,
): Promise<Shelf & { readonly close: () => void }> {
  const db: IDBPDatabase<Schema> = await openDB<Schema>(shelfName(person), version, {
    upgrade(fresh, from) {
      if (from < 1) {
        fresh.createObjectStore('outbox', { keyPath: 'id' });
        fresh.createObjectStore('kept', { keyPath: 'name' });
        fresh.createObjectStore('lock');
      }
    },
    blocking: (_from, _to, event) => {
      (event.target as IDBDatabase).close();
      gone();
    },
    terminated: gone,
  });
  // On disk before it is said to be kept: a phone's battery ends without warning.
  const strict = { durability: 'strict' } as const;
  return {
    entries: async () => (await db.getAll('outbox')).toSorted((a, b) => a.place - b.place),
    change: async ({ add = [], replace = [], remove = [], forgetKept = [] }) =>
      roomFor(async () => {
        const tx = db.transaction(['outbox', 'kept'], 'readwrite', strict);
        const outbox = tx.objectStore('outbox');
        try {
          for (const { id, was, by } of replace) {
            const before = await outbox.get(id);
            if (before?.state !== was) {
              tx.abort();
              await tx.done.catch(() => undefined);
              return false;
            }
            await outbox.delete(id);
            await outbox.put({ ...by, place: before.place });
          }
          if (add.length > 0) {
            let place = (await outbox.getAll()).reduce((highest, one) => Math.max(highest, one.place), 0);
            for (const entry of add) {
              if ((await outbox.getKey(entry.id)) !== undefined) continue;
              place += 1;
              await outbox.add({ ...entry, place });
            }
          }
          for (const id of remove) await outbox.delete(id);
          for (const name of forgetKept) await tx.objectStore('kept').delete(name);
        } catch (error) {
          await tx.done.catch(() => undefined);
          throw error;
        }
        await tx.done;
        return true;
      }),
    lock: async () => db.get('lock', 'pin'),
    setLock: async (lock) => roomFor(async () => void (await db.put('lock', lock, 'pin'))),
    kept: async (name) => db.get('kept', name),
    keep: async (kept) => roomFor(async () => void (await db.put('kept', kept))),
    forget: async (prefix) => db.delete('kept', IDBKeyRange.bound(prefix, `${prefix}\uffff`)),
    forgetOtherDays: async (day) => {
      for (const one of await db.getAll('kept'))
        if (one.day !== null && one.day !== day) await db.delete('kept', one.name);
    },
    erase: async () => {
      const tx = db.transaction(['outbox', 'kept', 'lock'], 'readwrite', strict);
      await Promise.all([
        tx.objectStore('outbox').clear(),
        tx.objectStore('kept').clear(),
        tx.objectStore('lock').clear(),
        tx.done,
      ]);
    },
    close: () => db.close(),
  };
}
