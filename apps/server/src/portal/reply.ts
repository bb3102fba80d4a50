import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Deps } from '../deps.js';
import type { Environment } from '../http/environment.js';
import type { PortalAssets } from './assets.js';
import { htmlOf } from './html.js';
import { plainAddress, readWishes, settingOf } from './setting.js';
import type { PageSetting, Wishes } from './setting.js';

export type C = Context<Environment>;

/** What the portal's routes share: the server's dependencies and the files its pages link to. */
export interface Portal {
  readonly deps: Deps;
  readonly assets: PortalAssets;
}

const aYear = 365 * 24 * 3600;
const languageCookie = 'lx-lang';
const printCookie = 'lx-print';

/** Switches pressed with this request: in the address, or as buttons of a form. */
export interface Pressed {
  readonly lang?: string | undefined;
  readonly print?: string | undefined;
}

const wishesOf = (c: C, pressed: Pressed): Wishes => ({
  lang: pressed.lang ?? c.req.query('lang'),
  print: pressed.print ?? c.req.query('print'),
  keptLang: getCookie(c, languageCookie),
  keptPrint: getCookie(c, printCookie),
  acceptLanguage: c.req.header('accept-language'),
});

/** Keeps a wish that was just pressed; the portal remembers nothing else of a reader. */
const keepWishes = (c: C, wishes: Wishes, secure: boolean): void => {
  const options = { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: aYear, secure } as const;
  const { language, largePrint } = readWishes(wishes);
  if (wishes.lang !== undefined) setCookie(c, languageCookie, language, options);
  if (wishes.print !== undefined) setCookie(c, printCookie, largePrint ? 'large' : 'normal', options);
};

/**
 * How this reader wants the page. `address` is where the page can be asked for again, for the switches; the request's own unless
 * the page answers a form.
 */
export const settingFor = (portal: Portal, c: C, pressed: Pressed = {}, address?: string): PageSetting => {
  const { origin } = portal.deps.config;
  const wishes = wishesOf(c, pressed);
  keepWishes(c, wishes, origin.startsWith('https:'));
  const here = plainAddress(c.req.path, new URL(c.req.url).searchParams);
  return settingOf(wishes, { origin, assets: portal.assets, address: address ?? here });
};

/** Who may keep a copy: a browser for going back (`public`), or nobody at all (`secret`: it shows somebody's matter). */
export type Keeping = 'public' | 'secret';

/** Answers with a page. A page about somebody's matter is kept nowhere and listed nowhere. */
export const replyPage = (
  c: C,
  page: JSX.Element,
  status: 200 | 201 | 404 | 409 | 422 | 410 | 429 | 503 = 200,
  keeping: Keeping = 'public',
) => {
  c.header('content-type', 'text/html; charset=utf-8');
  c.header('vary', 'Cookie, Accept-Language');
  c.header('cache-control', keeping === 'secret' ? 'no-store' : 'private, no-cache');
  if (keeping === 'secret') c.header('x-robots-tag', 'noindex, nofollow');
  return c.body(htmlOf(page), status);
};
