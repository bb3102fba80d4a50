import { linkMattersRoute, matterTopicRoute, settleCategoryRoute, topicsRoute, undoLinkRoute } from '@lianxin/contract';
import { onCommand, onQuery } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { linkMatters, undoLink } from './link.js';
import { readMatterTopic } from './read-matter-topic.js';
import { readTopics } from './read-topics.js';
import { settleCategory } from './settle-category.js';

/** What staff see and say about topics; residents have no route here. */
export const topicsRoutes = (app: App, deps: Deps): void => {
  app.openapi(matterTopicRoute, async (c) => {
    const { id } = c.req.valid('param');
    const topic = await onQuery(deps, c, (tx) => readMatterTopic(deps, tx, id));
    return topic.ok ? c.json(topic.value, 200) : refuseWith(c, topic.faults);
  });
  app.openapi(topicsRoute, async (c) => {
    const { division } = c.req.valid('query');
    const page = await onQuery(deps, c, (tx, actor) => readTopics(deps, tx, actor, division));
    return page.ok ? c.json(page.value, 200) : refuseWith(c, page.faults);
  });
  app.openapi(linkMattersRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => linkMatters(deps, given)),
  );
  app.openapi(undoLinkRoute, (c) => onCommand(deps, c, c.req.valid('param'), (given) => undoLink(deps, given)));
  app.openapi(settleCategoryRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => settleCategory(deps, given)),
  );
};
