import { addMilliseconds } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import type { Feature } from '../http/feature.js';
import { inContext } from '../storage/in-context.js';
import type { Context } from '../storage/context.js';
import type { Effect, EffectHandler } from './handler.js';

/** The worker sees effects of all counties; a handler opens a context of its own for anything else. */
const everywhere: Context = { role: 'rt_worker', county: '', uid: null, lo: '', hi: '', caps: [] };

/** How long an effect is ours before another worker may think us dead. */
const leaseSeconds = 120;
/** After this many tries a person has to look. */
const mostAttempts = 8;

/**
 * Takes due effects: each is put off by the lease in the same statement, so that a worker which dies leaves it to be taken again, and
 * two workers never hold the same one.
 */
const take = `update lx.outbox o set attempts = o.attempts + 1, not_before = $1
  from (select county, id from lx.outbox
        where done_at is null and failed_at is null and not_before <= $2 and effect = any($3)
        order by not_before limit $4 for update skip locked) due
  where o.county = due.county and o.id = due.id
  returning o.county, o.id, o.effect, o.division, o.act, o.payload, o.attempts`;

/** Wait before the next try: 10 s, 40 s, 90 s, … up to an hour. */
const pauseAfter = (attempts: number): number => Math.min(attempts * attempts * 10, 3600) * 1000;

const markDone = async (deps: Deps, effect: Effect): Promise<void> => {
  await inContext(deps, everywhere, (tx) =>
    tx.run('update lx.outbox set done_at = $3, last_error = null where county = $1 and id = $2', [
      effect.county,
      effect.id,
      deps.clock(),
    ]),
  );
};

const markFailed = async (deps: Deps, effect: Effect, error: unknown): Promise<void> => {
  const now = deps.clock();
  const over = effect.attempts >= mostAttempts;
  const said = (error instanceof Error ? error.message : String(error)).slice(0, 500);
  deps.log(over ? 'error' : 'warn', 'effect-failed', {
    effect: effect.effect,
    id: effect.id,
    attempts: effect.attempts,
    over,
  });
  await inContext(deps, everywhere, (tx) =>
    tx.run('update lx.outbox set last_error = $3, not_before = $4, failed_at = $5 where county = $1 and id = $2', [
      effect.county,
      effect.id,
      said,
      addMilliseconds(now, pauseAfter(effect.attempts)),
      over ? now : null,
    ]),
  );
};

/** Carries out what is due, at most `most`; gives how many it took. One that fails does not hold up the others. */
export const carryOutDue = async (deps: Deps, handlers: readonly EffectHandler[], most = 50): Promise<number> => {
  if (handlers.length === 0) return 0;
  const now = deps.clock();
  const byName = new Map(handlers.map((handler) => [handler.effect, handler]));
  const taken = await inContext(deps, everywhere, (tx) =>
    tx.rows<Effect & Record<string, unknown>>(take, [
      addMilliseconds(now, leaseSeconds * 1000),
      now,
      [...byName.keys()],
      most,
    ]),
  );
  for (const effect of taken) {
    try {
      await byName.get(effect.effect)?.carryOut(deps, effect);
      await markDone(deps, effect);
    } catch (error) {
      await markFailed(deps, effect, error);
    }
  }
  return taken.length;
};

/**
 * Starts the effects worker 效果执行: looks for due effects every second, at once again after a full hand. Any number of servers may run
 * one. Gives the function that stops it after the effect at work.
 */
export const startEffects = async (
  deps: Deps,
  features: readonly Feature[],
  everyMilliseconds = 1000,
): Promise<() => Promise<void>> => {
  const handlers = features.flatMap((feature) => feature.effects ?? []);
  if (handlers.length === 0) return async () => undefined;
  const state = { stopping: false };
  let wake = (): void => undefined;
  const sleep = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, everyMilliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async (): Promise<void> => {
    while (!state.stopping) {
      const taken = await carryOutDue(deps, handlers).catch((error: unknown) => {
        deps.log('warn', 'effects-waiting', { error: String(error) });
        return 0;
      });
      if (taken < 50 && !state.stopping) await sleep();
    }
  };
  const running = loop();
  return async () => {
    state.stopping = true;
    wake();
    await running;
  };
};
