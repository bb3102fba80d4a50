import { onCommand, onOwnQuery, onQuery } from '../access/index.js';
import {
  cardReportRoute,
  correctCardRoute,
  issueCardRoute,
  myCardRoute,
  printCardsRoute,
  readCardRoute,
  withdrawCardRoute,
} from '@lianxin/contract';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { cardsToPrint, correctCard, issueCard, readCard, readOwnCards, withdrawCard } from './household-card.js';
import { cardReport } from './read-households.js';

/** Contact cards over HTTP: offices that keep cards, and the household itself. */
export const cardsRoutes = (app: App, deps: Deps): void => {
  app.openapi(myCardRoute, async (c) => {
    const cards = await onOwnQuery(deps, c, readOwnCards);
    return cards.ok ? c.json({ cards: cards.value }, 200) : refuseWith(c, cards.faults);
  });
  app.openapi(readCardRoute, async (c) => {
    const { id } = c.req.valid('param');
    const card = await onQuery(deps, c, (tx, actor) => readCard(tx, actor, id));
    return card.ok ? c.json({ card: card.value }, 200) : refuseWith(c, card.faults);
  });
  app.openapi(printCardsRoute, async (c) => {
    const cards = await onQuery(deps, c, (tx, actor) => cardsToPrint(tx, actor, c.req.valid('query')));
    return cards.ok ? c.json({ cards: cards.value }, 200) : refuseWith(c, cards.faults);
  });
  app.openapi(cardReportRoute, async (c) => {
    const report = await onQuery(deps, c, (tx) => cardReport(tx, c.req.valid('query').division));
    return report.ok ? c.json(report.value, 200) : refuseWith(c, report.faults);
  });
  app.openapi(issueCardRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => issueCard(deps, change)),
  );
  app.openapi(correctCardRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => correctCard(deps, change)),
  );
  app.openapi(withdrawCardRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => withdrawCard(deps, change)),
  );
};
