import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '../installation.js';

/** A file the portal's pages link to; its address carries its hash, so that a browser may keep it for ever. */
export interface Asset {
  readonly href: string;
  readonly type: string;
  readonly body: string;
}

/** The pages' stylesheet and the small enhancement script, ready to be served. */
export interface PortalAssets {
  readonly style: Asset;
  readonly script: Asset;
}

/** The stylesheets and the script are read as written, never built. */
const folder = path.join(checkout, 'apps/server/src/portal');

const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

/** Comments and indentation are for the reader of the file, not for a phone on a slow line. */
const withoutSpace = (css: string): string =>
  css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(/: /g, ':')
    .replaceAll(';}', '}')
    .trim();

const asset = (name: string, extension: string, type: string, body: string): Asset => {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { href: `/assets/${name}-${hash}.${extension}`, type, body };
};

/**
 * The one stylesheet 样式: tokens and elements, then each component's own file, then paper.
 * Why one: a page on a slow line asks for it once, and every later page comes without a round trip.
 */
export const readPortalAssets = (): PortalAssets => {
  const styles = readdirSync(path.join(folder, 'styles')).sort();
  const components = readdirSync(path.join(folder, 'components'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `components/${entry.name}/${entry.name}.css`)
    .sort();
  const isPaper = (name: string): boolean => name.startsWith('9');
  const css = [
    ...styles.filter((name) => !isPaper(name)).map((name) => read(`styles/${name}`)),
    ...components.map(read),
    ...styles.filter(isPaper).map((name) => read(`styles/${name}`)),
  ].join('\n');
  return {
    style: asset('portal', 'css', 'text/css; charset=utf-8', withoutSpace(css)),
    script: asset('portal', 'js', 'text/javascript; charset=utf-8', read('client/enhance.js')),
  };
};
