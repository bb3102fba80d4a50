/**
 * Runs a command against a throw-away PostgreSQL server of the given binaries.
 *
 *   node scripts/with-postgres.mjs /usr/lib/postgresql/15/bin npm test -- --project server
 *
 * The command finds the server's address in TEST_DATABASE_URL. The server listens on a socket in a temporary folder,
 * keeps nothing and is gone when the command ends.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const [binaries, command, ...args] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'lianxin-pg-'));
const data = path.join(folder, 'data');
const isRoot = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root; inside a user namespace it sees an ordinary user and the files stay ours. */
const asUser = (file, rest) =>
  isRoot ? ['unshare', ['--user', '--map-user=65534', '--map-group=65534', file, ...rest]] : [file, rest];

const init = spawnSync(
  ...asUser(path.join(binaries, 'initdb'), [
    '-D',
    data,
    '-U',
    'owner',
    '-A',
    'trust',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]),
  { encoding: 'utf8' },
);
if (init.status !== 0) {
  console.error(`initdb failed: ${init.stderr}`);
  process.exit(1);
}
const server = spawn(
  ...asUser(path.join(binaries, 'postgres'), [
    '-D',
    data,
    '-k',
    folder,
    '-c',
    'listen_addresses=',
    '-c',
    'fsync=off',
    '-c',
    'max_connections=200',
  ]),
  { stdio: ['ignore', 'ignore', 'ignore'] },
);

const ready = () =>
  spawnSync(path.join(binaries, 'pg_isready'), ['-q', '-h', folder, '-U', 'owner', '-d', 'postgres']).status === 0;
for (let tries = 0; tries < 150 && !ready(); tries++) await new Promise((resolve) => setTimeout(resolve, 100));

const run = spawn(command, args, {
  stdio: 'inherit',
  env: { ...process.env, TEST_DATABASE_URL: `postgresql://owner@/postgres?host=${encodeURIComponent(folder)}` },
});
run.on('exit', (code) => {
  server.kill('SIGINT');
  server.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(code ?? 1);
  });
});
