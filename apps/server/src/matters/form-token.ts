import { createHmac, timingSafeEqual } from 'node:crypto';
import { epochMillisecondsOf, fault, ok, refuse, type Instant, type Result } from '@lianxin/domain';

/** How long a form may stay open; a resident may be called away, but not for days. */
const mostMilliseconds = 24 * 3_600_000;

const signature = (key: Buffer, head: string): string =>
  createHmac('sha256', key).update(`lx-form/v1\n${head}`).digest('base64url').slice(0, 22);

/**
 * A form token (表单令牌): the actor of a command by a person without account. It says when the form was made,
 * proves that this server made it, and tells nothing about who has it.
 */
export const newFormToken = (key: Buffer, random: (count: number) => Uint8Array, now: Instant): string => {
  const head = `${epochMillisecondsOf(now).toString(36)}.${Buffer.from(random(16)).toString('base64url')}`;
  return `${head}.${signature(key, head)}`;
};

/** Refuses `form-expired` for a token that is old or that this server did not make; a fresh page cures both. */
export const checkFormToken = (key: Buffer, token: string, now: Instant): Result<string> => {
  const cut = token.lastIndexOf('.');
  const head = token.slice(0, Math.max(cut, 0));
  const given = Buffer.from(token.slice(cut + 1));
  const right = Buffer.from(signature(key, head));
  const madeAt = Number.parseInt(head.split('.')[0] ?? '', 36);
  const age = epochMillisecondsOf(now) - madeAt;
  const genuine = given.length === right.length && timingSafeEqual(given, right);
  if (!genuine || !Number.isFinite(age) || age > mostMilliseconds || age < -300_000) {
    return refuse(fault('form-expired'));
  }
  return ok(token);
};
