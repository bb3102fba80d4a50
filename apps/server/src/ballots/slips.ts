import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whose slip, for which meeting. */
export interface SlipOf {
  readonly county: string;
  readonly meeting: string;
  readonly person: string;
}

/** Letters and digits that are not mistaken for each other when read aloud. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZT';

/**
 * The code of a member's paper slip (签到码): ten characters that stand for one person of one meeting, made from the installation's key, so that nothing has to be
 * kept and nobody can make one.
 */
export const slipCode = (key: Buffer, { county, meeting, person }: SlipOf): string => {
  const digest = createHmac('sha256', key).update(`lx-slip/v1\n${county}\n${meeting}\n${person}`).digest();
  return Array.from({ length: 10 }, (_, at) => alphabet[(digest[at] ?? 0) % 32]).join('');
};

/** Whether a code, as typed, is that of a member; compared in constant time. */
export const slipFits = (key: Buffer, of: SlipOf, typed: string): boolean => {
  const right = Buffer.from(slipCode(key, of));
  const given = Buffer.from(typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''));
  return given.length === right.length && timingSafeEqual(given, right);
};
