import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { packJsonSchemas, schemaText } from './json-schema.js';

const folder = fileURLToPath(new URL('../schema', import.meta.url));

describe('the published schemas', () => {
  for (const [name, schema] of packJsonSchemas()) {
    test(`schema/${name}.json is current: npm run schemas -w @lianxin/pack-reader writes it`, () => {
      expect(existsSync(`${folder}/${name}.json`)).toBe(true);
      expect(readFileSync(`${folder}/${name}.json`, 'utf8') === schemaText(schema)).toBe(true);
    });
  }

  test('name keys as authors write them, with hyphens and never in camelCase', () => {
    const keys: string[] = [];
    const collect = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(collect);
      else if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
          if (key === 'properties' && typeof inner === 'object' && inner !== null) keys.push(...Object.keys(inner));
          collect(inner);
        }
      }
    };
    for (const schema of packJsonSchemas().values()) collect(schema);
    expect(keys).toContain('notice-period');
    expect(keys.filter((key) => /[A-Z]/.test(key))).toEqual([]);
  });

  test('refuse what the language does not know: objects take no further keys', () => {
    const procedure = packJsonSchemas().get('procedure') as { additionalProperties?: unknown; required: string[] };
    expect(procedure.additionalProperties).toBe(false);
    expect(procedure.required).toContain('for-matters');
  });
});
