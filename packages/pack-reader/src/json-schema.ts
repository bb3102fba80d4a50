import { BodiesFile, ClausesFile, PackManifest, SourcesFile, hyphenate, ruleKinds, ruleSchemas } from '@lianxin/domain';
import { z } from 'zod';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The JSON Schema of every kind of file in a pack, keys as written in YAML, by file name; editors complete and validate with them. */
export function packJsonSchemas(): ReadonlyMap<string, Json> {
  const schemas: [string, z.ZodType][] = [
    ['pack', PackManifest],
    ['sources', SourcesFile],
    ['bodies', BodiesFile],
    ['clauses', ClausesFile],
    ...ruleKinds.map((kind): [string, z.ZodType] => [kind, ruleSchemas[kind] as z.ZodType]),
  ];
  const written = new Map<string, Json>();
  for (const [name, schema] of schemas) written.set(name, jsonSchemaOf(name, schema));
  written.set('rule', {
    $schema: draft,
    title: 'Rule 规则',
    description: 'A rule file; its kind decides the rest.',
    type: 'object',
    required: ['kind'],
    properties: { kind: { enum: [...ruleKinds] } },
    allOf: ruleKinds.map((kind) => ({
      if: { properties: { kind: { const: kind } }, required: ['kind'], not: { required: ['extends'] } },
      // oxlint-disable-next-line unicorn/no-thenable -- a word of JSON Schema
      then: { $ref: `${kind}.json` },
    })),
  });
  return written;
}

const draft = 'https://json-schema.org/draft/2020-12/schema';

/** The JSON Schema of one schema of the domain, as authors write it: before words are read into their full form, with hyphenated keys. */
export function jsonSchemaOf(name: string, schema: z.ZodType): Json {
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' });
  const hyphenated = withHyphens(JSON.parse(JSON.stringify(made)) as Json);
  return typeof hyphenated === 'object' && hyphenated !== null && !Array.isArray(hyphenated)
    ? { ...hyphenated, title: name }
    : hyphenated;
}

/** Property names are words of the language and are hyphenated; everything else of a schema stays. */
function withHyphens(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withHyphens);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === 'properties' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
        const properties = Object.entries(value).map(([name, inner]) => [hyphenate(name), withHyphens(inner)]);
        return [key, Object.fromEntries(properties) as Json];
      }
      if (key === 'required' && Array.isArray(value))
        return [key, value.map((name) => (typeof name === 'string' ? hyphenate(name) : name))];
      return [key, key === 'const' || key === 'enum' || key === 'default' ? value : withHyphens(value)];
    }),
  );
}

/** The text of a schema file. */
export function schemaText(schema: Json): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
