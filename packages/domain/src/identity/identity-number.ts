import { fault, refuse, ok, type Fault, type Result } from '../fault/index.js';
import { parsePlainDate, type PlainDate } from '../date/index.js';
import { checkCharacterOf } from './check-character.js';

/** What a citizen identity number 公民身份号码 says about its holder. */
export interface IdentityNumber {
  /** Eighteen characters, the last one a digit or a capital X. */
  readonly number: string;
  readonly birthDate: PlainDate;
  readonly sex: 'male' | 'female';
}

/** Full-width characters as an input method leaves them, blanks, and a small x: what people mean is plain, so it is no fault. */
const tidy = (text: string): string => text.normalize('NFKC').replaceAll(/\s/gu, '').toUpperCase();

/**
 * Reads an identity number and checks it: length, characters, date, check character (GB 11643).
 *
 * Refuses `identity-number-length`, `identity-number-characters`, `identity-number-date` (no such day, before 1800, or after `on`)
 * and `identity-number-check`. The number itself never stands in a fault, since faults are shown, logged and exported.
 */
export const readIdentityNumber = (text: string, on: PlainDate): Result<IdentityNumber> => {
  const number = tidy(text);
  if (number.length !== 18) return refuse(fault('identity-number-length', { found: number.length }));
  if (!/^[1-9]\d{16}[\dX]$/u.test(number)) return refuse(fault('identity-number-characters'));
  const birth = parsePlainDate(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`);
  const faults: Fault[] = [];
  if (!birth.ok || birth.value > on || birth.value < '1800-01-01') faults.push(fault('identity-number-date'));
  if (checkCharacterOf(number.slice(0, 17)) !== number[17]) faults.push(fault('identity-number-check'));
  const [first, ...more] = faults;
  if (first !== undefined || !birth.ok) return refuse(first ?? fault('identity-number-date'), ...more);
  return ok({ number, birthDate: birth.value, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' });
};

/**
 * Whether what was entered beside a number agrees with it: `identity-number-sex` and `identity-number-birth` where it does not.
 * What was not entered cannot disagree.
 */
export const compareIdentity = (
  identity: IdentityNumber,
  entered: { readonly sex?: 'male' | 'female' | undefined; readonly birthDate?: string | undefined },
): readonly Fault[] => [
  ...(entered.sex === undefined || entered.sex === identity.sex ? [] : [fault('identity-number-sex')]),
  ...(entered.birthDate === undefined || entered.birthDate === identity.birthDate
    ? []
    : [fault('identity-number-birth')]),
];

/**
 * A number as a screen may show it 脱敏: the last four characters, which people recognise their own by, and nothing of place or birthday.
 *
 * @example maskIdentityNumber('11010519491231002X') // => '**************002X'
 */
export const maskIdentityNumber = (number: string): string => `${'*'.repeat(14)}${tidy(number).slice(14, 18)}`;
