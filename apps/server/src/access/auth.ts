import type { Deps } from '../deps.js';
import { hashPassword, verifyPassword } from './password-hash.js';
import { profileOf, sessionTimes } from './profile.js';

/** The tables of the log-in library under our names (docs/design/tables.md). */
const tables = {
  user: {
    modelName: 'account',
    fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    additionalFields: {
      county: { type: 'string', required: true, input: false },
      person: { type: 'string', required: true, input: false },
    },
  },
  session: {
    modelName: 'session',
    fields: {
      userId: 'account_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  account: {
    modelName: 'credential',
    fields: {
      userId: 'account_id',
      providerId: 'provider_id',
      accountId: 'provider_account_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  verification: {
    modelName: 'verification',
    fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
} as const;

/** Key of the signature in the session cookie. */
export const cookieSecret = (deps: Pick<Deps, 'keys'>): string =>
  deps.keys.keyFor('session-cookie').toString('base64url');

/** Whether people reach this server by https; cookies are then bound to it. */
export const secureCookies = (deps: Pick<Deps, 'config'>): boolean => deps.config.origin.startsWith('https:');

const make = async (deps: Deps) => {
  const [{ betterAuth }, { twoFactor, username }, { Kysely, PostgresDialect }, context] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins'),
    import('kysely'),
    import('@better-auth/core/context'),
  ]);
  const library = betterAuth({
    ...tables,
    // A session ends after the profile's hours, used or not; our own look-up never prolongs it.
    session: { ...tables.session, expiresIn: profileOf(deps.config).sessionHours * 3600, disableSessionRefresh: true },
    // The library would reckon by the machine's clock, and a session looked up by the server's would end at another moment than it was given.
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const [now, ends] = sessionTimes(deps);
            return {
              data: { ...session, createdAt: new Date(now), updatedAt: new Date(now), expiresAt: new Date(ends) },
            };
          },
        },
      },
    },
    database: { db: new Kysely({ dialect: new PostgresDialect({ pool: deps.authPool }) }), type: 'postgres' },
    secret: cookieSecret(deps),
    baseURL: deps.config.origin,
    basePath: '/api/auth',
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 1,
      maxPasswordLength: 256,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    advanced: {
      cookiePrefix: 'lianxin',
      useSecureCookies: secureCookies(deps),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    // Every shape of name goes the same way and takes the same time; what a name may be is decided when an account is made.
    plugins: [
      username({
        minUsernameLength: 1,
        maxUsernameLength: 120,
        usernameValidator: () => true,
        schema: { user: { fields: { displayUsername: 'display_username' } } },
      }),
      twoFactor({
        issuer: '连心',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'two_factor',
            fields: {
              backupCodes: 'backup_codes',
              userId: 'account_id',
              failedVerificationCount: 'failed_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
  });
  const storages = await Promise.all([
    context.getRequestStateAsyncLocalStorage(),
    context.getCurrentAuthContextAsyncLocalStorage(),
    context.getCurrentDBAdapterAsyncLocalStorage(),
  ]);
  return { library, storages };
};

/** The log-in library, set up for one server. */
export type Library = Awaited<ReturnType<typeof make>>['library'];

const made = new WeakMap<Deps, ReturnType<typeof make>>();

/** Loaded and made on first use: it is six hundred files, and tools and visitors do not need it. */
const madeFor = (deps: Deps): ReturnType<typeof make> => {
  const known = made.get(deps) ?? make(deps);
  made.set(deps, known);
  return known;
};

/** Uses of the library under way in this process. */
let underWay = 0;

/**
 * Lets the log-in library of a server work.
 *
 * It hands its context along in Node's asynchronous storage, and a storage that was used once makes every promise of the process dearer for good: a
 * sixth of what a page costs. So the storages are given up whenever nobody uses the library; its next use takes them up again.
 */
export const withLibrary = async <T>(deps: Deps, work: (library: Library) => Promise<T>): Promise<T> => {
  const { library, storages } = await madeFor(deps);
  underWay += 1;
  try {
    return await work(library);
  } finally {
    underWay -= 1;
    if (underWay === 0) for (const storage of storages) storage.disable();
  }
};

/** What the library said no to, or undefined for any other error: a fault of ours is never taken for a wrong password. */
export const refusedByLibrary = async (error: unknown): Promise<{ readonly code: string | undefined } | undefined> => {
  const { APIError } = await import('better-auth/api');
  return error instanceof APIError && error.statusCode < 500 ? { code: error.body?.code } : undefined;
};
