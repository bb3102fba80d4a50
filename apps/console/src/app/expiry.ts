import { useSyncExternalStore } from 'react';

/**
 * Whether the session has ended while someone was at work (登录过期).
 *
 * Kept outside React because the call that finds it out is no component: the frame listens and lays the log-in over the page, so
 * that the page and everything typed into it stay where they are.
 */
let expired = false;
const listeners = new Set<() => void>();

/** Says that the server no longer knows the session, or that it knows one again. */
export function setExpired(next: boolean): void {
  if (expired === next) return;
  expired = next;
  for (const tell of listeners) tell();
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

/** True while the log-in has to be shown over the page. */
export const useExpired = (): boolean => useSyncExternalStore(subscribe, () => expired);
