import type { JSX } from 'hono/jsx/jsx-runtime';

/** The HTML of a page. Throws for a page that waits for something: pages are given what they show, they never fetch it. */
export const htmlOf = (page: JSX.Element): string => {
  if (page instanceof Promise) throw new TypeError('a page may not wait for anything');
  return page.toString();
};
