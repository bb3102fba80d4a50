/** Checks the import rule in two passes: all imports against the rules of layers, imports that run against circles. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const passes = ['all', 'runtime'].map((imports) =>
  spawnSync(
    process.execPath,
    [
      '--import',
      './scripts/swc-for-import-rule.mjs',
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err-long',
      'packages',
      'apps',
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, IMPORTS: imports } },
  ),
);
process.exitCode = passes.every((pass) => pass.status === 0) ? 0 : 1;
