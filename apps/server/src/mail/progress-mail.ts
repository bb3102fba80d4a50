import { fault, refuse, scopeOf, type Result } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { queueEffect } from '../effects/index.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { checkFormToken, readReceiptCode } from '../matters/index.js';
import { inContext, publicContext, systemContext, type Context } from '../storage/index.js';
import { addressOf, confirmAddress, dropAddress, leaveByReceipt, matterOfReceipt } from './mail.store.js';
import { readMailToken, type MailAct } from './mail-link.js';
import { sealAddress } from './seal-address.js';
import { isMailOn } from './send-letter.js';

const addressShape = /^[^\s@]{1,64}@[^\s@]{1,185}\.[^\s@]{2,}$/;

const countyWide = (county: string): Context => {
  const context = publicContext(`${county}000000`);
  return { ...context, ...scopeOf(`${county}000000`) };
};

const justLeft = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'LX429';

/** What the holder of a receipt wants: an address to tell, or none any more. */
export interface Leaving {
  readonly receipt: string;
  readonly address: string | null;
  readonly formToken: string;
}

/**
 * The holder of a receipt leaves an address for news of the matter 进展邮件, or takes it away; the first mail asks that address.
 * Refuses `form-expired`, `receipt-code-wrong`, `field-invalid` for what is no address, `not-found` for a matter that is none or has ended,
 * `rate-limited` two minutes after another address, `temporarily-unavailable` while no mail server is connected.
 */
export const leaveMail = async (deps: Deps, commandId: string, leaving: Leaving): Promise<Answer> => {
  const token = checkFormToken(deps.keys.keyFor('form-token'), leaving.formToken, deps.clock());
  if (!token.ok) return { status: 410, repeated: false, faults: token.faults };
  const receipt = readReceiptCode(leaving.receipt);
  if (!receipt.ok) return { status: 422, repeated: false, faults: receipt.faults };
  const { county, hash } = receipt.value;
  const actor = { key: `form:${leaving.formToken}`, context: countyWide(county) };
  try {
    return await runCommand(
      deps,
      { actor, commandId, route: 'POST /r/{receipt}/mail', body: { ...leaving, receipt: receipt.value.code } },
      async (tx) => {
        if (!isMailOn(deps)) return { faults: [fault('temporarily-unavailable')] };
        if (leaving.address !== null && !addressShape.test(leaving.address))
          return { faults: [fault('field-invalid', { field: '邮箱', reason: '请写成 name@example.org 这样' })] };
        const matter = await matterOfReceipt(tx, hash);
        if (matter === undefined) return { faults: [fault('not-found')] };
        const owner = { kind: 'matter', county, id: matter } as const;
        const sealed =
          leaving.address === null ? null : sealAddress(deps.keys, owner, leaving.address, deps.random(12));
        if (!(await leaveByReceipt(tx, hash, sealed))) return { faults: [fault('not-found')] };
        const division = `${county}000000`;
        if (sealed !== null) queueEffect(tx, { effect: 'mail', division, payload: { what: 'confirm', owner } });
        writeJournal(tx, { kind: 'matter.act', division, commandId, commitFields: { matter, mail: sealed !== null } });
        return { status: 200, body: { asked: sealed !== null } };
      },
    );
  } catch (error) {
    if (justLeft(error)) return { status: 429, repeated: false, faults: [fault('rate-limited', { seconds: 120 })] };
    throw error;
  }
};

/** What a link in a mail would do, for the page that asks before it is done; undefined for a link that leads nowhere any more. */
export const readMailLink = async (deps: Deps, token: string): Promise<MailAct | undefined> => {
  const link = readMailToken(token);
  if (link === undefined) return undefined;
  const kept = await inContext(deps, systemContext(link.owner.county), (tx) => addressOf(tx, link.owner));
  return kept !== undefined && link.proves(deps.keys, kept.cipher) ? link.act : undefined;
};

/**
 * Does what a link in a mail says 确认或者停止邮件; doing it twice is harmless. Refuses `not-found` for a link that leads nowhere any more: what it would
 * stop is stopped already.
 */
export const followMailLink = async (deps: Deps, token: string): Promise<Result<MailAct>> => {
  const link = readMailToken(token);
  if (link === undefined) return refuse(fault('not-found'));
  const { county } = link.owner;
  const answer = await runCommand(
    deps,
    {
      actor: { key: 'system:mail', context: systemContext(county) },
      // The act itself is harmless twice, and a link may be pressed again after another address was left.
      commandId: deps.newId(),
      route: 'POST /mail/{token}',
      body: { act: link.act },
    },
    async (tx) => {
      const kept = await addressOf(tx, link.owner);
      if (kept === undefined || !link.proves(deps.keys, kept.cipher)) return { faults: [fault('not-found')] };
      await (link.act === 'confirm' ? confirmAddress(tx, link.owner) : dropAddress(tx, link.owner));
      writeJournal(tx, {
        kind: 'account.change',
        division: `${county}000000`,
        commitFields: { mail: link.act, owner: link.owner.id },
      });
      return { status: 200, body: { act: link.act } };
    },
  );
  return 'faults' in answer ? { ok: false, faults: answer.faults } : { ok: true, value: link.act };
};
