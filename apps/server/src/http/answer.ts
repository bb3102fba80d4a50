import type { Context } from 'hono';
import { explainFault, type Fault, type Locale } from '@lianxin/domain';
import { statusOf } from '@lianxin/contract';
import type { Answer } from './command.js';
import type { Environment } from './environment.js';
import { nameSource } from './source-names.js';

/** A fault in words, as `FaultView` of the contract shows it. */
export const faultView = (fault: Fault, locale: Locale) => {
  const said = explainFault(fault, locale, nameSource);
  return {
    code: fault.code,
    what: said.what,
    why: said.why ?? null,
    cure: said.cure,
    source: [...(fault.source ?? [])],
    params: { ...fault.params },
  };
};

/** Seconds after which asking again makes sense, for refusals that pass by themselves. */
const retryAfter = (faults: readonly Fault[], status: number): string | undefined => {
  const seconds = faults.find((fault) => fault.code === 'rate-limited')?.params.seconds;
  if (seconds !== undefined) return String(seconds);
  // Room is made by a person, a restart by the machine.
  if (status === 507) return '60';
  return status === 503 ? '5' : status === 409 || status === 429 ? '1' : undefined;
};

/**
 * Answers with a refusal in the language of the request. The status comes from one table, so the type given to the route is any
 * status it declares.
 */
export const refuseWith = <E extends Environment>(c: Context<E>, faults: readonly Fault[]): never => {
  const status = statusOf(faults);
  const after = retryAfter(faults, status);
  if (after !== undefined) c.header('retry-after', after);
  const body = {
    faults: faults.map((fault) => faultView(fault, (c as unknown as Context<Environment>).get('locale') ?? 'zh-CN')),
  };
  // A route declares the statuses it explains; the frame may answer others to any route, so the handler's type cannot list them.
  return c.json(body, status) as never;
};

/**
 * Answers with what a command gave: its body, or its refusal in words. A repeated answer says so in a header, so that a client
 * which tries again can tell.
 */
export const answerWith = <E extends Environment>(c: Context<E>, answer: Answer): never => {
  if (answer.repeated) c.header('idempotency-replayed', 'true');
  if ('faults' in answer) return refuseWith(c, answer.faults);
  return c.json(answer.body as object, answer.status as 200) as never;
};
