import type { WebhookInput } from '@lianxin/contract';
import { fault, type Fault } from '@lianxin/domain';
import type { Given } from '../access/index.js';
import type { Deps } from '../deps.js';
import { runCommand, type Answer, type Outcome } from '../http/command.js';
import { queueEffect } from '../effects/index.js';
import { writeJournal } from '../journal/index.js';
import { AddressRefused, checkAddress } from '../outbound/index.js';
import type { Tx } from '../storage/index.js';
import { testMessage } from './message.js';
import { webhookSecret } from './secret.js';
import { mayKeepWebhooks } from './webhooks.access.js';
import { countSecret, endWebhook, insertWebhook, switchWebhook, webhookById } from './webhooks.store.js';

const noted = (tx: Tx, commandId: string, change: string, webhook: string): void => {
  writeJournal(tx, {
    kind: 'webhook.change',
    division: `${tx.context.county}000000`,
    commandId,
    commitFields: { change, webhook },
  });
};

/** Runs a command of the county's administrator; anybody else is refused before anything is looked at. */
const asKeeper = <Input>(
  deps: Deps,
  given: Given<Input>,
  route: string,
  work: (tx: Tx) => Promise<Outcome>,
): Promise<Answer> =>
  runCommand(deps, { actor: given.actor, commandId: given.commandId, route, body: given.input }, async (tx) => {
    const strange = mayKeepWebhooks(given.actor);
    return strange === undefined ? work(tx) : { faults: [strange] };
  });

const urlFault = async (deps: Deps, url: string): Promise<Fault | undefined> => {
  try {
    await checkAddress(url, deps.config.innerNetworks);
    return undefined;
  } catch (error) {
    if (error instanceof AddressRefused) return fault('field-invalid', { field: '网址', reason: error.message });
    throw error;
  }
};

/** The answer with the secret in it, which is never kept: a repeated command makes it again. */
const withSecret = (deps: Deps, given: Given<unknown>, answer: Answer, id: string, number: number): Answer => ({
  ...answer,
  body: { id, secret: webhookSecret(deps.keys, given.actor.context.county, id, number) },
});

/**
 * Adds a webhook 新增推送 that is told of public acts from now on; its secret is in the answer and kept nowhere.
 * Refuses `field-invalid` for an address that is not public and in no allowed network, `capability-missing`, `not-found`.
 */
export const addWebhook = async (deps: Deps, given: Given<WebhookInput>): Promise<Answer> => {
  // Names are asked before the transaction: a slow answer must not hold a connection.
  const strange = mayKeepWebhooks(given.actor) === undefined ? await urlFault(deps, given.input.url) : undefined;
  const answer = await asKeeper(deps, given, 'POST /api/webhooks', async (tx) => {
    if (strange !== undefined) return { faults: [strange] };
    const id = tx.makers.newId();
    await insertWebhook(tx, { id, ...given.input, kinds: [...new Set(given.input.kinds)] });
    noted(tx, given.commandId, 'add', id);
    return { status: 201, body: { id } };
  });
  if ('faults' in answer) return answer;
  const { id } = answer.body as { id: string };
  return withSecret(deps, given, answer, id, 0);
};

/**
 * Renews the secret 更换密钥: the new one is in the answer and kept nowhere; for a day messages are signed with the one before too.
 * Refuses `not-found`.
 */
export const renewSecret = async (deps: Deps, given: Given<{ readonly id: string }>): Promise<Answer> => {
  const answer = await asKeeper(deps, given, 'POST /api/webhooks/{id}/secret', async (tx) => {
    const { id } = given.input;
    const number = await countSecret(tx, id);
    if (number === undefined) return { faults: [fault('not-found')] };
    noted(tx, given.commandId, 'secret', id);
    return { status: 201, body: { id, number } };
  });
  if ('faults' in answer) return answer;
  const { id, number } = answer.body as { id: string; number: number };
  return withSecret(deps, given, answer, id, number);
};

/** Sends a test message 测试推送, by the way that every other takes. Refuses `not-found`, and `field-invalid` while it is off. */
export const testWebhook = (deps: Deps, given: Given<{ readonly id: string }>): Promise<Answer> =>
  asKeeper(deps, given, 'POST /api/webhooks/{id}/test', async (tx) => {
    const webhook = await webhookById(tx, given.input.id);
    if (webhook === undefined) return { faults: [fault('not-found')] };
    if (webhook.offAt !== null)
      return { faults: [fault('field-invalid', { field: '推送', reason: '已经停用，请先启用' })] };
    queueEffect(tx, {
      effect: 'webhook',
      division: `${tx.context.county}000000`,
      payload: testMessage(tx.context.county, webhook.id, tx.makers),
    });
    noted(tx, given.commandId, 'test', webhook.id);
    return { status: 202, body: { id: webhook.id } };
  });

/** Turns it off or on again 停用、启用; what entered the log while it was off is told when it is on again. Refuses `not-found`. */
export const switchOnOff = (deps: Deps, given: Given<{ readonly id: string; readonly on: boolean }>): Promise<Answer> =>
  asKeeper(deps, given, 'POST /api/webhooks/{id}/switch', async (tx) => {
    const { id, on } = given.input;
    if ((await switchWebhook(tx, id, on ? null : '管理员停用')) !== 1) return { faults: [fault('not-found')] };
    noted(tx, given.commandId, on ? 'on' : 'off', id);
    return { status: 200, body: { id } };
  });

/** Removes it 删除推送; messages on their way are dropped. Refuses `not-found`. */
export const removeWebhook = (deps: Deps, given: Given<{ readonly id: string }>): Promise<Answer> =>
  asKeeper(deps, given, 'POST /api/webhooks/{id}/end', async (tx) => {
    const { id } = given.input;
    if ((await endWebhook(tx, id)) !== 1) return { faults: [fault('not-found')] };
    noted(tx, given.commandId, 'end', id);
    return { status: 200, body: { id } };
  });
