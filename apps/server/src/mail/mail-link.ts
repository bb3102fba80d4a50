import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Keys } from '../storage/keys.js';
import type { Owner } from './seal-address.js';

/** What a link in a mail does: confirm the address, or stop what is sent to it. */
export type MailAct = 'confirm' | 'stop';

/** A link as read: what it does, and to which row. */
export interface MailLink {
  readonly act: MailAct;
  readonly owner: Owner;
}

const acts = { c: 'confirm', s: 'stop' } as const;
const kinds = { p: 'person', m: 'matter' } as const;

const signed = (keys: Pick<Keys, 'keyFor'>, head: string, cipher: Uint8Array): string =>
  createHmac('sha256', keys.keyFor('mail-link/v1'))
    .update(head)
    .update('\n')
    .update(cipher)
    .digest('base64url')
    .slice(0, 22);

/**
 * The token of a link in a mail 邮件链接. It works for the address it was sent to and no other: the sealed address is part of what is signed, so
 * a link of an earlier address confirms nothing.
 */
export const mailToken = (keys: Pick<Keys, 'keyFor'>, { act, owner }: MailLink, cipher: Uint8Array): string => {
  const head = [act.charAt(0), owner.kind.charAt(0), owner.county, owner.id].join('.');
  return `${head}.${signed(keys, head, cipher)}`;
};

/** What a token says it is, before anything is looked up; undefined for anything that was not made by `mailToken`. */
export const readMailToken = (
  token: string,
): (MailLink & { readonly proves: (keys: Pick<Keys, 'keyFor'>, cipher: Uint8Array) => boolean }) | undefined => {
  const found = /^([cs])\.([pm])\.(\d{6})\.([0-9a-f-]{36})\.([A-Za-z0-9_-]{22})$/.exec(token);
  if (found === null) return undefined;
  const [, act, kind, county = '', id = '', given = ''] = found;
  const head = token.slice(0, token.lastIndexOf('.'));
  return {
    act: acts[act as keyof typeof acts],
    owner: { kind: kinds[kind as keyof typeof kinds], county, id },
    proves: (keys, cipher) => timingSafeEqual(Buffer.from(given), Buffer.from(signed(keys, head, cipher))),
  };
};
