import { useSyncExternalStore } from 'react';

/**
 * Whether this machine holds a person's pocket of field work (随身包), and how much in it was unsent when it was last counted. Known before
 * anything of it is loaded: the first page of an office that never goes out stays as light as it was. Kept apart from the pocket, so that it
 * is noticed when a browser has cleared the pocket away.
 */
const keyOf = (person: string): string => `lianxin.pocket.${person}`;
const listeners = new Set<() => void>();

/** How much was unsent in the pocket that this person made on this machine; null without one. */
export function pocketMark(person: string | null): number | null {
  const mark = person === null ? null : localStorage.getItem(keyOf(person));
  return mark === null ? null : Number(mark);
}

/** Notes how much is unsent in a person's pocket, or that the pocket is gone. */
export function markPocket(person: string, unsent: number | null): void {
  if (unsent === null) localStorage.removeItem(keyOf(person));
  else localStorage.setItem(keyOf(person), String(unsent));
  for (const tell of listeners) tell();
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

/** Whether a person's pocket lies on this machine, as a page sees it. */
export const useHasPocket = (person: string | null): boolean =>
  useSyncExternalStore(subscribe, () => pocketMark(person) !== null);

/** Holds the person who is logged in here; without it the server isn't asked, so that the log-in page starts without a refusal. */
const lastPersonKey = 'lianxin.person';

/** Who logged in here last and has not logged out. */
export const lastPerson = (): string | null => localStorage.getItem(lastPersonKey);

/** Notes who is logged in here now, or that nobody is. */
export function setLastPerson(person: string | null): void {
  if (person === null) localStorage.removeItem(lastPersonKey);
  else localStorage.setItem(lastPersonKey, person);
}
