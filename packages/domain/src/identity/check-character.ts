const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkCharacters = '10X98765432';

/**
 * The check character of the first seventeen digits, by ISO 7064 MOD 11-2 (GB 11643).
 *
 * @example checkCharacterOf('11010519491231002') // => 'X'
 */
export const checkCharacterOf = (digits: string): string => {
  if (!/^\d{17}$/u.test(digits)) throw new TypeError('seventeen digits are needed');
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return checkCharacters.charAt(sum % 11);
};
