import type { Context } from 'hono';
import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { Environment } from './environment.js';

const shape = /^[A-Za-z0-9._~-]{8,100}$/;

/**
 * The command id of a request: the header `Idempotency-Key`, made by the client and stored there before the first try.
 * Refuses `idempotency-key-missing` when it is not there or is not 8 to 100 letters, digits, `.`, `_`, `~`, `-`.
 */
export const commandIdOf = (c: Context<Environment>): Result<string> => {
  // Some clients quote it, as the draft of the header's standard does.
  const id = c.req.header('idempotency-key')?.replace(/^"(.*)"$/, '$1');
  return id !== undefined && shape.test(id) ? ok(id) : refuse(fault('idempotency-key-missing'));
};
