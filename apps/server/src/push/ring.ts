import { countyDate } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import type { EffectHandler } from '../effects/handler.js';
import { queueEffect } from '../effects/index.js';
import { listCounties } from '../matters/index.js';
import { checkAddress, postTo } from '../outbound/index.js';
import { inContext, systemContext } from '../storage/index.js';
import { removeSubscription, subscriptionById, takeUntold } from './push.store.js';
import { vapidKeys } from './vapid.js';

/** A ring on its way: which browser, and how much is new. Neither a name nor a word of any matter. */
interface Ring {
  readonly subscription: string;
  readonly fresh: number;
}

/** How long a push service keeps a ring for a phone that is off, in seconds; what is older is on the page of today anyway. */
const keptFor = 12 * 3600;

/** Queues a ring for every browser of a county whose person has something new; in the same transaction they count as told. Gives how many. */
export const queueRings = (deps: Deps, county: string): Promise<number> =>
  inContext(deps, systemContext(county), async (tx) => {
    const untold = await takeUntold(tx, countyDate(tx.makers.clock()));
    for (const { id, fresh } of untold)
      queueEffect(tx, {
        effect: 'push',
        division: `${county}000000`,
        payload: { subscription: id, fresh } satisfies Ring,
      });
    return untold.length;
  });

/** The same for every county, as the recurring job. */
export const ringEverywhere = async (deps: Deps): Promise<void> => {
  for (const county of await listCounties(deps)) await queueRings(deps, county);
};

/**
 * Rings one browser 响铃. What goes out is encrypted for that browser and holds a number alone, so that neither the push service nor a locked screen
 * tells anything of a person or a matter. A browser that is gone (404, 410) is removed; any other failure is tried again by the outbox.
 */
export const ringBrowser: EffectHandler = {
  effect: 'push',
  carryOut: async (deps, { county, payload }) => {
    const ring = payload as Ring;
    const context = systemContext(county);
    const found = await inContext(deps, context, (tx) => subscriptionById(tx, ring.subscription));
    if (found === undefined) return;
    const { default: webPush } = await import('web-push');
    const details = webPush.generateRequestDetails(
      { endpoint: found.endpoint, keys: { p256dh: found.publicKey, auth: found.auth } },
      JSON.stringify({ kind: 'inbox', fresh: ring.fresh }),
      {
        vapidDetails: {
          subject: deps.config.origin.startsWith('https:') ? deps.config.origin : 'mailto:nobody@localhost',
          ...(await vapidKeys(deps.keys)),
        },
        TTL: keptFor,
        contentEncoding: 'aes128gcm',
        topic: 'inbox',
      },
    );
    const status = await postTo(
      await checkAddress(found.endpoint, deps.config.innerNetworks),
      details.headers,
      details.body ?? '',
    );
    if (status === 404 || status === 410) {
      await inContext(deps, context, (tx) => removeSubscription(tx, ring.subscription));
      deps.log('info', 'push-browser-gone', { county });
      return;
    }
    if (status < 200 || status >= 300) throw new Error(`the push service answered ${status}`);
  },
};
