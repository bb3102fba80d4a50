/**
 * Loaded before dependency-cruiser: tells swc that a `.tsx` file holds JSX, which dependency-cruiser 17 does not, and in
 * the pass for circles (IMPORTS=runtime) leaves out what `import type` brings, since a type is gone before anything runs
 * (docs/decisions/2026-11-22-swc-for-the-import-rule.md).
 */
import { createRequire } from 'node:module';

const swc = createRequire(import.meta.url)('@swc/core');
const parse = swc.parseFileSync;
swc.parseFileSync = (file, options) => {
  const module = parse.call(swc, file, { ...options, tsx: file.endsWith('.tsx') });
  if (process.env.IMPORTS === 'runtime') module.body = module.body.filter((statement) => statement.typeOnly !== true);
  return module;
};
