import { randomBytes } from 'node:crypto';

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/**
 * A password nobody chose: twelve characters that are not mistaken for each other when read aloud; where kinds of characters are asked
 * for, a capital letter, a sign and a digit besides.
 */
export const freshPassword = (kinds = 1): string => {
  const chosen = [...randomBytes(12)].map((byte) => letters[byte % letters.length]).join('');
  return kinds > 1 ? `A${chosen}-7` : chosen;
};
