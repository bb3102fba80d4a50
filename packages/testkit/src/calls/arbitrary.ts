import * as fc from 'fast-check';
import type { Schema } from './contract-routes.js';
import { FromForm, FromPool } from './from-pool.js';
import { hostileTexts } from './hostile.js';

const pick = fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 2 }) }, { weight: 1, arbitrary: fc.nat({ max: 400 }) });

const fromPool = (name: string, otherwise: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(pick, otherwise).map(([at, value]) => new FromPool(name, at, value));

/** Texts that stand for something: an invented one is seldom worth asking. */
const standing =
  /^(act|stage|procedure|kind|post|register|ledger|report|name|item|code|username|formToken|secret|roll)$/;

/** Days around the made-up county's today, and the borders of what a calendar can hold. */
const days = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('2026-03-02', '2026-03-01', '2026-01-01') },
  {
    weight: 8,
    arbitrary: fc.integer({ min: -500, max: 120 }).map((days) => {
      const day = new Date(Date.UTC(2026, 2, 2) + days * 86_400_000);
      return day.toISOString().slice(0, 10);
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom('0001-01-01', '1900-02-28', '2024-02-29', '2027-12-31', '9999-12-31') },
);
const moments = fc
  .tuple(days, fc.constantFrom('00:00:00.000Z', '08:30:00Z', '23:59:59.999Z', '09:00:00+08:00', '12:00:00-11:30'))
  .map(([day, time]) => `${day}T${time}`);

const words = fc.constantFrom(
  '修路灯',
  '请尽快处理',
  '第三组',
  '已办好',
  '张演一',
  '核对',
  '18 户',
  'Street lamp',
  '一',
);

/** Texts of a length the schema takes: ordinary ones, the shortest, the longest, and those that are nasty yet allowed. */
const texts = ({ minLength = 0, maxLength = 4_000 }: Schema): fc.Arbitrary<string> => {
  const fits = (text: string): boolean => text.length >= minLength && text.length <= maxLength;
  const nasty = hostileTexts.filter(fits);
  return fc.oneof(
    { weight: 24, arbitrary: words.map((text) => text.padEnd(minLength, '示').slice(0, maxLength)) },
    { weight: 1, arbitrary: fc.constant('短'.repeat(minLength)) },
    { weight: 1, arbitrary: fc.constant('长'.repeat(maxLength)) },
    ...(nasty.length === 0 ? [] : [{ weight: 2, arbitrary: fc.constantFrom(...nasty) }]),
  );
};

const patterned = (pattern: string): fc.Arbitrary<string> => {
  try {
    return fc.stringMatching(new RegExp(pattern));
  } catch {
    // A pattern with a look-ahead: the generator knows none, and a refused text is worth sending too.
    return words;
  }
};

const ofText = (schema: Schema, name: string): fc.Arbitrary<unknown> => {
  if (schema.format === 'date') return days;
  if (schema.format === 'date-time') return moments;
  if (schema.format === 'uuid') return fromPool(name, fc.uuid());
  if (schema.pattern !== undefined) return fromPool(name, patterned(schema.pattern));
  const known = { weight: standing.test(name) ? 8 : 1, arbitrary: fromPool(name, texts(schema)) };
  return fc.oneof({ weight: 2, arbitrary: texts(schema) }, known);
};

const ofNumber = (schema: Schema, name: string): fc.Arbitrary<unknown> => {
  const { minimum: least = -2_147_483_648, maximum: most = 2_147_483_647 } = schema;
  const low = Math.max(least, 0) <= most ? Math.max(least, 0) : least;
  const near = fc.integer({ min: Math.ceil(low), max: Math.floor(Math.min(most, low + 12)) });
  const border = fc.constantFrom(least, most);
  const part = schema.type === 'number' ? [{ weight: 1, arbitrary: fc.constantFrom(0.1, 2.5, 116.397, 39.909) }] : [];
  const known = { weight: 3, arbitrary: fromPool(name, near) };
  return fc.oneof({ weight: 4, arbitrary: near }, { weight: 1, arbitrary: border }, known, ...part);
};

const ofList = (schema: Schema, name: string): fc.Arbitrary<unknown> => {
  if (schema.prefixItems !== undefined) return fc.tuple(...schema.prefixItems.map((item) => valuesOf(item, name)));
  const { minItems = 0, maxItems = 30, items = {} } = schema;
  return fc.array(valuesOf(items, name), { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 4)) });
};

const ofObject = (schema: Schema): fc.Arbitrary<unknown> => {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length > 0) {
    const required = schema.required ?? [];
    const shape = Object.fromEntries(properties.map(([key, value]) => [key, valuesOf(value, key)]));
    const needed = Object.fromEntries(Object.entries(shape).filter(([key]) => required.includes(key)));
    const whole = fc.record(shape, { requiredKeys: Object.keys(needed), noNullPrototype: true });
    // Half of them with the least that is needed: a list with eight filters is empty, and an empty answer teaches nothing.
    return fc.oneof(whole, fc.record(needed, { noNullPrototype: true }));
  }
  const values = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  const keys = fc.constantFrom('wanted', 'phone', 'told', 'reason', 'amount', 'name', '__proto__');
  const free = fc.dictionary(keys, valuesOf(values, 'value'), { maxKeys: 3, noNullPrototype: true });
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(fc.nat(), free).map(([seed, otherwise]) => new FromForm(seed, otherwise)) },
    { weight: 1, arbitrary: free },
  );
};

/**
 * Values that a JSON Schema takes, borders included, with holes where an earlier answer knows better: an id, a code, a version.
 * The library's own text patterns, records and lists do the work; only what a county's field names mean is ours.
 */
export const valuesOf = (schema: Schema, name: string): fc.Arbitrary<unknown> => {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const among = schema.anyOf ?? schema.oneOf;
  if (among !== undefined) return fc.oneof(...among.map((one) => valuesOf(one, name)));
  if (schema.allOf !== undefined)
    return fc
      .tuple(...schema.allOf.map((part) => valuesOf(part, name)))
      .map((parts) => Object.assign({}, ...(parts as object[])) as unknown);
  if (schema.type === 'object') return ofObject(schema);
  if (schema.type === 'array') return ofList(schema, name);
  if (schema.type === 'string') return ofText(schema, name);
  if (schema.type === 'integer' || schema.type === 'number') return ofNumber(schema, name);
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'null') return fc.constant(null);
  return fc.jsonValue({ maxDepth: 2 });
};
