import {
  answerQuestionRoute,
  checkDraftRoute,
  cutDraftRoute,
  disclosureDeskRoute,
  disclosureOverviewRoute,
  editDraftRoute,
  postingRoute,
  publishDraftRoute,
  withdrawRoute,
} from '@lianxin/contract';
import { onCommand, onQuery } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { answerQuestion, post } from './answer.js';
import { checkDraft, editDraft } from './change-draft.js';
import { cutDraft } from './cut-draft.js';
import { publishDraft, withdraw } from './publish.js';
import { readDesk, readOverview } from './read-desk.js';

/** What offices do about disclosure, over HTTP; residents read and ask on the portal. */
export const disclosuresRoutes = (app: App, deps: Deps): void => {
  app.openapi(disclosureDeskRoute, async (c) => {
    const { division } = c.req.valid('query');
    const desk = await onQuery(deps, c, (tx, actor) => readDesk(deps, tx, actor, division));
    return desk.ok ? c.json(desk.value, 200) : refuseWith(c, desk.faults);
  });
  app.openapi(disclosureOverviewRoute, async (c) => {
    const { division } = c.req.valid('query');
    const overview = await onQuery(deps, c, (tx, actor) => readOverview(deps, tx, actor, division));
    return overview.ok ? c.json(overview.value, 200) : refuseWith(c, overview.faults);
  });
  app.openapi(cutDraftRoute, (c) => onCommand(deps, c, c.req.valid('json'), (given) => cutDraft(deps, given)));
  app.openapi(editDraftRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => editDraft(deps, given)),
  );
  app.openapi(checkDraftRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => checkDraft(deps, given)),
  );
  app.openapi(publishDraftRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => publishDraft(deps, given)),
  );
  app.openapi(withdrawRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => withdraw(deps, given)),
  );
  app.openapi(postingRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => post(deps, given)),
  );
  app.openapi(answerQuestionRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => answerQuestion(deps, given)),
  );
};
