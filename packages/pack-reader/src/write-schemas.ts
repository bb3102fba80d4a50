import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packJsonSchemas, schemaText } from './json-schema.js';

/** Writes the schema folder anew: `npm run schemas -w @lianxin/pack-reader`. */
const folder = fileURLToPath(new URL('../schema', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [name, schema] of packJsonSchemas()) writeFileSync(`${folder}/${name}.json`, schemaText(schema));
