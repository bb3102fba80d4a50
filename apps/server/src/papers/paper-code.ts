import { createHmac, timingSafeEqual } from 'node:crypto';

/** Letters and digits that are not mistaken for each other when read aloud. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZT';

/**
 * The code of a paper slip (纸条号码): ten characters that stand for one thing, made from the installation's key, so that nothing has to be kept and
 * nobody can make one. `words` name the thing, what the slip is for first.
 */
export const paperCode = (key: Buffer, words: readonly string[]): string => {
  const digest = createHmac('sha256', key).update(words.join('\n')).digest();
  return Array.from({ length: 10 }, (_, at) => alphabet[(digest[at] ?? 0) % 32]).join('');
};

/** Whether a code, as typed, is that of the thing; compared in constant time. */
export const paperCodeFits = (key: Buffer, words: readonly string[], typed: string): boolean => {
  const right = Buffer.from(paperCode(key, words));
  const given = Buffer.from(typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''));
  return given.length === right.length && timingSafeEqual(given, right);
};
