import { useSyncExternalStore } from 'react';

/**
 * Why nothing can be done on the page just now: the session has ended while someone was at work (登录过期), or its screen is locked (锁屏).
 *
 * Kept outside React because the call that finds it out is no component: the frame listens and lays the log-in over the page, so
 * that the page and everything typed into it stay where they are.
 */
export type Closed = 'expired' | 'locked';
let closed: Closed | undefined;
const listeners = new Set<() => void>();

/** Says that the server no longer knows the session, or waits for its owner to prove himself, or knows it again. */
export function setClosed(next: Closed | undefined): void {
  if (closed === next) return;
  closed = next;
  for (const tell of listeners) tell();
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

/** Why the log-in or the lock has to be shown over the page; undefined while the page is open. */
export const useClosed = (): Closed | undefined => useSyncExternalStore(subscribe, () => closed);

/** Hears from the codes of a refusal that the screen is locked or the session has ended. */
export function hearClosed(codes: readonly string[]): void {
  if (codes.includes('session-locked')) setClosed('locked');
  else if (codes.includes('not-signed-in')) setClosed('expired');
}
