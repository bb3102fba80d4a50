import path from 'node:path';
import type { BenchDatabase } from './database.js';
import type { Served } from './lianxin-process.js';
import { ask, type ReferenceSystem } from './reference-system.js';

const administrator = { email: 'admin@example.com', username: 'administrator', password: 'bench-password' };

/** What its command line sets before it hands over to the server, which is started here without the process manager around it. */
const settings = ({ socket }: BenchDatabase, folder: string): Record<string, string> => {
  const storage = path.join(folder, 'storage');
  const modules = path.join(folder, 'node_modules');
  return {
    NODE_ENV: 'production',
    APP_ENV: 'production',
    APP_KEY: 'bench-secret-of-the-reference-system',
    APP_PACKAGE_ROOT: path.join(modules, '@nocobase/app'),
    NODE_MODULES_PATH: modules,
    NODE_OPTIONS: '--preserve-symlinks',
    API_BASE_PATH: '/api/',
    APP_PUBLIC_PATH: '/',
    WS_PATH: '/ws',
    PLUGIN_PACKAGE_PREFIX: '@nocobase/plugin-,@nocobase/preset-',
    PLUGIN_STATICS_PATH: '/static/plugins/',
    STORAGE_PATH: storage,
    PLUGIN_STORAGE_PATH: path.join(storage, 'plugins'),
    LOCAL_STORAGE_DEST: path.join(storage, 'uploads'),
    SOCKET_PATH: path.join(storage, 'gateway.sock'),
    CACHE_DEFAULT_STORE: 'memory',
    LOGGER_LEVEL: 'error',
    TZ: 'UTC',
    DB_TIMEZONE: '+00:00',
    DB_DIALECT: 'postgres',
    DB_HOST: socket.host,
    DB_PORT: String(socket.port),
    DB_USER: socket.user,
    DB_PASSWORD: '',
    DB_DATABASE: 'nocobase',
  };
};

const program = (folder: string): string => path.join(folder, 'node_modules/@nocobase/app/lib/index.js');

const version = '2.2.15';

/** NocoBase, in the version the reference figures of the design were taken with. */
export const nocobase: ReferenceSystem = {
  name: 'NocoBase',
  version,
  packages: {
    dependencies: { '@nocobase/app': version },
    // Its import and export of spreadsheets ask for a later one by an address outside npm. No row is created through them.
    overrides: { xlsx: '0.18.5' },
  },
  // Its plug-ins name the packages of its browser side as peers, which come built in; npm does not serve all of them.
  npmFlags: ['--legacy-peer-deps', '--ignore-scripts'],
  setUp: (folder, database) => ({
    args: [program(folder), 'install', '--lang=en-US'],
    env: {
      ...settings(database, folder),
      INIT_ROOT_EMAIL: administrator.email,
      INIT_ROOT_USERNAME: administrator.username,
      INIT_ROOT_NICKNAME: administrator.username,
      INIT_ROOT_PASSWORD: administrator.password,
    },
  }),
  start: (folder, database, port) => ({
    args: [program(folder), 'start'],
    env: { APP_HOST: '127.0.0.1', APP_PORT: String(port), ...settings(database, folder) },
    ping: '/api/app:getLang',
  }),
};

const signIn = async (server: Served, account: string, password: string): Promise<Readonly<Record<string, string>>> => {
  const session = (await ask(server, '/api/auth:signIn', { 'x-authenticator': 'basic' }, { account, password })) as {
    token: string;
  };
  return { authorization: `Bearer ${session.token}`, 'x-authenticator': 'basic' };
};

/** A field of a collection as NocoBase is told about it. */
export interface NocobaseField {
  readonly type: 'string' | 'text';
  /** What a value must hold, each rule with its arguments, as its field editor keeps them. */
  readonly rules?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly defaultValue?: string;
}

const fieldOf = ([name, { type, rules = {}, ...others }]: readonly [string, NocobaseField]) => ({
  name,
  type,
  interface: type === 'text' ? 'textarea' : 'input',
  validation: { type: 'string', rules: Object.entries(rules).map(([rule, args]) => ({ key: rule, name: rule, args })) },
  ...others,
});

/**
 * Makes a collection as NocoBase proposes one, with who and when of each row, and a clerk as an office sets one up: a role of his own that may create
 * rows with these fields and see those that `seen` lets through. Gives the headers of the clerk's session; who he is, his role and the values are looked
 * at for every request, as they are in Lianxin.
 */
export const openNocobaseCollection = async (
  server: Served,
  collection: string,
  fields: Readonly<Record<string, NocobaseField>>,
  seen: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, string>>> => {
  const asAdministrator = await signIn(server, administrator.email, administrator.password);
  await ask(server, '/api/collections:create', asAdministrator, {
    name: collection,
    title: collection,
    autoGenId: true,
    createdAt: true,
    createdBy: true,
    updatedAt: true,
    updatedBy: true,
    fields: Object.entries(fields).map(fieldOf),
  });
  const scope = await ask(server, '/api/dataSources/main/rolesResourcesScopes:create', asAdministrator, {
    name: `rows of ${collection} a clerk sees`,
    resourceName: collection,
    scope: seen,
  });
  const role = `clerk_of_${collection}`;
  await ask(server, '/api/roles:create', asAdministrator, { name: role, title: role, strategy: { actions: [] } });
  const names = Object.keys(fields);
  await ask(server, `/api/roles/${role}/dataSourceResources:create`, asAdministrator, {
    dataSourceKey: 'main',
    name: collection,
    usingActionsConfig: true,
    actions: [
      { name: 'create', fields: names },
      { name: 'view', fields: ['id', ...names], scope },
    ],
  });
  const clerk = { username: role, password: 'bench-password-of-a-clerk' };
  await ask(server, '/api/users:create', asAdministrator, {
    ...clerk,
    email: `${role}@example.com`,
    nickname: role,
    roles: [role],
  });
  return { ...(await signIn(server, clerk.username, clerk.password)), 'x-role': role };
};
