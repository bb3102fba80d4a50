// 备好依赖与构建: what `npm start` and `npm test` need before their first line of ours can run. Node's own modules only, since nothing
// is installed yet. Installs when the lock file is newer than what is installed, builds when a source is newer than its build. A start
// needs what runs, bundled from the sources in seconds; the compiler, which takes a minute to say that types hold, is for measurements.
import { existsSync, readdirSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const forTests = process.argv.includes('--tests');
const compiled = process.argv.includes('--compiled');

/** When a file was last changed, or 0 when it is not there. */
const changedAt = (file) => (existsSync(path.join(root, file)) ? statSync(path.join(root, file)).mtimeMs : 0);

/** The newest change below a folder, leaving out what is made. */
const newestBelow = (folder) => {
  let newest = 0;
  const visit = (inside) => {
    for (const entry of readdirSync(path.join(root, inside), { withFileTypes: true })) {
      if (['node_modules', 'dist', '.tmp'].includes(entry.name)) continue;
      const name = path.join(inside, entry.name);
      if (entry.isDirectory()) visit(name);
      else if (!/\.test\.tsx?$/.test(entry.name)) newest = Math.max(newest, changedAt(name));
    }
  };
  if (existsSync(path.join(root, folder))) visit(folder);
  return newest;
};

const run = (words, args) => {
  console.log(words);
  // NODE_ENV=production would leave the compiler out.
  const done = spawnSync('npm', args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, NODE_ENV: '' },
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
};

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `需要 Node 20.19 或更新版本，当前为 ${process.versions.node}。 Node 20.19 or newer is needed; this is ${process.versions.node}.`,
  );
  process.exit(1);
}

if (changedAt('node_modules/.package-lock.json') < changedAt('package-lock.json')) {
  run('正在安装依赖…  Installing…', ['ci', '--include=dev', '--no-audit', '--no-fund']);
}

// Tests read the sources; only the console, which is served as files, has to be built for them.
const stamp = `node_modules/.lianxin-${compiled ? 'compiled' : 'bundled'}`;
const sources = ['packages', 'apps', 'e2e', 'bench', 'tsconfig.base.json', 'tsconfig.json', 'package-lock.json'];
const newestSource = () =>
  Math.max(...sources.map((source) => (source.endsWith('.json') ? changedAt(source) : newestBelow(source))));
const built =
  existsSync(path.join(root, 'apps/cli/dist/bundle/main.js')) &&
  existsSync(path.join(root, compiled ? 'bench/dist/run.js' : 'apps/console/dist/index.html'));
if (!forTests && (!built || changedAt(stamp) < newestSource())) {
  run('正在构建…  Building…', ['run', compiled ? 'build' : 'bundle', '--silent']);
  mkdirSync(path.join(root, 'node_modules'), { recursive: true });
  writeFileSync(path.join(root, stamp), new Date().toISOString());
}
