import { z } from '@hono/zod-openapi';
import * as contract from '@lianxin/contract';

/** A JSON Schema, as far as values are made from it. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
}

/** What a route answers with one status. */
export interface AnswerShape {
  readonly mediaTypes: readonly string[];
  /** Of a JSON body; undefined where the answer is a file or nothing. */
  readonly json: z.ZodType | undefined;
}

/** A route of the contract, as a caller needs it. */
export interface ContractRoute {
  readonly method: string;
  /** As the contract writes it: `/api/matters/{id}/acts`. */
  readonly path: string;
  readonly tag: string;
  readonly params: Schema | undefined;
  readonly query: Schema | undefined;
  readonly body: Schema | undefined;
  /** The body is a form with a file. */
  readonly multipart: boolean;
  /** It carries a command id. */
  readonly command: boolean;
  readonly answers: ReadonlyMap<number, AnswerShape>;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: z.ZodType }>>;
}
interface Declared {
  readonly method: string;
  readonly path: string;
  readonly tags?: readonly string[];
  readonly request?: {
    readonly params?: z.ZodType;
    readonly query?: z.ZodType;
    readonly headers?: z.ZodType;
    readonly body?: Content;
  };
  readonly responses: Readonly<Record<string, Content>>;
}

const isRoute = (value: unknown): value is Declared =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value && 'responses' in value;

/** What may come in; what no JSON Schema can say, e.g. a file, is left open. */
const incoming = (schema: z.ZodType | undefined): Schema | undefined =>
  schema === undefined ? undefined : (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema);

const answerOf = ({ content = {} }: Content): AnswerShape => ({
  mediaTypes: Object.keys(content),
  json: content['application/json']?.schema,
});

const readRoute = ({ method, path, tags, request, responses }: Declared): ContractRoute => {
  const form = request?.body?.content?.['multipart/form-data']?.schema;
  return {
    method: method.toUpperCase(),
    path,
    tag: tags?.[0] ?? path.split('/')[2] ?? '',
    params: incoming(request?.params),
    query: incoming(request?.query),
    body: incoming(form ?? request?.body?.content?.['application/json']?.schema),
    multipart: form !== undefined,
    command: incoming(request?.headers)?.properties?.['idempotency-key'] !== undefined,
    answers: new Map(Object.entries(responses).map(([status, answer]) => [Number(status), answerOf(answer)])),
  };
};

/** Every route of the contract, in the order of addresses: the same in every run, so that a seed repeats. */
export const contractRoutes = (): readonly ContractRoute[] =>
  Object.values<unknown>(contract)
    .filter(isRoute)
    .map(readRoute)
    .toSorted((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1));
