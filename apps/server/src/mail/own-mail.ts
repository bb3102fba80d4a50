import type { OwnMail } from '@lianxin/contract';
import { fault } from '@lianxin/domain';
import type { Given } from '../access/index.js';
import type { Deps } from '../deps.js';
import { queueEffect } from '../effects/index.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import type { Tx } from '../storage/index.js';
import { addressOf, dropAddress, putOwnAddress } from './mail.store.js';
import { openAddress, sealAddress, type Owner } from './seal-address.js';
import { isMailOn } from './send-letter.js';

const ownerIn = ({ context }: Tx): Owner => ({ kind: 'person', county: context.county, id: context.uid ?? '' });

/** Where the person's own digest goes; nobody but the person asks. */
export const readOwnMail = async (deps: Deps, tx: Tx): Promise<OwnMail> => {
  const owner = ownerIn(tx);
  const kept = await addressOf(tx, owner);
  return {
    available: isMailOn(deps),
    address: kept === undefined ? null : openAddress(deps.keys, owner, kept.cipher),
    confirmed: kept !== undefined && kept.confirmedAt !== null,
  };
};

/**
 * A person has the digest of the own inbox sent 待办邮件; a first mail asks that address, and nothing else is sent before its answer.
 * Refuses `temporarily-unavailable` while no mail server is connected, `rate-limited` two minutes after another address.
 */
export const saveOwnMail = (deps: Deps, given: Given<{ readonly address: string }>): Promise<Answer> =>
  runCommand(
    deps,
    { actor: given.actor, commandId: given.commandId, route: 'POST /api/account/mail', body: given.input },
    async (tx) => {
      if (!isMailOn(deps)) return { faults: [fault('temporarily-unavailable')] };
      const owner = ownerIn(tx);
      const { division } = given.actor.session;
      const sealed = sealAddress(deps.keys, owner, given.input.address, deps.random(12));
      if ((await putOwnAddress(tx, division, sealed)) !== 1)
        return { faults: [fault('rate-limited', { seconds: 120 })] };
      const at = given.actor.office?.division ?? division;
      queueEffect(tx, { effect: 'mail', division: at, payload: { what: 'confirm', owner } });
      writeJournal(tx, { kind: 'account.change', division: at, commandId: given.commandId, pub: { change: 'mail' } });
      return { status: 200, body: { id: owner.id } };
    },
  );

/** A person has nothing sent any more; the address is gone. */
export const removeOwnMail = (deps: Deps, given: Given<object>): Promise<Answer> =>
  runCommand(
    deps,
    { actor: given.actor, commandId: given.commandId, route: 'POST /api/account/mail/removal', body: given.input },
    async (tx) => {
      const owner = ownerIn(tx);
      await dropAddress(tx, owner);
      const at = given.actor.office?.division ?? given.actor.session.division;
      writeJournal(tx, {
        kind: 'account.change',
        division: at,
        commandId: given.commandId,
        pub: { change: 'no-mail' },
      });
      return { status: 200, body: { id: owner.id } };
    },
  );
