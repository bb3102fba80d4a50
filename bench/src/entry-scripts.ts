import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Addresses that a page makes a browser fetch before it is shown: styles and scripts, wherever they stand. */
export const fetchedBy = (html: string): string[] =>
  [...html.matchAll(/<(?:link[^>]+rel="(?:stylesheet|modulepreload|icon)"[^>]*|script[^>]*)>/g)].flatMap(
    ([tag]) => /(?:href|src)="([^"]+)"/.exec(tag)?.[1] ?? [],
  );

/** Scripts that an entry page of a built application loads at once: those it names, and what these import, not what they load later. */
export const firstScripts = (folder: string, base: string): string[] => {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, name] of text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g))
      visit(path.join(path.dirname(file), name ?? ''));
  };
  for (const address of fetchedBy(readFileSync(path.join(folder, 'index.html'), 'utf8')))
    if (address.endsWith('.js')) visit(path.join(folder, address.replace(base, '')));
  return [...found];
};
