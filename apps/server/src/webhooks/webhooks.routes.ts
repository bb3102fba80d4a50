import {
  addWebhookRoute,
  listWebhooksRoute,
  removeWebhookRoute,
  renewWebhookSecretRoute,
  switchWebhookRoute,
  testWebhookRoute,
} from '@lianxin/contract';
import { ok, refuse } from '@lianxin/domain';
import { onCommand, onQuery } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { addWebhook, removeWebhook, renewSecret, switchOnOff, testWebhook } from './keep-webhooks.js';
import { mayKeepWebhooks } from './webhooks.access.js';
import { lastDeliveries, listWebhooks } from './webhooks.store.js';
import { webhookView } from './webhooks.view.js';

/** `/api/webhooks`: where the county's public acts are sent. */
export const webhooksRoutes = (app: App, deps: Deps): void => {
  app.openapi(listWebhooksRoute, async (c) => {
    const found = await onQuery(deps, c, async (tx, actor) => {
      const strange = mayKeepWebhooks(actor);
      if (strange !== undefined) return refuse(strange);
      const rows = await listWebhooks(tx);
      const deliveries = await lastDeliveries(
        tx,
        rows.map(({ id }) => id),
      );
      return ok({ rows: rows.map((row) => webhookView(row, deliveries, tx.makers.clock())) });
    });
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
  app.openapi(addWebhookRoute, (c) => {
    c.header('cache-control', 'no-store');
    return onCommand(deps, c, c.req.valid('json'), (given) => addWebhook(deps, given));
  });
  app.openapi(renewWebhookSecretRoute, (c) => {
    c.header('cache-control', 'no-store');
    return onCommand(deps, c, c.req.valid('param'), (given) => renewSecret(deps, given));
  });
  app.openapi(testWebhookRoute, (c) => onCommand(deps, c, c.req.valid('param'), (given) => testWebhook(deps, given)));
  app.openapi(switchWebhookRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => switchOnOff(deps, given)),
  );
  app.openapi(removeWebhookRoute, (c) =>
    onCommand(deps, c, c.req.valid('param'), (given) => removeWebhook(deps, given)),
  );
};
