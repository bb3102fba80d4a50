import { useSyncExternalStore } from 'react';

/**
 * Whether this machine holds a pocket of field work (随身包), and whose. Known before anything of it is loaded: the first page of an
 * office that never goes out stays as light as it was.
 */
const key = 'lianxin.pocket';
const listeners = new Set<() => void>();

/** Whose pocket was made on this machine last; null when nobody's. */
export const pocketMark = (): string | null => localStorage.getItem(key);

/** Notes that a pocket was made, or that it is gone. */
export function markPocket(person: string | null): void {
  if (person === null) localStorage.removeItem(key);
  else localStorage.setItem(key, person);
  for (const tell of listeners) tell();
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

/** Whose pocket lies on this machine, as a page sees it. */
export const usePocketMark = (): string | null => useSyncExternalStore(subscribe, pocketMark);

/** Holds the person who is logged in here; without it the server isn't asked, so that the log-in page starts without a refusal. */
const lastPersonKey = 'lianxin.person';

/** Who logged in here last and has not logged out. */
export const lastPerson = (): string | null => localStorage.getItem(lastPersonKey);

/** Notes who is logged in here now, or that nobody is. */
export function setLastPerson(person: string | null): void {
  if (person === null) localStorage.removeItem(lastPersonKey);
  else localStorage.setItem(lastPersonKey, person);
}
