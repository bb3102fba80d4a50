import type { FaultView } from '@lianxin/contract';
import type { MiddlewareHandler } from 'hono';
import type { Deps } from '../deps.js';
import type { Environment } from '../http/environment.js';
import { readPortalAssets } from './assets.js';
import type { ErrorSummaryItem } from './components/error-summary/error-summary.js';
import { htmlOf } from './html.js';
import { ProblemPage } from './pages/reading.js';
import { settingFor } from './reply.js';
import type { Words } from './words/index.js';

/** Addresses that machines and the console ask for; their refusals stay as they are. */
const machines = /^\/(?:api|console|healthz|assets|log|open311)(?:\/|$)/;

const itemOf = (fault: FaultView): ErrorSummaryItem => ({
  message: fault.what,
  cure: [fault.why, fault.cure].filter(Boolean).join(' '),
  code: fault.code,
});

const titleOf = (status: number, words: Words): string => {
  if (status === 404) return words.problem.notFoundTitle;
  if (status === 413) return words.problem.tooLargeTitle;
  if (status === 429) return words.problem.tooManyTitle;
  return status >= 500 ? words.problem.brokenTitle : words.problem.refusedTitle;
};

const itemsOf = (status: number, faults: readonly FaultView[], words: Words): readonly ErrorSummaryItem[] => {
  if (status === 404)
    return [{ message: words.problem.notFound, cure: words.problem.notFoundCure, code: faults[0]?.code }];
  if (status >= 500) return [...faults.map(itemOf), { message: words.problem.broken, cure: words.problem.brokenCure }];
  return faults.map(itemOf);
};

/**
 * Turns a refusal meant for programs into a page 提示页 when a person's browser asked for one: words, stable code, cure.
 * Why outermost: the gates (size, rate, origin) refuse before any page is reached, and a person must never meet raw JSON.
 */
export const refusalPages = (deps: Deps): MiddlewareHandler<Environment> => {
  const portal = { deps, assets: readPortalAssets() };
  return async (c, next) => {
    await next();
    const wantsPage = c.req.header('accept')?.includes('text/html') === true;
    const isJson = c.res.headers.get('content-type')?.startsWith('application/json') === true;
    if (!wantsPage || !isJson || c.res.status < 400 || machines.test(c.req.path)) return;
    const { status } = c.res;
    const { faults } = (await c.res.json()) as { faults?: FaultView[] };
    const setting = settingFor(portal, c, {}, '/');
    const page = (
      <ProblemPage
        setting={setting}
        title={titleOf(status, setting.words)}
        items={itemsOf(status, faults ?? [], setting.words)}
        next={[
          { href: '/', label: setting.words.home },
          { href: '/r', label: setting.words.village.follow },
        ]}
      />
    );
    const headers = new Headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    for (const name of ['retry-after', 'set-cookie']) {
      const value = c.res.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    c.res = undefined;
    c.res = new Response(htmlOf(page), { status, headers });
  };
};
