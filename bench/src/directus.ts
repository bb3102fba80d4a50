import { existsSync } from 'node:fs';
import path from 'node:path';
import type { BenchDatabase } from './database.js';
import type { Served } from './lianxin-process.js';
import { ask, folderOf, type ReferenceSystem } from './reference-system.js';

/** Token of the administrator whom the bench acts as; the database is the bench's own and deleted at its end. */
const token = 'bench-token-of-the-administrator';

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

const program = (folder: string): string => path.join(folder, 'node_modules/directus/cli.js');

const version = '11.3.5';

/** Directus, in the version the reference figures of the design were taken with. It compiles native modules while it is installed. */
export const directus: ReferenceSystem = {
  name: 'Directus',
  version,
  packages: { dependencies: { directus: version } },
  setUp: (folder, database) => ({
    args: [program(folder), 'bootstrap'],
    env: {
      ...settings(database),
      ADMIN_EMAIL: 'admin@example.com',
      ADMIN_PASSWORD: 'bench-password',
      ADMIN_TOKEN: token,
    },
  }),
  start: (folder, database, port) => ({
    args: [program(folder), 'start'],
    env: { HOST: '127.0.0.1', PORT: String(port), ...settings(database) },
    ping: '/server/ping',
  }),
};

/** The header that lets the bench set things up. */
const asAdministrator: Readonly<Record<string, string>> = { authorization: `Bearer ${token}` };

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
  const folder = path.join(folderOf(directus), 'node_modules/@directus/app/dist');
  return existsSync(folder) ? folder : undefined;
};
