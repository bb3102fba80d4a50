import { explainFault } from '@lianxin/domain';
import type { App } from '../http/environment.js';
import { followMailLink, isMailOn, leaveMail, readMailLink } from '../mail/index.js';
import { newForm } from '../matters/index.js';
import { MailLinkPage, type MailOutcome } from './pages/mail.js';
import { replyPage, settingFor } from './reply.js';
import type { C, Portal } from './reply.js';
import { readForm } from './request-body.js';

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** A fresh ticket for the form about mail; undefined where no mail server is connected, and then the page has no such form. */
export const mailTicket = (portal: Portal) => (isMailOn(portal.deps) ? newForm(portal.deps) : undefined);

/** Leaves an address for a receipt, or takes it away, as the form asked. */
export const leaveMailByForm = async (portal: Portal, c: C, receipt: string): Promise<MailOutcome> => {
  const { form } = await readForm(c);
  const typed = textIn(form, 'address');
  const wantsNone = textIn(form, 'do') === 'remove';
  const given = textIn(form, 'command');
  const answer = await leaveMail(portal.deps, /^[0-9a-f-]{36}$/.test(given) ? given : portal.deps.newId(), {
    receipt,
    address: wantsNone ? null : typed,
    formToken: textIn(form, 'form-token'),
  });
  if (!('faults' in answer)) return { done: wantsNone ? 'removed' : 'asked' };
  const { language } = settingFor(portal, c, {}, `/r/${receipt}`);
  const problem = answer.faults
    .map((one) => explainFault(one, language))
    .map(({ what, cure }) => `${what}${cure}`)
    .join(' ');
  return { typed, problem };
};

/** Pages of links in mails; the same address takes the press of a mail program (RFC 8058). */
export const mailPages = (app: App, portal: Portal): void => {
  app.get('/mail/:token', async (c: C) => {
    const token = c.req.param('token') ?? '';
    const act = await readMailLink(portal.deps, token);
    const page = <MailLinkPage setting={settingFor(portal, c)} token={token} act={act ?? 'gone'} done={false} />;
    return replyPage(c, page, act === undefined ? 404 : 200, 'secret');
  });
  app.post('/mail/:token', async (c: C) => {
    const token = c.req.param('token') ?? '';
    const followed = await followMailLink(portal.deps, token);
    const act = followed.ok ? followed.value : 'gone';
    const page = <MailLinkPage setting={settingFor(portal, c, {}, '/')} token={token} act={act} done />;
    return replyPage(c, page, followed.ok ? 200 : 404, 'secret');
  });
};
