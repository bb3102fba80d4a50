/** A part of an OpenAPI 3.1 document that says what a value may be: JSON Schema 2020-12, as far as our own documents use it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
}
export type Schemas = Readonly<Record<string, Schema>>;

/** How deep an example goes; a list inside deeper ones stays empty, so that a tree does not fill the page. */
const deepest = 7;

const byFormat: Readonly<Record<string, string>> = {
  uuid: '0199f2a4-6c00-7d2e-9b1f-3a5c7e9d1b2f',
  date: '2026-03-02',
  'date-time': '2026-03-02T01:00:00Z',
  email: 'name@example.org',
  uri: 'https://example.org/',
};

/** Texts that patterns of ours take: codes of divisions and counties, words, numbers, hashes. The codes are of no real place. */
const shapes = [
  '999901001001',
  '2026-03-02',
  '999901',
  'example',
  'example-1',
  '0199f2a4',
  '0746-123456',
  'a'.repeat(64),
  'exampleAB12',
];

const textOf = ({ format, pattern, minLength = 0, maxLength = Infinity }: Schema): string => {
  const made = format === undefined ? undefined : byFormat[format];
  if (made !== undefined) return made;
  if (pattern !== undefined) {
    const shape = new RegExp(pattern, 'u');
    return (
      shapes.find((one) => shape.test(one) && one.length >= minLength && one.length <= maxLength) ?? shapes[0] ?? ''
    );
  }
  const text = '示例'.padEnd(minLength, '示例');
  return text.length > maxLength ? text.slice(0, maxLength) : text;
};

const numberOf = ({ minimum, exclusiveMinimum, type }: Schema): number => {
  if (exclusiveMinimum !== undefined) return exclusiveMinimum + 1;
  return Math.max(minimum ?? 1, type === 'integer' ? 1 : 0);
};

const follow = (schema: Schema, schemas: Schemas): Schema =>
  schema.$ref === undefined ? schema : (schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});

/**
 * A value that a schema takes 示例: what the schema itself gives as its example, else the plainest one. Pure, and the same every time, so that
 * the document changes only when a route does.
 */
export const exampleOf = (given: Schema, schemas: Schemas, depth = 0): unknown => {
  const schema = follow(given, schemas);
  if (schema.example !== undefined) return schema.example;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const ways = schema.anyOf ?? schema.oneOf;
  if (ways !== undefined) {
    const way = ways.find((one) => one.type !== 'null') ?? ways[0] ?? {};
    // A branch that would go too deep ends where the schema lets it end.
    if (depth >= deepest && ways.some((one) => one.type === 'null')) return null;
    return exampleOf(way, schemas, depth);
  }
  if (schema.allOf !== undefined)
    return Object.assign({}, ...schema.allOf.map((part) => exampleOf(part, schemas, depth) as object)) as unknown;
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.find((one) => one !== 'null');
  switch (type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {}).filter(
        ([name]) => depth < deepest || schema.required?.includes(name) === true,
      );
      return Object.fromEntries(properties.map(([name, part]) => [name, exampleOf(part, schemas, depth + 1)]));
    }
    case 'array': {
      if (schema.prefixItems !== undefined)
        return schema.prefixItems.map((part) => exampleOf(part, schemas, depth + 1));
      const count = Math.max(schema.minItems ?? 0, depth < deepest ? 1 : 0);
      return Array.from({ length: count }, () => exampleOf(schema.items ?? {}, schemas, depth + 1));
    }
    case 'integer':
    case 'number':
      return numberOf({ ...schema, type });
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'string':
      return textOf(schema);
    default:
      return '示例';
  }
};
