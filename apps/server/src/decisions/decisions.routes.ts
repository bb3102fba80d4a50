import { answerWordRoute, listPostingsRoute, openSenderRoute, readChannelsRoute } from '@lianxin/contract';
import { actorOf, onCommand, onQuery } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { answerWord, openSender } from './answer-word.js';
import { listPostings, readChannels } from './read-decision.js';

/** What offices see and answer of what residents do with a decision; residents use its page on the portal. */
export const decisionsRoutes = (app: App, deps: Deps): void => {
  app.openapi(readChannelsRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const found = await readChannels(deps, actor.value, c.req.valid('param').id);
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
  app.openapi(listPostingsRoute, async (c) => {
    const { division } = c.req.valid('query');
    const found = await onQuery(deps, c, (tx, actor) => listPostings(deps, tx, actor, division));
    return found.ok ? c.json({ postings: found.value }, 200) : refuseWith(c, found.faults);
  });
  app.openapi(answerWordRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => answerWord(deps, given)),
  );
  app.openapi(openSenderRoute, async (c) => {
    const asked = { ...c.req.valid('param'), ...c.req.valid('query') };
    const found = await onQuery(deps, c, (tx, actor) => openSender(deps, tx, actor, asked));
    c.header('cache-control', 'no-store');
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
};
