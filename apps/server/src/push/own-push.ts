import type { PushInput } from '@lianxin/contract';
import { fault } from '@lianxin/domain';
import type { Given } from '../access/index.js';
import type { Deps } from '../deps.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { AddressRefused, checkAddress } from '../outbound/index.js';
import { insertSubscription, ownEndpoints, removeOwn } from './push.store.js';

/** Browsers that one person may have ring; more is no person. */
const mostBrowsers = 10;

/**
 * A person lets a browser ring 开启手机通知. Refuses `field-invalid` for an address that no push service can have, and for an eleventh browser.
 */
export const addOwnPush = async (deps: Deps, given: Given<PushInput>): Promise<Answer> => {
  const strange = await checkAddress(given.input.endpoint, deps.config.innerNetworks).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof AddressRefused) return fault('field-invalid', { field: 'endpoint', reason: error.message });
      throw error;
    },
  );
  return runCommand(
    deps,
    { actor: given.actor, commandId: given.commandId, route: 'POST /api/account/push', body: given.input },
    async (tx) => {
      if (strange !== undefined) return { faults: [strange] };
      const known = await ownEndpoints(tx);
      if (known.filter((one) => one !== given.input.endpoint).length >= mostBrowsers)
        return { faults: [fault('field-invalid', { field: '通知', reason: `最多 ${mostBrowsers} 个浏览器` })] };
      const { division } = given.actor.session;
      const id = tx.makers.newId();
      await removeOwn(tx, given.input.endpoint);
      await insertSubscription(tx, { ...given.input, id, division });
      const at = given.actor.office?.division ?? division;
      writeJournal(tx, { kind: 'account.change', division: at, commandId: given.commandId, pub: { change: 'push' } });
      return { status: 201, body: { id } };
    },
  );
};

/** A person lets a browser ring no more; one that is none of his changes nothing. */
export const removeOwnPush = (deps: Deps, given: Given<{ readonly endpoint: string }>): Promise<Answer> =>
  runCommand(
    deps,
    { actor: given.actor, commandId: given.commandId, route: 'POST /api/account/push/removal', body: given.input },
    async (tx) => {
      const removed = await removeOwn(tx, given.input.endpoint);
      const at = given.actor.office?.division ?? given.actor.session.division;
      if (removed > 0)
        writeJournal(tx, {
          kind: 'account.change',
          division: at,
          commandId: given.commandId,
          pub: { change: 'no-push' },
        });
      return { status: 200, body: { removed } };
    },
  );
