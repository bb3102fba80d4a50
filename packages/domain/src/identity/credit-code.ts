import { fault, ok, refuse, type Result } from '../fault/index.js';

/** Thirty-one characters: digits and capitals without I, O, S, V, Z, which are read wrongly. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
const bodyWeights = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/** The eighteenth character, by modulus 31 (GB 32100). */
const lastCharacter = (seventeen: string): string => {
  const sum = weights.reduce((total, weight, at) => total + weight * alphabet.indexOf(seventeen.charAt(at)), 0);
  return alphabet.charAt((31 - (sum % 31)) % 31);
};

/** The ninth character of the body's own code in it, by modulus 11 (GB 11714). */
const bodyCharacter = (eight: string): string => {
  const sum = bodyWeights.reduce((total, weight, at) => total + weight * Number.parseInt(eight.charAt(at), 36), 0);
  return '0123456789X'.charAt((11 - (sum % 11)) % 11);
};

/**
 * Reads a unified social credit code 统一社会信用代码 and gives it in capitals; checks both check characters (GB 32100, GB 11714).
 *
 * Refuses `credit-code-length`, `credit-code-characters` and `credit-code-check`.
 */
export const readCreditCode = (text: string): Result<string> => {
  const code = text.normalize('NFKC').replaceAll(/\s/gu, '').toUpperCase();
  if (code.length !== 18) return refuse(fault('credit-code-length', { found: code.length }));
  const known = [...code].every((character) => alphabet.includes(character));
  if (!known || !/^..\d{6}/u.test(code)) return refuse(fault('credit-code-characters'));
  if (bodyCharacter(code.slice(8, 16)) !== code[16] || lastCharacter(code.slice(0, 17)) !== code[17]) {
    return refuse(fault('credit-code-check'));
  }
  return ok(code);
};
