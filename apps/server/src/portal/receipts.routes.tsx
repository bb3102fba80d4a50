import type { NextActView, Tracking } from '@lianxin/contract';
import type { App } from '../http/environment.js';
import { actByReceipt, newForm, readReceiptCode } from '../matters/index.js';
import { problemsOf, readDraft, valuesOf } from './forms/draft.js';
import { keepPhotos } from './forms/keep-photos.js';
import { problemsFromFaults } from './forms/refusals.js';
import { leaveMailByForm, mailTicket } from './mail.routes.js';
import { followReceipt, proofOf } from './matter-desk.js';
import type { Followed } from './matter-desk.js';
import { EnterReceipt } from './pages/enter-receipt.js';
import type { MailOutcome } from './pages/mail.js';
import { Track, TrackSheet } from './pages/track.js';
import type { TriedAct } from './pages/tracking-act.js';
import { replyPage, settingFor } from './reply.js';
import type { C, Pressed, Portal } from './reply.js';
import { readForm } from './request-body.js';

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** The form for a code, with what was wrong about the one that was typed; a code that leads nowhere is shown again. */
const replyUnknown = (portal: Portal, c: C, typed: string, code: string) => {
  const setting = settingFor(portal, c, {}, '/r');
  const { enter } = setting.words;
  const problem =
    typed.trim() === ''
      ? { code: 'field-missing', message: enter.missing, field: 'code' }
      : { code, message: enter.unknown, cure: enter.unknownCure, field: 'code' };
  return replyPage(c, <EnterReceipt setting={setting} typed={typed} problem={problem} />, 404, 'secret');
};

/** A fresh ticket for everything that may be done now. */
const ticketsFor = (portal: Portal, tracking: Tracking) =>
  Object.fromEntries(
    tracking.nextActs.filter((act) => act.mine && act.allowed).map((act) => [act.act, newForm(portal.deps)]),
  );

const replyTracking = (
  portal: Portal,
  c: C,
  followed: Followed,
  code: string,
  more: {
    readonly tried?: TriedAct;
    readonly justDone?: boolean;
    readonly pressed?: Pressed;
    readonly mail?: MailOutcome;
  } = {},
) => {
  const setting = settingFor(portal, c, more.pressed ?? {}, `/r/${code}`);
  const ticket = mailTicket(portal);
  const page = (
    <Track
      setting={setting}
      receipt={code}
      tracking={followed.tracking}
      now={portal.deps.clock()}
      tickets={ticketsFor(portal, followed.tracking)}
      tried={more.tried}
      justDone={more.justDone}
      mail={ticket === undefined ? undefined : { ticket, outcome: more.mail }}
    />
  );
  return replyPage(c, page, more.tried ? 422 : 200, 'secret');
};

/** Runs a page of a receipt, or asks for the code again. Addresses are redirected to the code as it is printed. */
const onReceipt =
  (portal: Portal, page: (c: C, followed: Followed, code: string) => Promise<Response> | Response) =>
  async (c: C): Promise<Response> => {
    const typed = c.req.param('receipt') ?? '';
    const read = readReceiptCode(typed);
    if (!read.ok) return replyUnknown(portal, c, typed, 'receipt-code-wrong');
    const { language } = settingFor(portal, c);
    const followed = await followReceipt(portal.deps, read.value.code, language);
    if (!followed.ok) return replyUnknown(portal, c, typed, followed.faults[0]?.code ?? 'not-found');
    return page(c, followed.value, read.value.code);
  };

/** Does one act by receipt; a refusal shows the page as it stands now with everything that was typed. */
const act = async (portal: Portal, c: C, followed: Followed, code: string): Promise<Response> => {
  const { deps } = portal;
  const { form, whole } = await readForm(c);
  const setting = settingFor(portal, c, {}, `/r/${code}`);
  const wanted = textIn(form, 'act');
  const rule: NextActView | undefined = followed.tracking.nextActs.find((each) => each.act === wanted);
  const given = readDraft(form);
  const ticket = { commandId: textIn(form, 'command'), formToken: textIn(form, 'form-token') };
  const photos = await keepPhotos(
    deps,
    followed.tracking.division,
    ticket,
    rule?.fields ?? [],
    whole ? given : { ...given, files: {} },
    setting.words,
  );
  const tried = (problems: TriedAct['problems']): TriedAct => ({ act: wanted, draft: photos.draft, problems });
  const fields = rule?.fields ?? [];
  const tooLarge = { code: 'photo-too-large', message: setting.words.request.problem['photo-too-large'] };
  const problems = [
    ...problemsOf(fields, photos.draft, setting.words),
    ...photos.problems,
    ...(whole ? [] : [tooLarge]),
  ];
  if (problems.length > 0) return replyTracking(portal, c, followed, code, { tried: tried(problems) });
  const answer = await actByReceipt(deps, ticket.commandId || deps.newId(), code, {
    act: wanted,
    fields: valuesOf(fields, photos.draft),
    baseVersion: Number(textIn(form, 'version')) || followed.tracking.version,
    formToken: ticket.formToken,
    secret: textIn(form, 'secret').trim(),
  });
  if (!('faults' in answer)) return c.redirect(`/r/${code}?done=${encodeURIComponent(wanted)}`, 303);
  const fresh = await followReceipt(deps, code, setting.language);
  const asked = fields.map((field) => ({ field, asked: field.id }));
  const { track } = setting.words;
  const said = problemsFromFaults(setting, answer.faults, asked).map((problem) =>
    problem.code === 'stale-version' ? { ...problem, message: track.stale, cure: track.staleCure } : problem,
  );
  return replyTracking(portal, c, fresh.ok ? fresh.value : followed, code, { tried: tried(said) });
};

/** Following a matter by its receipt: the code is the key, nobody is asked who they are. */
export const receiptsRoutes = (app: App, portal: Portal): void => {
  app.get('/r', (c) => replyPage(c, <EnterReceipt setting={settingFor(portal, c)} typed="" />, 200, 'secret'));

  app.post('/r', async (c) => {
    const typed = textIn(await c.req.formData(), 'code').slice(0, 100);
    const read = readReceiptCode(typed);
    return read.ok ? c.redirect(`/r/${read.value.code}`, 303) : replyUnknown(portal, c, typed, 'receipt-code-wrong');
  });

  app.get(
    '/r/:receipt',
    onReceipt(portal, (c, followed, code) =>
      replyTracking(portal, c, followed, code, { justDone: c.req.query('done') !== undefined }),
    ),
  );

  app.post(
    '/r/:receipt',
    onReceipt(portal, (c, followed, code) => act(portal, c, followed, code)),
  );

  app.post(
    '/r/:receipt/mail',
    onReceipt(portal, async (c, followed, code) =>
      replyTracking(portal, c, followed, code, { mail: await leaveMailByForm(portal, c, code) }),
    ),
  );

  app.get(
    '/r/:receipt/print',
    onReceipt(portal, (c, followed, code) => {
      const setting = settingFor(portal, c);
      const page = (
        <TrackSheet setting={setting} receipt={code} tracking={followed.tracking} now={portal.deps.clock()} />
      );
      return replyPage(c, page, 200, 'secret');
    }),
  );

  app.get(
    '/r/:receipt/proof',
    onReceipt(portal, async (c, followed, code) => {
      const proof = await proofOf(portal.deps, followed);
      if (proof === null) return replyTracking(portal, c, followed, code);
      c.header('content-type', 'text/plain; charset=utf-8');
      c.header('content-disposition', `attachment; filename="${code}.tlog-proof"`);
      c.header('cache-control', 'no-store');
      return c.body(proof);
    }),
  );
};
