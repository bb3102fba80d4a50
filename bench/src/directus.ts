import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '@lianxin/server';
import type { BenchDatabase } from './database.js';
import { freePort, serve, type Served } from './lianxin-process.js';
import { runToEnd } from './run-to-end.js';

/** The version the reference figures of the design were taken with. */
export const directusVersion = '11.3.5';

/** Token of the administrator whom the bench acts as; the database is the bench's own and deleted at its end. */
const token = 'bench-token-of-the-administrator';

/** Directus in a folder that git does not track. Gives how long it took, or why it cannot be had. */
export const installDirectusInto = async (folder: string): Promise<{ seconds: number } | { missing: string }> => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'reference', private: true }));
  const began = performance.now();
  const failed = await runToEnd(
    `installing Directus ${directusVersion}; it compiles native modules for some minutes`,
    'npm',
    ['install', '--no-audit', '--no-fund', '--omit=dev', `directus@${directusVersion}`],
    { cwd: folder },
  );
  return failed === undefined
    ? { seconds: (performance.now() - began) / 1000 }
    : { missing: `Directus ${directusVersion} could not be installed: ${failed}` };
};

/** Directus, installed on the first run and kept in `.tmp/directus`; or the reason why it cannot be. */
export const installDirectus = async (): Promise<{ folder: string } | { missing: string }> => {
  const folder = path.join(checkout, '.tmp/directus');
  const done = path.join(folder, `installed-${directusVersion}`);
  if (existsSync(done)) return { folder };
  const installed = await installDirectusInto(folder);
  if ('missing' in installed) return installed;
  // Written last, so that an installation cut short is begun again.
  writeFileSync(done, '');
  return { folder };
};

const settings = ({ socket }: BenchDatabase): Record<string, string> => ({
  SECRET: 'bench-secret-of-the-reference-system',
  DB_CLIENT: 'pg',
  DB_HOST: socket.host,
  DB_PORT: String(socket.port),
  DB_USER: socket.user,
  DB_PASSWORD: '',
  DB_DATABASE: 'directus',
  TELEMETRY: 'false',
  LOG_LEVEL: 'error',
  NODE_ENV: 'production',
  // It refuses requests under load by default; a rate is wanted here, not refusals.
  PRESSURE_LIMITER_ENABLED: 'false',
});

/** Directus with its tables in a database of its own on the bench's PostgreSQL, made on the first call; or why not. */
export const prepareDirectus = async (database: BenchDatabase): Promise<{ folder: string } | { missing: string }> => {
  const installed = await installDirectus();
  if ('missing' in installed) return installed;
  const known = await database.query('postgres', `select from pg_database where datname = 'directus'`);
  if (known.length > 0) return installed;
  await database.query('postgres', 'create database directus');
  const failed = await runToEnd(
    'setting up the database of Directus',
    process.execPath,
    [path.join(installed.folder, 'node_modules/directus/cli.js'), 'bootstrap'],
    {
      cwd: installed.folder,
      env: {
        ...process.env,
        ...settings(database),
        ADMIN_EMAIL: 'admin@example.com',
        ADMIN_PASSWORD: 'bench-password',
      },
    },
  );
  if (failed !== undefined) return { missing: `Directus could not be set up: ${failed}` };
  await database.query('directus', `update directus_users set token = '${token}' where email = 'admin@example.com'`);
  return installed;
};

/** A prepared Directus, started and answering. */
export const startDirectus = async (folder: string, database: BenchDatabase): Promise<Served> => {
  const port = await freePort();
  return serve(process.execPath, [path.join(folder, 'node_modules/directus/cli.js'), 'start'], {
    cwd: folder,
    port,
    ping: '/server/ping',
    env: { HOST: '127.0.0.1', PORT: String(port), ...settings(database) },
  });
};

/** The header that lets the bench set things up. */
const asAdministrator: Readonly<Record<string, string>> = { authorization: `Bearer ${token}` };

const ask = async (
  server: Served,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Promise<unknown> => {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`Directus refuses ${path}: ${answer.status} ${await answer.text()}`);
  const { data } = (await answer.json()) as { data: unknown };
  return data;
};

/** Makes a collection with these text fields (or of the types given), with everything else as Directus proposes it. */
export const makeCollection = async (
  server: Served,
  name: string,
  id: 'uuid' | 'integer',
  fields: Readonly<Record<string, string>>,
): Promise<void> => {
  await ask(server, '/collections', asAdministrator, {
    collection: name,
    meta: { accountability: 'all' },
    schema: {},
    fields: [
      id === 'uuid'
        ? { field: 'id', type: 'uuid', meta: { special: ['uuid'] }, schema: { is_primary_key: true } }
        : { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } },
      ...Object.entries(fields).map(([field, type]) => ({ field, type, schema: {} })),
    ],
  });
};

/** What a reference system is told about one of its collections, for a clerk who reads it or also adds to it. */
export interface ClerkRules {
  readonly collection: string;
  /** Columns the clerk may read, and fill in where he adds. */
  readonly fields: readonly string[];
  /** Which rows the clerk may see, as Directus filters are written. */
  readonly seen: Readonly<Record<string, unknown>>;
  /** For a clerk who adds: what a new row must be, as Directus filters are written, and what the server fills in. */
  readonly adds?: {
    readonly validation: Readonly<Record<string, unknown>>;
    readonly presets: Readonly<Record<string, unknown>>;
  };
}

/**
 * Makes a clerk as an office sets one up, with a role whose policy says which rows, which columns and which values, and logs the clerk in; gives the headers
 * of that session. Every permission and validation is worked out for every request, as it is in Lianxin.
 */
export const logInClerk = async (server: Served, rules: ClerkRules): Promise<Readonly<Record<string, string>>> => {
  const { collection, fields, seen, adds } = rules;
  const permissions: unknown[] = [{ collection, action: 'read', fields: ['id', ...fields], permissions: seen }];
  if (adds !== undefined) permissions.push({ collection, action: 'create', fields, permissions: {}, ...adds });
  const role = (await ask(server, '/roles', asAdministrator, {
    name: `clerks of ${collection}`,
    policies: [{ policy: { name: `permissions on ${collection}`, app_access: true, permissions } }],
  })) as { id: string };
  const clerk = { email: `clerk-of-${collection}@example.com`, password: 'bench-password-of-a-clerk' };
  await ask(server, '/users', asAdministrator, { ...clerk, role: role.id });
  const session = (await ask(server, '/auth/login', {}, clerk)) as { access_token: string };
  return { authorization: `Bearer ${session.access_token}` };
};

/** Folder of the application that Directus serves, where it is installed. */
export const installedDirectusApp = (): string | undefined => {
  const folder = path.join(checkout, '.tmp/directus/node_modules/@directus/app/dist');
  return existsSync(folder) ? folder : undefined;
};
