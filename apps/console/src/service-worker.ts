import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/**
 * The service worker (后台脚本): the console's shell and the pages of field work, kept so that they open without a line.
 *
 * It keeps built files alone. No answer of the API ever passes through it: what a phone may hold of households lies sealed in the
 * pocket (随身包), and leaves with it.
 */

/** What of the worker's own scope is used here; the library of the page's scope cannot be loaded beside the worker's. */
interface WorkerScope {
  readonly skipWaiting: () => Promise<void>;
  readonly addEventListener: {
    (type: 'message', listen: (event: { readonly data: unknown }) => void): void;
    (type: 'push', listen: (event: Lasting & { readonly data: { json: () => unknown } | null }) => void): void;
    (
      type: 'notificationclick',
      listen: (event: Lasting & { readonly notification: { close: () => void } }) => void,
    ): void;
  };
  readonly registration: { readonly showNotification: (title: string, options: object) => Promise<void> };
  readonly clients: { readonly openWindow: (address: string) => Promise<unknown> };
}
/** An event that the browser waits for. */
interface Lasting {
  readonly waitUntil: (work: Promise<unknown>) => void;
}
const worker = globalThis as unknown as WorkerScope;

// The build puts the list of files in place of this text; see build/shell-files.ts.
precacheAndRoute(JSON.parse('@@shell-files@@') as { url: string; revision: string | null }[]);
cleanupOutdatedCaches();
// Every address of the console is the same page; files and the API have addresses of their own.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/console/index.html'), {
    allowlist: [/^\/console(\/|$)/],
    denylist: [/\.[a-z]+$/],
  }),
);

// A new version waits until a person asks for it: whoever is in the middle of a form is never moved to another version.
worker.addEventListener('message', (event) => {
  if (event.data === 'renew') void worker.skipWaiting();
});

// What rings holds a number alone; the words are ours, so that a locked screen tells nothing of anybody.
worker.addEventListener('push', (event) => {
  const { fresh = 1 } = (event.data?.json() ?? {}) as { fresh?: number };
  event.waitUntil(
    worker.registration.showNotification('连心', {
      body: `有 ${fresh} 件新的待办`,
      tag: 'inbox',
      lang: 'zh-CN',
    }),
  );
});
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(worker.clients.openWindow('/console/inbox'));
});
