import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { fault } from '@lianxin/domain';
import type { Config } from '../config.js';
import { refuseWith } from './answer.js';
import type { App } from './environment.js';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** A built file, ready to go out. */
interface Asset {
  readonly type: string;
  readonly tag: string;
  readonly plain: Buffer;
  readonly zipped: Buffer | undefined;
  /** Named by its content: may be kept for ever. */
  readonly lasting: boolean;
}

const read = (file: string, name: string): Asset => {
  const plain = readFileSync(file);
  const type = types[path.extname(name)] ?? 'application/octet-stream';
  const zipped = /text|json|svg|javascript/.test(type) ? gzipSync(plain, { level: 9 }) : undefined;
  return {
    type,
    plain,
    zipped,
    tag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    lasting: name.startsWith('assets/'),
  };
};

const listFiles = (folder: string, inside = ''): string[] =>
  readdirSync(path.join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
    return entry.isDirectory() ? listFiles(folder, name) : [name];
  });

/**
 * Serves the built console at `/console`: only files that were there when the server started, so no address can reach beside them;
 * every other address under it is a page of the console and gets its one HTML file.
 */
export const serveConsole = (app: App, config: Pick<Config, 'console'>): void => {
  const folder = config.console;
  const names = existsSync(folder) && statSync(folder).isDirectory() ? new Set(listFiles(folder)) : new Set<string>();
  const assets = new Map<string, Asset>();
  const assetOf = (name: string): Asset | undefined => {
    if (!names.has(name)) return undefined;
    const known = assets.get(name) ?? read(path.join(folder, name), name);
    assets.set(name, known);
    return known;
  };
  app.get('/console', (c) => c.redirect('/console/', 308));
  app.get('/console/*', (c) => {
    const wanted = c.req.path.slice('/console/'.length);
    const asset = assetOf(wanted) ?? (wanted.startsWith('assets/') ? undefined : assetOf('index.html'));
    if (asset === undefined) return refuseWith(c, [fault('not-found')]);
    c.header('etag', asset.tag);
    c.header('vary', 'accept-encoding');
    c.header('cache-control', asset.lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (c.req.header('if-none-match') === asset.tag) return c.body(null, 304);
    c.header('content-type', asset.type);
    const zip = asset.zipped !== undefined && (c.req.header('accept-encoding') ?? '').includes('gzip');
    if (zip) c.header('content-encoding', 'gzip');
    return c.body(new Uint8Array(zip && asset.zipped !== undefined ? asset.zipped : asset.plain));
  });
};
