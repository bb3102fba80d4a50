import type { Deps } from '../deps.js';
import type { EffectHandler } from '../effects/handler.js';
import { inContext, systemContext } from '../storage/index.js';
import { confirmingLetter, digestLetter, progressLetter, type Letter, type Waiting } from './letters.js';
import { addressOf, dropAddress, stateOfMatter } from './mail.store.js';
import { mailToken } from './mail-link.js';
import { openAddress, type Owner } from './seal-address.js';
import { isMailOn, sendLetter } from './send-letter.js';

/** A mail on its way, as the outbox keeps it: never an address, never a person's name. */
export type MailPayload =
  | { readonly what: 'confirm'; readonly owner: Owner }
  | { readonly what: 'digest'; readonly owner: Owner; readonly day: string; readonly waiting: Waiting };

/** Where a press of a link leads. */
const linkTo = (deps: Pick<Deps, 'config'>, token: string): string => `${deps.config.origin}/mail/${token}`;

/**
 * Sends one letter to the address kept for an owner, if it is still there and, unless the letter is the one that asks, has said yes. An address
 * that the other side refuses for good is dropped: writing to it again would be noise.
 */
const sendTo = async (
  deps: Deps,
  id: string,
  owner: Owner,
  letterOf: (confirm: string) => Letter,
  asks = false,
): Promise<void> => {
  if (!isMailOn(deps)) return;
  const context = systemContext(owner.county);
  const kept = await inContext(deps, context, (tx) => addressOf(tx, owner));
  if (kept === undefined || (!asks && kept.confirmedAt === null)) return;
  const posted = await sendLetter(deps, {
    to: openAddress(deps.keys, owner, kept.cipher),
    letter: letterOf(linkTo(deps, mailToken(deps.keys, { act: 'confirm', owner }, kept.cipher))),
    id,
    stop: asks ? undefined : linkTo(deps, mailToken(deps.keys, { act: 'stop', owner }, kept.cipher)),
  });
  if (posted === 'refused') {
    await inContext(deps, context, (tx) => dropAddress(tx, owner));
    deps.log('warn', 'mail-refused', { effect: id, what: owner.kind });
  }
};

/** Sends the mail that asks, or a digest. */
export const carryMail: EffectHandler = {
  effect: 'mail',
  carryOut: async (deps, { id, payload }) => {
    const mail = payload as MailPayload;
    if (mail.what === 'digest')
      return sendTo(deps, id, mail.owner, () => digestLetter(mail.waiting, mail.day, deps.config.origin));
    const what = mail.owner.kind === 'person' ? 'digest' : 'progress';
    return sendTo(deps, id, mail.owner, (confirm) => confirmingLetter(what, confirm), true);
  },
};

/**
 * Tells a resident that something happened on the own matter 告知提出人. The tracking page is the channel that every resident has, and it shows the act
 * from the moment it is committed; who left an address gets a mail besides, with the case number and no word of the matter. The address is
 * dropped with the mail that says that the matter has ended.
 */
export const tellResident: EffectHandler = {
  effect: 'tell-resident',
  carryOut: async (deps, { id, act, county, payload }) => {
    deps.log('info', 'resident-told-by-tracking-page', { effect: id, act });
    const { matter } = payload as { readonly matter: string };
    const owner: Owner = { kind: 'matter', county, id: matter };
    const context = systemContext(county);
    const found = await inContext(deps, context, async (tx) =>
      (await addressOf(tx, owner)) === undefined ? undefined : stateOfMatter(tx, matter),
    );
    if (found === undefined) return;
    await sendTo(deps, id, owner, () => progressLetter(found.number, found.state, deps.config.origin));
    if (found.state === 'ended') await inContext(deps, context, (tx) => dropAddress(tx, owner));
  },
};
