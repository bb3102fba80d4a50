import { checkCharacterOf } from './check-character.js';

/** What kind of personal data a text holds. */
export type PersonalDataKind = 'identity-number' | 'phone' | 'bank-card' | 'address' | 'name';

/** Personal data at a place in a text: first character, counted from 1, and how many characters as they were typed. */
export interface PersonalDataFound {
  readonly kind: PersonalDataKind;
  readonly at: number;
  readonly length: number;
}

/** The text as a reader takes it (full-width characters as plain ones, digits without blanks and hyphens between) and where each character stood. */
const readable = (text: string): { readonly plain: string; readonly places: readonly number[] } => {
  const characters: { shown: string; place: number }[] = [];
  for (const [place, typed] of [...text].entries()) {
    for (const shown of typed.normalize('NFKC')) characters.push({ shown, place });
  }
  const kept = characters.filter(({ shown }, at) => {
    if (!/[\s-]/u.test(shown)) return true;
    return !(/\d/u.test(characters[at - 1]?.shown ?? '') && /[\dXx]/u.test(characters[at + 1]?.shown ?? ''));
  });
  return { plain: kept.map((one) => one.shown).join(''), places: kept.map((one) => one.place) };
};

const passesLuhn = (number: string): boolean => {
  const sum = Array.from(number)
    .reverse()
    .reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
};

/** Numbers are recognised by their check digits, so that voucher numbers and dates pass; a dwelling by group and number, or building and room. */
const patterns: readonly (readonly [PersonalDataKind, RegExp, (found: string) => boolean])[] = [
  [
    'identity-number',
    /(?<!\d)\d{17}[\dXx](?!\d)/gu,
    (found) => checkCharacterOf(found.slice(0, 17)) === found[17]?.toUpperCase(),
  ],
  ['phone', /(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)/gu, () => true],
  ['bank-card', /(?<!\d)[3-6]\d{15,18}(?!\d)/gu, passesLuhn],
  [
    'address',
    /(?:\d+|[一二三四五六七八九十]+)[组社]\d+号(?![路线车])|\d+(?:栋|幢|号楼)(?:\d+单元)?\d+[室户]/gu,
    () => true,
  ],
];

/**
 * Personal data 个人信息 in a text meant for everyone, in the order of the text: identity numbers, mobile numbers, bank cards,
 * dwellings, and the given names, each with its place so that whoever wrote it finds it.
 */
export const findPersonalData = (text: string, names: readonly string[] = []): readonly PersonalDataFound[] => {
  const { plain, places } = readable(text);
  const starts = [...plain].map((_, at) => at);
  const place = (kind: PersonalDataKind, at: number, length: number): PersonalDataFound => {
    const first = places[at] ?? 0;
    return { kind, at: first + 1, length: (places[at + length - 1] ?? first) - first + 1 };
  };
  const found = patterns.flatMap(([kind, pattern, holds]) =>
    [...plain.matchAll(pattern)]
      .filter(([match]) => holds(match))
      .map((match) => place(kind, Array.from(plain.slice(0, match.index)).length, [...match[0]].length)),
  );
  const named = names
    .filter((name) => [...name].length > 1)
    .flatMap((name) =>
      starts
        .filter((at) => [...plain].slice(at, at + [...name].length).join('') === name)
        .map((at) => place('name', at, [...name].length)),
    );
  return [...found, ...named].toSorted((a, b) => a.at - b.at || b.length - a.length);
};

/**
 * The kind of personal data that stands first in a text, or null. A log can never be cleaned afterwards, so the check stands before it.
 */
export const personalDataIn = (text: string, names: readonly string[] = []): PersonalDataKind | null =>
  findPersonalData(text, names)[0]?.kind ?? null;
