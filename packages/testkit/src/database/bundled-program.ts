import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkout } from '@lianxin/server';
import { build, type Plugin } from 'esbuild';

/** Our own modules are bundled; packages stay where they are, and each module still knows which folder it was written in. */
const ourModules: Plugin = {
  name: 'our-modules',
  setup: (building) => {
    building.onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
      kind === 'entry-point' || name.startsWith('@lianxin/') ? undefined : { path: name, external: true },
    );
    building.onLoad({ filter: /\.tsx?$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8')
        .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href)),
      loader: file.endsWith('x') ? 'tsx' : 'ts',
    }));
  },
};

/** A program 程序 in one file, to be started again and again by a test. */
export interface BundledProgram {
  readonly file: string;
  readonly remove: () => void;
}

/**
 * Bundles a program whose imports are found from `folder`, which must lie in the checkout so that packages are found too. A process that
 * first compiles its sources takes five times longer to start than the server itself; a test that kills it a hundred times waits for that.
 */
export const bundleProgram = async (contents: string, folder: string): Promise<BundledProgram> => {
  const place = path.join(folder, '.tmp', randomBytes(6).toString('hex'));
  mkdirSync(place, { recursive: true });
  const file = path.join(place, 'program.mjs');
  await build({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['source'],
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    plugins: [ourModules],
    outfile: file,
    logLevel: 'error',
  });
  return { file, remove: () => rmSync(place, { recursive: true, force: true }) };
};

/** Bundles the `lianxin` command as it is written, not as it was built last; what it is called with are the program's own arguments. */
export const bundleCommandLine = async (): Promise<BundledProgram> =>
  bundleProgram(
    `import { main } from '../cli/src/main.js'; process.exitCode = await main(process.argv.slice(2));`,
    path.join(checkout, 'apps/server'),
  );
