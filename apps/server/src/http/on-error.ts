import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { fault, type Fault } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { refuseWith } from './answer.js';
import type { Environment } from './environment.js';

/** No room left: what the database says of its disk, and what Node says of a file's. */
const fullDisks = new Set(['53100', 'ENOSPC', 'EDQUOT']);

/** The database or the disk cannot answer now: classes of SQLSTATE, and what Node says of a socket. Asking again later is right. */
const passingStates = /^(?:08|53|57|58|25P03|55P03|40)/;
const passingSockets = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT']);
const passingSentences =
  /Connection terminated|not queryable|timeout exceeded when trying to connect|Client was closed/;

/** A value that no schema caught and the database cannot hold, e.g. a text with a zero byte. */
const unholdable = /^22/;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/**
 * What an exception is for the one who asked: a refusal that names the cause, or undefined when it is a bug of ours.
 * After a lost connection nobody knows whether the command was carried out: the same command id gets the answer.
 */
export const faultOfException = (error: unknown): Fault | undefined => {
  const code = codeOf(error);
  if (fullDisks.has(code)) return fault('storage-full');
  if (passingStates.test(code) || passingSockets.has(code)) return fault('temporarily-unavailable');
  if (error instanceof Error && passingSentences.test(error.message)) return fault('temporarily-unavailable');
  if (unholdable.test(code))
    return fault('field-invalid', { field: 'body', reason: '含有无法保存的字符 (a character that cannot be kept)' });
  if (code === '23505') return fault('stale-version');
  if (error instanceof HTTPException) {
    if (error.status === 400) return fault('malformed-json');
    if (error.status === 401 || error.status === 403) return fault('not-signed-in');
    if (error.status < 500) return fault('not-found');
  }
  return undefined;
};

/** The one place where an exception becomes an answer: what it was goes to the log, never to the one who asked. */
export const onError =
  (deps: Pick<Deps, 'log'>) =>
  (error: Error, c: Context<Environment>): Response => {
    const known = faultOfException(error);
    const details = { requestId: c.get('requestId'), method: c.req.method, path: c.req.path, error: error.message };
    if (known !== undefined) {
      if (!(error instanceof HTTPException))
        deps.log('warn', 'request-failed', { ...details, sqlState: codeOf(error) });
      return refuseWith(c, [known]);
    }
    deps.log('error', 'bug', { ...details, stack: error.stack });
    const english = c.get('locale') === 'en';
    const what = english ? 'Something went wrong on our side.' : '系统出错，已记录。';
    const cure = english
      ? `Try again; if it stays, tell us ${c.get('requestId')}.`
      : `请重试；如仍出错，请告知编号 ${c.get('requestId')}。`;
    return c.json({ faults: [{ code: 'internal-error', what, why: null, cure, source: [], params: {} }] }, 500);
  };
