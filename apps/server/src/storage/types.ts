import { types, type CustomTypesConfig } from 'pg';

/** A bigint (money in fen, counts) is a number while that is exact; beyond, it throws rather than round. */
const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond exact numbers`);
  return value;
};

/** The session speaks UTC, so the text ends in +00; the domain's instants end in Z. */
const instantText = (text: string): string => `${text.slice(0, 10)}T${text.slice(11).replace(/\+00(?::00)?$/, '')}Z`;

const parsers: Record<number, (text: string) => unknown> = {
  20: wholeNumber,
  1082: (text) => text,
  1184: instantText,
};

/**
 * How values of the database become values of ours: days and instants stay text (`PlainDate`, `Instant`), `bigint` is an exact number.
 * A `Date` would carry the machine's time zone into rules.
 */
export const valueTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    format === 'binary'
      ? types.getTypeParser(oid, 'binary')
      : (parsers[oid] ?? types.getTypeParser(oid, 'text'))) as typeof types.getTypeParser,
};
