import { useSyncExternalStore } from 'react';

/**
 * The renewal of an installed console (更新): the browser fetches a new version behind the page, and it waits until a person asks for
 * it. Nobody in the middle of a form is moved to another version; what lies in the pocket of field work is never touched by it.
 */
const state = { waiting: undefined as ServiceWorker | undefined, replaced: false, asked: false, writing: false };
const listeners = new Set<() => void>();
const change = (next: Partial<typeof state>): void => {
  Object.assign(state, next);
  for (const listen of listeners) listen();
};

/** How often a console that stays open asks whether there is a new version. */
const everyHour = 3_600_000;

/** Keeps the shell on this machine, so that it opens without a line. A browser that cannot is as it was before. */
export async function keepShell(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const first = navigator.serviceWorker.controller === null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (state.asked) globalThis.location.reload();
    // Somebody asked for it in another window: this one works on and offers it too.
    else if (!first) change({ replaced: true });
  });
  try {
    const registration = await navigator.serviceWorker.register('/console/service-worker.js');
    const look = (): void => {
      // The very first one has nothing to renew; it takes over at the next visit.
      if (registration.waiting !== null && registration.active !== null) change({ waiting: registration.waiting });
    };
    look();
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
    setInterval(() => void registration.update().catch(() => undefined), everyHour);
  } catch {
    // A browser that forbids it, or no line at the very first visit: the console works as a page.
  }
}

/** Notes when something on the page is being written and not yet sent: until then no renewal is offered. */
export function watchWriting(): void {
  document.addEventListener('input', (event) => {
    const inForm = event.target instanceof Element && event.target.closest('main form') !== null;
    if (inForm && !state.writing) change({ writing: true });
  });
  document.addEventListener('submit', leftPage);
}

/** Says that another page stands there now, so what was written on the one before is no reason to wait. */
export function leftPage(): void {
  if (state.writing) change({ writing: false });
}

/** Goes over to the new version; the page is loaded anew. */
export function renew(): void {
  if (state.waiting === undefined || state.replaced) {
    globalThis.location.reload();
    return;
  }
  change({ asked: true });
  state.waiting.postMessage('renew', []);
}

const subscribe = (listen: () => void): (() => void) => {
  listeners.add(listen);
  return () => listeners.delete(listen);
};

/** True when a new version is ready and nobody is writing. */
export const useRenewal = (): boolean =>
  useSyncExternalStore(subscribe, () => (state.waiting !== undefined || state.replaced) && !state.writing);
