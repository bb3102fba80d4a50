import path from 'node:path';
import { readNetworks } from './outbound/index.js';
import { checkout } from './installation.js';

/** Settings 配置 of one server, all optional: it starts without any. */
export interface Config {
  /** Folder of everything that must survive: database, keys, attachments. `LIANXIN_DATA`. */
  readonly data: string;
  /** Where it listens: this machine alone unless `HOST` opens it, since a demonstration's log-ins are known to everybody. */
  readonly host: string;
  readonly port: number;
  /** Address people type, without a slash at the end; decides cookies and which origin may post. `LIANXIN_ORIGIN`. */
  readonly origin: string;
  /** Owner's connection to a PostgreSQL of the operator's; the embedded one when absent. `DATABASE_URL`. */
  readonly databaseUrl: string | undefined;
  /** The server's own connection (`lx_app`); derived from the owner's when absent. `LIANXIN_APP_DATABASE_URL`. */
  readonly appDatabaseUrl: string | undefined;
  /** Folder of the policy packs. `LIANXIN_PACKS`. */
  readonly packs: string;
  /** A file with the board's own tree of request categories; the one beside the packs when absent. `LIANXIN_CATEGORIES`. */
  readonly categories: string | undefined;
  /** Folder of the built console. */
  readonly console: string;
  /** Connections of the server to its database. `LIANXIN_POOL`. */
  readonly poolSize: number;
  /** Requests that change something, from one address in a minute; 0 for no limit. `LIANXIN_WRITES_PER_MINUTE`. */
  readonly writesPerMinute: number;
  /**
   * Bytes of the data folder's disk that stay free: with less, nothing new is taken, so that the database always has room to end what it began. 0 for none.
   * `LIANXIN_RESERVE_MB`.
   */
  readonly reserveBytes: number;
  /** What is asked of passwords and sessions: OWASP ASVS, or 等级保护. `LIANXIN_ACCOUNT_PROFILE`. */
  readonly accountProfile: 'asvs' | 'djbh';
  /** Minutes without a request that lock a session, 0 for never; the profile's own figure when absent. `LIANXIN_IDLE_MINUTES`. */
  readonly idleMinutes: number | undefined;
  /** Hours after which a session ends, used or not; the profile's own figure when absent. `LIANXIN_SESSION_HOURS`. */
  readonly sessionHours: number | undefined;
  /** The county's sign-on; nobody is offered one without it. `LIANXIN_SIGN_ON_ISSUER`, `_CLIENT_ID`, `_CLIENT_SECRET`, `_NAME`. */
  readonly signOn: SignOnConfig | undefined;
  /** Addresses of proxies whose `X-Forwarded-For` is believed. `LIANXIN_TRUSTED_PROXIES`, comma between. */
  readonly trustedProxies: readonly string[];
  /** Origins of ballot boxes and second issuers that a voter's page may talk to. `LIANXIN_BALLOT_HOSTS`, comma between. */
  readonly ballotHosts: readonly string[];
  /** Longest wait, in seconds, before a phone hands in one vote; drawn anew for each. `LIANXIN_BALLOT_WAIT`. */
  readonly ballotWait: number;
  /**
   * Networks of the operator's own that this server may send to although they are not public, e.g. `10.1.0.0/16`: webhooks to other systems of
   * the county. `LIANXIN_INNER_NETWORKS`, comma between.
   */
  readonly innerNetworks: readonly string[];
  /** The operator's mail server and the sender that people see; no mail without it. `LIANXIN_SMTP_URL`, `LIANXIN_MAIL_FROM`. */
  readonly smtp: { readonly url: string; readonly from: string } | undefined;
}

/** An OpenID Connect provider 统一身份认证 at which this server is registered. */
export interface SignOnConfig {
  /** Its address; what it says about itself is read from `/.well-known/openid-configuration` below it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What people call it, on the button. */
  readonly name: string;
}

const whole = (name: string, text: string | undefined, otherwise: number, least: number, most: number): number => {
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name}=${text}: a whole number from ${least} to ${most} is needed`);
  }
  return value;
};

const oneOf = <Word extends string>(
  name: string,
  text: string | undefined,
  words: readonly [Word, ...Word[]],
): Word => {
  const word = text === undefined || text === '' ? words[0] : words.find((known) => known === text);
  if (word === undefined) throw new RangeError(`${name}=${text}: one of ${words.join(', ')} is needed`);
  return word;
};

const given = (text: string | undefined): string | undefined => (text === undefined || text === '' ? undefined : text);

const originsIn = (text: string | undefined): string[] =>
  (given(text) ?? '').split(',').flatMap((item) => {
    const address = item.trim();
    if (address === '') return [];
    if (!URL.canParse(address)) throw new RangeError(`LIANXIN_BALLOT_HOSTS: ${address} is no address`);
    return [new URL(address).origin];
  });
const readSignOn = (env: Readonly<Record<string, string | undefined>>): SignOnConfig | undefined => {
  const issuer = given(env.LIANXIN_SIGN_ON_ISSUER);
  if (issuer === undefined) return undefined;
  const here = URL.canParse(issuer) && ['localhost', '127.0.0.1'].includes(new URL(issuer).hostname);
  if (!here && !(URL.canParse(issuer) && issuer.startsWith('https:')))
    throw new RangeError(`LIANXIN_SIGN_ON_ISSUER=${issuer}: an https address is needed`);
  const need = (name: string): string => {
    const value = given(env[name]);
    if (value === undefined) throw new RangeError(`${name}: needed together with LIANXIN_SIGN_ON_ISSUER`);
    return value;
  };
  return {
    issuer,
    clientId: need('LIANXIN_SIGN_ON_CLIENT_ID'),
    clientSecret: need('LIANXIN_SIGN_ON_CLIENT_SECRET'),
    name: given(env.LIANXIN_SIGN_ON_NAME) ?? '统一身份认证',
  };
};

const listIn = (text: string | undefined): string[] =>
  (given(text) ?? '').split(',').flatMap((item) => item.trim() || []);

const smtpIn = (env: Readonly<Record<string, string | undefined>>): Config['smtp'] => {
  const url = given(env.LIANXIN_SMTP_URL);
  if (url === undefined) return undefined;
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol))
    throw new RangeError('LIANXIN_SMTP_URL: an address such as smtps://name:password@mail.example:465 is needed');
  const from = given(env.LIANXIN_MAIL_FROM);
  if (from === undefined || !from.includes('@'))
    throw new RangeError('LIANXIN_MAIL_FROM: a sender such as 连心 <lianxin@county.example> is needed');
  return { url, from };
};

/** The settings an environment asks for; throws a sentence that names the variable when one cannot be meant. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const port = whole('PORT', env.PORT, 3000, 0, 65_535);
  const origin = given(env.LIANXIN_ORIGIN) ?? `http://localhost:${port}`;
  if (!URL.canParse(origin))
    throw new RangeError(`LIANXIN_ORIGIN=${origin}: an address such as https://lianxin.example is needed`);
  const innerNetworks = listIn(env.LIANXIN_INNER_NETWORKS);
  try {
    readNetworks(innerNetworks);
  } catch (error) {
    throw new RangeError(`LIANXIN_INNER_NETWORKS: ${error instanceof Error ? error.message : String(error)}`);
  }
  return {
    data: path.resolve(given(env.LIANXIN_DATA) ?? path.join(checkout, '.lianxin')),
    host: given(env.HOST) ?? '127.0.0.1',
    port,
    origin: new URL(origin).origin,
    databaseUrl: given(env.DATABASE_URL),
    appDatabaseUrl: given(env.LIANXIN_APP_DATABASE_URL),
    packs: path.resolve(given(env.LIANXIN_PACKS) ?? path.join(checkout, 'policy-packs')),
    categories: given(env.LIANXIN_CATEGORIES),
    console: path.join(checkout, 'apps/console/dist'),
    poolSize: whole('LIANXIN_POOL', env.LIANXIN_POOL, 20, 1, 500),
    writesPerMinute: whole('LIANXIN_WRITES_PER_MINUTE', env.LIANXIN_WRITES_PER_MINUTE, 600, 0, 10_000_000),
    reserveBytes: whole('LIANXIN_RESERVE_MB', env.LIANXIN_RESERVE_MB, 256, 0, 1_000_000) * 1_048_576,
    accountProfile: oneOf('LIANXIN_ACCOUNT_PROFILE', env.LIANXIN_ACCOUNT_PROFILE, ['asvs', 'djbh']),
    idleMinutes:
      given(env.LIANXIN_IDLE_MINUTES) === undefined
        ? undefined
        : whole('LIANXIN_IDLE_MINUTES', env.LIANXIN_IDLE_MINUTES, 0, 0, 480),
    sessionHours:
      given(env.LIANXIN_SESSION_HOURS) === undefined
        ? undefined
        : whole('LIANXIN_SESSION_HOURS', env.LIANXIN_SESSION_HOURS, 0, 1, 24),
    signOn: readSignOn(env),
    trustedProxies: (given(env.LIANXIN_TRUSTED_PROXIES) ?? '').split(',').flatMap((item) => item.trim() || []),
    ballotHosts: originsIn(env.LIANXIN_BALLOT_HOSTS),
    ballotWait: whole('LIANXIN_BALLOT_WAIT', env.LIANXIN_BALLOT_WAIT, 120, 0, 3600),
    innerNetworks,
    smtp: smtpIn(env),
  };
};
