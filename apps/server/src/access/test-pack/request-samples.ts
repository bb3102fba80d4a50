/** A part of an OpenAPI document, as far as a sample needs it. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly format?: string;
}
interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
/** The server's own description of its routes. */
export interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** What stands for a name at one place: ids of things there, codes, dates. */
export type Named = Readonly<Record<string, unknown>>;

/** What a route needs besides what its description and the names give. */
export interface Override {
  readonly path?: Named;
  readonly query?: Named;
  readonly body?: Named;
}

/** A request ready to be sent. */
export interface Sample {
  readonly path: string;
  readonly method: string;
  readonly body?: unknown;
  readonly multipart?: Named;
}

const textOf = (schema: Schema): string => {
  if (schema.format === 'date' || /\\d\{4\}-|\d{4}-/.test(schema.pattern ?? '')) return '2026-03-02';
  if (schema.format === 'date-time') return '2026-03-02T01:00:00.000Z';
  return '示例文字'.padEnd(schema.minLength ?? 1, '示');
};

/** Thrown when a request needs a thing that this place does not have, e.g. an estate of a county. */
export class NotHere extends Error {}

/** A value that a schema takes: what the names say, else the least there is. */
const valueOf = (described: Described, schema: Schema, name: string, named: Named): unknown => {
  if (named[name] !== undefined) return named[name];
  if (name in named) throw new NotHere(name);
  if (schema.$ref !== undefined) {
    const target = described.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
    return target === undefined ? null : valueOf(described, target, name, named);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const among = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (among !== undefined) return valueOf(described, among, name, named);
  if (schema.allOf !== undefined)
    return Object.assign({}, ...schema.allOf.map((part) => valueOf(described, part, name, named) as object)) as unknown;
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'object')
    return Object.fromEntries(
      (schema.required ?? []).map((key) => [key, valueOf(described, schema.properties?.[key] ?? {}, key, named)]),
    );
  if (type === 'array')
    return Array.from({ length: schema.minItems ?? 0 }, () => valueOf(described, schema.items ?? {}, name, named));
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  return type === 'boolean' ? false : textOf(schema);
};

/** A request to a route about a place, made from the route's own description; `path` is written as the router has it. */
export const sampleOf = (
  described: Described,
  method: string,
  route: string,
  named: Named,
  override: Override = {},
): Sample => {
  const operation = described.paths[route.replaceAll(/:([a-z]+)/gi, '{$1}')]?.[method.toLowerCase()];
  const parameters = operation?.parameters ?? [];
  const path = route.replaceAll(/:([a-z]+)/gi, (_, name: string) => {
    const schema = parameters.find((one) => one.in === 'path' && one.name === name)?.schema ?? {};
    return encodeURIComponent(String(override.path?.[name] ?? valueOf(described, schema, name, named)));
  });
  const query = parameters
    .filter((one) => one.in === 'query' && (one.required === true || one.name === 'division'))
    .map((one): [string, string] => [one.name, String(valueOf(described, one.schema, one.name, named))]);
  const asked = new Map([
    ...query,
    ...Object.entries(override.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
  ]);
  const full = `${path.replace('*', 'x')}${asked.size === 0 ? '' : `?${new URLSearchParams([...asked]).toString()}`}`;
  const content = operation?.requestBody?.content ?? {};
  const json = content['application/json']?.schema;
  const form = content['multipart/form-data']?.schema;
  if (form !== undefined)
    return {
      path: full,
      method,
      multipart: { ...(valueOf(described, form, '', named) as Named), file: 'sheet', ...override.body },
    };
  if (json === undefined)
    return { path: full, method, ...(override.body === undefined ? {} : { body: override.body }) };
  return { path: full, method, body: { ...(valueOf(described, json, '', named) as Named), ...override.body } };
};
