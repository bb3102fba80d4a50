import type { Deps } from '../deps.js';
import { queueEffect } from '../effects/index.js';
import { listCounties } from '../matters/index.js';
import { inContext, systemContext } from '../storage/index.js';
import { messageOf } from './message.js';
import { heldWebhooks, insertDelivery, leavesAfter, moveOn } from './webhooks.store.js';

/** Lines told in one turn; the rest follows in the next. */
const most = 200;

/**
 * Queues what a county's webhooks have not been told yet 推送排队: in one transaction the messages are in the outbox and the webhook has moved on, so
 * that no line is told twice or left out. Gives how many messages.
 */
export const tellWebhooks = (deps: Deps, county: string): Promise<number> =>
  inContext(deps, systemContext(county), async (tx) => {
    let queued = 0;
    for (const webhook of await heldWebhooks(tx)) {
      const leaves = await leavesAfter(tx, webhook.year, webhook.index, most);
      for (const leaf of leaves.filter(({ kind }) => webhook.kinds.includes(kind))) {
        const payload = messageOf(county, webhook.id, leaf, deps.config.origin);
        queueEffect(tx, { effect: 'webhook', division: `${county}000000`, payload });
        await insertDelivery(tx, { ...payload, at: tx.makers.clock() });
        queued += 1;
      }
      const last = leaves.at(-1);
      if (last !== undefined) await moveOn(tx, webhook.id, last.year, last.index);
    }
    return queued;
  });

/** The same for every county, as the recurring job. */
export const tellEverywhere = async (deps: Deps): Promise<void> => {
  for (const county of await listCounties(deps)) await tellWebhooks(deps, county);
};
