import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { readMatrix } from '../access/test-pack/matrix.js';
import { createApp } from '../app.js';
import { readConfig } from '../config.js';
import type { Deps } from '../deps.js';

interface Media {
  schema?: object;
  example?: unknown;
  examples?: Record<string, { $ref: string }>;
}
interface Operation {
  operationId: string;
  security: object[];
  parameters?: { name: string; required?: boolean }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: object; examples: Record<string, { value: unknown }> };
}

describe('the description of our own interface', () => {
  let source: string;
  let document: Document;
  const operations = (): [string, Operation][] =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [
        `${method.toUpperCase()} ${path}`,
        operation,
      ]),
    );

  beforeAll(async () => {
    // Nothing is asked of a database: the document is made from the routes alone.
    const deps = { config: readConfig({}), keys: { keyFor: () => Buffer.alloc(32) }, pool: {}, authPool: {} };
    source = await (await createApp(deps as unknown as Deps).request('/api/openapi.json')).text();
    document = JSON.parse(source) as Document;
  });

  it('is OpenAPI 3.1 and has nothing that the linter of another house would change', async () => {
    expect(document.openapi).toBe('3.1.0');
    const problems = await lintFromString({
      source,
      absoluteRef: 'openapi.json',
      config: await createConfig({ extends: ['recommended'] }),
    });
    expect(problems.map((one) => `${one.ruleId}: ${one.message} ${one.location[0]?.pointer ?? ''}`)).toEqual([]);
  });

  it('gives an example for every body in JSON, and every example is one that its own schema takes', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
    ajvFormats.default(ajv);
    ajv.addSchema(document, 'document');
    const inDocument = (schema: object): object =>
      JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object;
    const bodies = operations()
      .flatMap(([name, operation]) => [
        ...Object.entries(operation.requestBody?.content ?? {}).map(([type, media]) => ({ name, type, media })),
        ...Object.entries(operation.responses).flatMap(([status, { content }]) =>
          Object.entries(content ?? {}).map(([type, media]) => ({ name: `${name} ${status}`, type, media })),
        ),
      ])
      .filter(({ type }) => type === 'application/json');
    expect(bodies.length).toBeGreaterThan(500);
    // Most refusals look alike: each pair of schema and example is checked once.
    const seen = new Set<string>();
    const wrong = bodies.flatMap(({ name, media }) => {
      const named = media.examples?.refusal?.$ref.split('/').at(-1) ?? '';
      const example = media.example ?? document.components.examples[named]?.value;
      if (example === undefined) return [`${name}: no example`];
      const key = JSON.stringify([media.schema, example]);
      if (seen.has(key)) return [];
      seen.add(key);
      const check = ajv.compile(inDocument(media.schema ?? {}));
      return check(example) ? [] : [`${name}: ${ajv.errorsText(check.errors)}`];
    });
    expect(wrong).toEqual([]);
  });

  it('asks for a session exactly where the access matrix lets no visitor in', () => {
    const visitor = new Map(
      readMatrix()
        .filter((row) => row.kind === 'route')
        .map((row) => [`${row.action} ${row.resource.replaceAll(/:([a-z]+)/gi, '{$1}')}`, row]),
    );
    const wrong = operations().flatMap(([name, { security }]) => {
      const row = visitor.get(name);
      if (row === undefined) return [`${name}: no line in the matrix`];
      const open = row.cells.visitor !== 'none';
      return open === (security.length === 0) ? [] : [`${name}: the matrix says ${row.cells.visitor ?? '?'}`];
    });
    expect(wrong).toEqual([]);
  });

  it('names each operation once', () => {
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
