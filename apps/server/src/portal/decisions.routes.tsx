import { explainFault } from '@lianxin/domain';
import { listDecisions, readDecisionPage, sayOnDecision } from '../decisions/index.js';
import type { App } from '../http/environment.js';
import { newForm } from '../matters/index.js';
import { DecisionFilePage, DecisionListPage, DecisionOnePage, type SayState } from './pages/decision.js';
import { onVillage, replyNoVillage } from './places.routes.js';
import { replyPage, settingFor } from './reply.js';
import type { C, Portal } from './reply.js';
import { readForm } from './request-body.js';
import type { FoundVillage } from './villages.js';

const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const kinds = ['sign-up', 'comment', 'query', 'objection'] as const;

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** Decisions of a village with their four channels, whole without a script. */
export const decisionsPages = (app: App, portal: Portal): void => {
  const { deps } = portal;
  const fresh = (): SayState => ({
    ticket: newForm(deps),
    kind: null,
    text: '',
    name: '',
    contact: '',
    problems: [],
  });
  const one = async (c: C, village: FoundVillage, state: SayState, status: 200 | 422 | 410 = 200) => {
    const id = c.req.param('id') ?? '';
    const page = idShape.test(id) ? await readDecisionPage(deps, village.code, id) : undefined;
    if (page === undefined) return replyNoVillage(portal, c);
    const setting = settingFor(portal, c, {}, `/v/${village.code}/decisions/${id}`);
    return replyPage(c, <DecisionOnePage setting={setting} village={village} page={page} state={state} />, status);
  };

  app.get(
    '/v/:code/decisions',
    onVillage(portal, async (c, village) => {
      const decisions = await listDecisions(deps, village.code);
      return replyPage(c, <DecisionListPage setting={settingFor(portal, c)} village={village} decisions={decisions} />);
    }),
  );
  app.get(
    '/v/:code/decisions/:id',
    onVillage(portal, (c, village) => one(c, village, fresh())),
  );
  app.get(
    '/v/:code/decisions/:id/file',
    onVillage(portal, async (c, village) => {
      const id = c.req.param('id') ?? '';
      // What a browser fetches ahead, nobody has opened.
      const ahead = c.req.method === 'HEAD' || /prefetch/.test(c.req.header('sec-purpose') ?? '');
      const page = idShape.test(id)
        ? await readDecisionPage(deps, village.code, id, ahead ? 'page' : 'file')
        : undefined;
      if (page === undefined) return replyNoVillage(portal, c);
      return replyPage(c, <DecisionFilePage setting={settingFor(portal, c)} village={village} page={page} />);
    }),
  );
  app.post(
    '/v/:code/decisions/:id',
    onVillage(portal, async (c, village) => {
      const { form } = await readForm(c);
      const id = c.req.param('id') ?? '';
      const kind = kinds.find((one) => one === textIn(form, 'kind')) ?? 'comment';
      const typed = {
        kind,
        text: textIn(form, 'text'),
        name: textIn(form, 'name'),
        contact: textIn(form, 'contact'),
      };
      if (!idShape.test(id)) return replyNoVillage(portal, c);
      const command = textIn(form, 'command');
      const answer = await sayOnDecision(deps, idShape.test(command) ? command : deps.newId(), {
        village: village.code,
        matter: id,
        ...typed,
        formToken: textIn(form, 'form-token'),
      });
      if (!('faults' in answer)) {
        const { due } = answer.body as { readonly due: string | null };
        return one(c, village, { ...fresh(), kind, said: due });
      }
      const { language } = settingFor(portal, c);
      const problems = answer.faults.map((fault) => {
        const said = explainFault(fault, language);
        return { message: said.what, cure: said.cure, code: fault.code, field: `${kind}-text` };
      });
      return one(c, village, { ...fresh(), ...typed, problems }, answer.status === 410 ? 410 : 422);
    }),
  );
};
