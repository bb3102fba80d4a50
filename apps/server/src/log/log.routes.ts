import { entryBundle, parsePlainDate, parseTilePath, tileWidth, utf8Bytes } from '@lianxin/domain';
import type { Context as Call } from 'hono';
import type { Deps } from '../deps.js';
import type { App, Environment } from '../http/environment.js';
import { inContext, type Tx } from '../storage/index.js';
import { takeCosignature } from './cosign.js';
import { logStanding } from './log-standing.js';
import { newestCheckpoint, readDayLeaves, readLeaves, readPlaces, readTiles, readYear } from './log.store.js';
import { leafProof } from './receipt.js';
import { policyText } from './witness-rule.js';

/** What never changes may be kept for ever. */
const forEver = 'public, max-age=31536000, immutable';

/** What changes may be kept for a moment. */
const briefly = 'public, max-age=2';

/** The log in a path, if its county and year have the right shape. */
const logAt = (call: Call<Environment>): { county: string; year: number } | null => {
  const { county, year } = call.req.param();
  return county !== undefined && year !== undefined && /^[0-9]{6}$/.test(county) && /^2[0-9]{3}$/.test(year)
    ? { county, year: Number(year) }
    : null;
};

/**
 * Routes of the public log: static in content, so that any copy serves as well (c2sp.org/tlog-tiles), and open to all.
 * Anything malformed or not there is 404 without a word: checkers speak to this, not people.
 */
export const logRoutes = (app: App, deps: Deps): void => {
  const read = async <T>(county: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
    inContext(deps, { role: 'rt_public', county, uid: null, lo: county, hi: county, caps: [] }, work);
  const bytes = (call: Call<Environment>, body: Uint8Array) =>
    call.body(Uint8Array.from(body).buffer, 200, {
      'content-type': 'application/octet-stream',
      'cache-control': forEver,
      'access-control-allow-origin': '*',
    });
  const text = (call: Call<Environment>, body: string, cache: string) =>
    call.body(body, 200, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': cache,
      'access-control-allow-origin': '*',
    });

  app.get('/log', async (call) => {
    const logs = await read('', async (tx) =>
      tx.rows(
        'select county, year, origin, key, frozen_at is not null as frozen from lx.log_year order by county, year',
      ),
    );
    return call.json({ logs }, 200, { 'cache-control': briefly, 'access-control-allow-origin': '*' });
  });

  app.get('/log/:county/:year/checkpoint', async (call) => {
    const log = logAt(call);
    if (log === null) return call.notFound();
    const checkpoint = await read(log.county, async (tx) => newestCheckpoint(tx, log.county, log.year));
    return checkpoint === undefined ? call.notFound() : text(call, checkpoint.note, briefly);
  });

  app.get('/log/:county/:year/key', async (call) => {
    const log = logAt(call);
    if (log === null) return call.notFound();
    const found = await read(log.county, async (tx) => readYear(tx, log.county, log.year));
    return found === undefined ? call.notFound() : text(call, `${found.key}\n`, briefly);
  });

  // Which witnesses there are and how many are enough; compare it with the poster, as the key.
  app.get('/log/:county/:year/policy', async (call) => {
    const log = logAt(call);
    if (log === null) return call.notFound();
    const found = await read(log.county, async (tx) => readYear(tx, log.county, log.year));
    if (found === undefined) return call.notFound();
    return text(call, policyText(deps.config.data, deps.config.origin, found), briefly);
  });

  app.get('/log/:county/:year/status', async (call) => {
    const log = logAt(call);
    if (log === null) return call.notFound();
    const standing = await read(log.county, async (tx) => logStanding(tx, deps, log.county, log.year));
    if (standing === undefined) return call.notFound();
    return call.json(standing, 200, { 'cache-control': briefly, 'access-control-allow-origin': '*' });
  });

  // A witness that cannot be reached brings its cosignature. It needs no log-in: only its key makes one that is kept.
  app.post('/log/:county/:year/cosignature', async (call) => {
    const log = logAt(call);
    const body: unknown = await call.req.json().catch(() => null);
    if (log === null || typeof body !== 'object' || body === null || !('note' in body) || typeof body.note !== 'string')
      return call.notFound();
    const witness = await takeCosignature(deps, log.county, log.year, body.note);
    return witness === null ? call.json({ kept: false }, 403) : call.json({ kept: true, witness }, 200);
  });

  app.get('/log/:county/:year/proof/:index', async (call) => {
    const log = logAt(call);
    const index = call.req.param('index');
    if (log === null || !/^(?:0|[1-9][0-9]{0,14})$/.test(index)) return call.notFound();
    const proof = await read(log.county, async (tx) => leafProof(tx, { ...log, index: Number(index) }));
    return proof === null ? call.notFound() : text(call, proof, briefly);
  });

  app.get('/log/:county/:year/tile/*', async (call) => {
    const log = logAt(call);
    const name = parseTilePath(call.req.path.split('/').slice(4).join('/'));
    if (log === null || name === null) return call.notFound();
    const tile = await read(log.county, async (tx) =>
      name.kind === 'entries' ? readBundle(tx, log, name) : readTile(tx, log, name),
    );
    return tile === null ? call.notFound() : bytes(call, tile);
  });

  // All entries of a day at once: whoever looks for the own one does so at home, and does not tell which it is.
  app.get('/log/:county/day/:day', async (call) => {
    const county = call.req.param('county');
    const day = parsePlainDate(call.req.param('day'));
    if (!/^[0-9]{6}$/.test(county) || !day.ok) return call.notFound();
    const parts = await read(county, async (tx) => {
      const leaves = await readDayLeaves(tx, county, day.value);
      const filled: { year: number; index: number; entries: string[] }[] = [];
      for (const leaf of leaves) filled.push({ ...leaf, entries: await readPlaces(tx, county, leaf.year, leaf.index) });
      return filled;
    });
    return call.json({ day: day.value, parts }, 200, { 'cache-control': briefly, 'access-control-allow-origin': '*' });
  });
};

type TileAsked = { readonly level: number; readonly index: number; readonly width: number };
type LogAsked = { readonly county: string; readonly year: number };

const readTile = async (tx: Tx, log: LogAsked, asked: TileAsked): Promise<Uint8Array | null> => {
  const tiles = await readTiles(tx, log.county, log.year, [asked]);
  const tile = tiles.get(`${asked.level}/${asked.index}`);
  return tile === undefined || tile.length < asked.width * 32 ? null : tile.slice(0, asked.width * 32);
};

const readBundle = async (tx: Tx, log: LogAsked, asked: TileAsked): Promise<Uint8Array | null> => {
  const from = asked.index * tileWidth;
  const leaves = await readLeaves(tx, log.county, log.year, from, from + asked.width);
  return leaves.length < asked.width ? null : entryBundle(leaves.map((leaf) => utf8Bytes(leaf.leaf)));
};
