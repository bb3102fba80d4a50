import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { fault } from '@lianxin/domain';
import { refuseWith } from './answer.js';
import type { Environment } from './environment.js';

/** Bytes of a body: text commands are small, files are files. */
export const mostBytes = { text: 1_048_576, files: 26_214_400 } as const;

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);
const kinds = ['application/json', 'multipart/form-data', 'application/x-www-form-urlencoded'] as const;

/** A body that says its length is measured by that, as Node holds it to it; only one of unknown length is counted as it comes. */
const limited = (most: number): MiddlewareHandler<Environment> => {
  const tooLarge = (c: Context) => refuseWith(c, [fault('body-too-large', { most })]);
  const counted = bodyLimit({ maxSize: most, onError: tooLarge });
  return async (c, next) => {
    const length = c.req.header('content-length');
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next);
    return Number(length) > most ? tooLarge(c) : next();
  };
};

const textLimit = limited(mostBytes.text);
const fileLimit = limited(mostBytes.files);

/** Whether a body may follow: a length, chunks of unknown length, or a request that never went over a wire. */
const hasBody = ({ env, req }: Context): boolean =>
  (req.header('content-length') ?? '0') !== '0' ||
  req.header('transfer-encoding') !== undefined ||
  (!overWire(env) && req.raw.body !== null);

/** Over a wire a body announces itself in the headers; a request made in a test need not. */
const overWire = (env: unknown): boolean => typeof env === 'object' && env !== null && 'incoming' in env;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The text of a body, or undefined where its bytes are not UTF-8. */
const textOf = (bytes: ArrayBuffer): string | undefined => {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
};

/** Half of a pair: with the `u` flag whole pairs do not match. */
const halfCharacter = /[\ud800-\udfff]/u;

const holdsHalf = (value: unknown): boolean =>
  typeof value === 'string'
    ? halfCharacter.test(value)
    : typeof value === 'object' &&
      value !== null &&
      Object.entries(value).some(([key, inside]) => holdsHalf(key) || holdsHalf(inside));

/** Half a character written as an escape: legal JSON, yet no text can hold it, and no hash can be reckoned over it. */
const hasHalfCharacter = (json: string): boolean => {
  if (!/\\u[dD][89a-fA-F]/.test(json)) return false;
  try {
    return holdsHalf(JSON.parse(json));
  } catch {
    return false;
  }
};

/**
 * Refuses bodies that cannot be read before anything reads them: too large, of an unknown kind, compressed, not UTF-8, or with half a character. The API
 * takes JSON, and files as multipart; forms are for pages that work without scripts.
 */
export const readableBody: MiddlewareHandler<Environment> = async (c, next) => {
  if (reading.has(c.req.method) || !hasBody(c)) return next();
  const type = (c.req.header('content-type') ?? '').toLowerCase();
  const kind = kinds.find((known) => type === known || type.startsWith(`${known};`));
  const found = type.slice(0, 80) || '—';
  if (kind === undefined) return refuseWith(c, [fault('media-type-not-supported', { found })]);
  const encoding = c.req.header('content-encoding');
  if (encoding !== undefined && encoding !== 'identity') {
    return refuseWith(c, [fault('media-type-not-supported', { found: encoding.slice(0, 80) })]);
  }
  const charset = /charset="?([^";\s]+)/.exec(type)?.[1];
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') return refuseWith(c, [fault('bad-encoding')]);
  if (kind === 'multipart/form-data') return fileLimit(c, next);
  return textLimit(c, async () => {
    const text = textOf(await c.req.arrayBuffer());
    if (text === undefined || (kind === 'application/json' && hasHalfCharacter(text))) {
      c.res = refuseWith(c, [fault('bad-encoding')]);
      return;
    }
    // Whoever reads the body next finds it read: decoding it again would pass it through a stream.
    Object.assign(c.req.bodyCache, { text: Promise.resolve(text) });
    await next();
  });
};
