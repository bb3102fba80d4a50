import { exportSharedRoute, listSharedItemsRoute } from '@lianxin/contract';
import { onCommand, onQuery } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { exportShared, listSharedItems } from './sharing.js';

/** The sharing list and its exports over HTTP. */
export const sharingRoutes = (app: App, deps: Deps): void => {
  app.openapi(listSharedItemsRoute, async (c) => {
    const { division } = c.req.valid('query');
    const found = await onQuery(deps, c, (tx, actor) => listSharedItems(deps, tx, actor, division));
    return found.ok ? c.json({ items: found.value }, 200) : refuseWith(c, found.faults);
  });
  app.openapi(exportSharedRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => exportShared(deps, given)),
  );
};
