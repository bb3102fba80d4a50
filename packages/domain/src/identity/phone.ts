import { fault, ok, refuse, type Result } from '../fault/index.js';

/** Separators and the country code that people write; the number is the same without them. */
const tidy = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s()\-–—.]/gu, '')
    .replace(/^(?:\+86|0086)/u, '');

/**
 * Reads a phone number 电话号码 of the mainland: a mobile of eleven digits, or a land line with its area code. Gives digits only, so that
 * one phone has one writing and is found again by its keyed hash.
 *
 * Refuses `phone-invalid`; the number itself never stands in the fault.
 */
export const readPhone = (text: string): Result<string> => {
  const phone = tidy(text);
  const mobile = /^1[3-9]\d{9}$/u.test(phone);
  const landLine = /^0(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7}$/u.test(phone);
  return mobile || landLine ? ok(phone) : refuse(fault('phone-invalid'));
};

/**
 * A phone as a screen may show it 脱敏: first three and last four digits.
 *
 * @example maskPhone('13800002345') // => '138****2345'
 */
export const maskPhone = (phone: string): string => {
  const digits = tidy(phone);
  return `${digits.slice(0, 3)}${'*'.repeat(Math.max(0, digits.length - 7))}${digits.slice(-4)}`;
};
