import type { Opened } from '@lianxin/contract';
import type { App } from '../http/environment.js';
import { newForm, openByResident, readRequestForm } from '../matters/index.js';
import { problemsOf, readDraft, valuesOf } from './forms/draft.js';
import type { Draft, Problem } from './forms/draft.js';
import { keepPhotos } from './forms/keep-photos.js';
import { problemsFromFaults } from './forms/refusals.js';
import { asAsked, fieldsOf, requestPage } from './forms/request-fields.js';
import type { FieldAsked, RequestPage } from './forms/request-fields.js';
import type { Ticket } from './matter-desk.js';
import { NewRequest } from './pages/new-request.js';
import { Received } from './pages/received.js';
import { onVillage, replyNoVillage } from './places.routes.js';
import { replyPage, settingFor } from './reply.js';
import type { C, Portal } from './reply.js';
import { readForm } from './request-body.js';
import type { PageSetting } from './setting.js';
import type { FoundVillage } from './villages.js';
import { formInWords } from './words/terms.js';

/** A form as it came in, read but not yet judged. */
interface Sent {
  readonly village: FoundVillage;
  readonly page: RequestPage;
  readonly setting: PageSetting;
  readonly ticket: Ticket;
  /** Empty when the person just wrote and left the sorting to whoever receives it. */
  readonly kind: string;
  readonly draft: Draft;
}

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** A command id as the server makes them; anything else in the hidden field was not made by us. */
const commandShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const ticketIn = (portal: Portal, form: FormData): Ticket => {
  const ticket = { commandId: textIn(form, 'command'), formToken: textIn(form, 'form-token') };
  return commandShape.test(ticket.commandId) ? ticket : newForm(portal.deps);
};

/** Shows the form again with everything that was typed. A refusal is kept under its command id, so the next try has another. */
const showAgain = (c: C, sent: Sent, ticket: Ticket, problems: readonly Problem[]) =>
  replyPage(
    c,
    <NewRequest
      setting={sent.setting}
      village={sent.village}
      page={sent.page}
      ticket={ticket}
      kind={sent.kind}
      draft={sent.draft}
      problems={problems}
    />,
    problems.length === 0 ? 200 : 422,
    'secret',
  );

/** The texts of a draft under the ids that the chosen kind's procedure has for them. */
const underOwnIds = (draft: Draft, fields: readonly FieldAsked[]): Draft => ({
  texts: Object.fromEntries(
    fields.flatMap(({ field, asked }) => (draft.texts[asked] ? [[field.id, draft.texts[asked]]] : [])),
  ),
  files: {},
  kept: Object.fromEntries(
    fields.flatMap(({ field, asked }) => (draft.kept[asked] ? [[field.id, draft.kept[asked]]] : [])),
  ),
});

/** Judges, keeps, opens: a refusal shows the form again, a success shows the receipt. */
const receive = async (portal: Portal, c: C, sent: Sent): Promise<Response> => {
  const { deps } = portal;
  const fields = fieldsOf(sent.page);
  const opened = await openByResident(deps, sent.ticket.commandId, {
    division: sent.village.code,
    // Somebody who just writes names no kind: the procedure begins with sorting it.
    ...(sent.kind === '' ? { procedure: sent.page.procedure } : { kind: sent.kind }),
    fields: valuesOf(
      fields.map(({ field }) => field),
      underOwnIds(sent.draft, fields),
    ),
    formToken: sent.ticket.formToken,
  });
  if ('faults' in opened) {
    const problems = problemsFromFaults(sent.setting, opened.faults, fields);
    return showAgain(c, sent, newForm(deps), problems);
  }
  const page = (
    <Received
      setting={sent.setting}
      village={sent.village}
      opened={opened.body as Opened}
      at={deps.clock()}
      repeated={opened.repeated}
    />
  );
  return replyPage(c, page, 201, 'secret');
};

/** Telling a need: the form, and what answers it. */
export const requestsRoutes = (app: App, portal: Portal): void => {
  const { deps } = portal;

  app.get(
    '/v/:code/requests/new',
    onVillage(portal, async (c, village) => {
      const form = await readRequestForm(deps, village.code);
      if (!form.ok) return replyNoVillage(portal, c);
      const setting = settingFor(portal, c);
      const kind = c.req.query('kind');
      const page = requestPage(formInWords(form.value, setting.language), kind);
      return replyPage(
        c,
        <NewRequest setting={setting} village={village} page={page} ticket={newForm(deps)} kind={kind} />,
        200,
        'secret',
      );
    }),
  );

  app.post(
    '/v/:code/requests/new',
    onVillage(portal, async (c, village) => {
      const form = await readRequestForm(deps, village.code);
      if (!form.ok) return replyNoVillage(portal, c);
      const { form: body, whole } = await readForm(c);
      const pressed = { lang: textIn(body, 'lang') || undefined, print: textIn(body, 'print') || undefined };
      const setting = settingFor(portal, c, pressed, `/v/${village.code}/requests/new`);
      const { words } = setting;
      const elsewhere = textIn(body, 'for');
      const kind = elsewhere || textIn(body, 'kind');
      const page = requestPage(formInWords(form.value, setting.language), kind);
      const ticket = ticketIn(portal, body);
      const read = readDraft(body);
      const given: Sent = { village, page, setting, ticket, kind, draft: whole ? read : { ...read, files: {} } };
      const photos = await keepPhotos(deps, village.code, ticket, asAsked(fieldsOf(page)), given.draft, words);
      const sent = { ...given, draft: photos.draft };
      const isOnlyShown = pressed.lang !== undefined || pressed.print !== undefined || elsewhere !== '';
      if (isOnlyShown) return showAgain(c, sent, ticket, photos.problems);

      const isKnown = kind === '' ? page.unsorted : page.kinds.some(({ id }) => id === kind);
      const tooLarge = { code: 'photo-too-large', message: words.request.problem['photo-too-large'] };
      const problems = [
        ...(isKnown ? [] : [{ code: 'kind-unknown', message: words.request.problem['kind-unknown'], field: 'kind' }]),
        ...problemsOf(asAsked(fieldsOf(page)), sent.draft, words),
        ...photos.problems,
        ...(whole ? [] : [tooLarge]),
      ];
      if (problems.length > 0) return showAgain(c, sent, ticket, problems);
      return receive(portal, c, sent);
    }),
  );
};
