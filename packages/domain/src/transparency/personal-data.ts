/** What kind of personal data a text holds. */
export type PersonalDataKind = 'identity-number' | 'phone' | 'bank-card' | 'name';

const identityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/**
 * Personal data 个人信息 found in a text meant for everyone, or null: identity number, mobile number, bank card, or one of
 * the given names.
 *
 * A log can never be cleaned afterwards, so the check stands before it. Numbers are recognised by their check digits,
 * so that voucher numbers and dates pass.
 */
export function personalDataIn(text: string, names: readonly string[] = []): PersonalDataKind | null {
  const plain = text.normalize('NFKC').replace(/(?<=\d)[\s-](?=[\dXx])/g, '');
  for (const [number] of plain.matchAll(/(?<!\d)\d{17}[\dXx](?!\d)/g)) {
    if (isIdentityNumber(number)) return 'identity-number';
  }
  if (/(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)/.test(plain)) return 'phone';
  for (const [number] of plain.matchAll(/(?<!\d)[3-6]\d{15,18}(?!\d)/g)) if (passesLuhn(number)) return 'bank-card';
  return names.some((name) => name.length > 1 && plain.includes(name)) ? 'name' : null;
}

/** GB 11643: the last of 18 characters is a check over the first 17. */
function isIdentityNumber(number: string): boolean {
  const sum = identityWeights.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  return '10X98765432'[sum % 11] === number[17]?.toUpperCase();
}

function passesLuhn(number: string): boolean {
  const sum = Array.from(number)
    .reverse()
    .reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
