import {
  ballotFileRoute,
  ballotSlipsRoute,
  changeChannelRoute,
  closeSecretBallotRoute,
  enterSheetRoute,
  listSecretBallotsRoute,
  openSecretBallotRoute,
  publicBallotRoute,
  publishSecretBallotRoute,
  readSecretBallotRoute,
  takeTokensRoute,
} from '@lianxin/contract';
import { onCommand, onQuery } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { closeBallot } from './close-ballot.js';
import { openBallot } from './open-ballot.js';
import { changeChannelOf, enterSheet } from './paper.js';
import { publishBallot } from './publish-ballot.js';
import {
  listSecretBallots,
  loggedState,
  readBallotFile,
  readPublicBallot,
  readSecretBallot,
  readSlips,
} from './read-ballots.js';
import { takeTokens } from './take-tokens.js';

/** Secret ballots over HTTP. */
export const secretBallotsRoutes = (app: App, deps: Deps): void => {
  queries(app, deps);
  commands(app, deps);
  phones(app, deps);
};

const queries = (app: App, deps: Deps): void => {
  app.openapi(listSecretBallotsRoute, async (c) => {
    const found = await onQuery(deps, c, (tx) => listSecretBallots(tx, c.req.valid('query').division));
    return found.ok
      ? c.json({ ballots: found.value, hosts: [...deps.config.ballotHosts] }, 200)
      : refuseWith(c, found.faults);
  });
  app.openapi(readSecretBallotRoute, async (c) => {
    const found = await onQuery(deps, c, (tx, actor) => readSecretBallot(tx, actor, c.req.valid('param').id));
    if (!found.ok) return refuseWith(c, found.faults);
    const { ballot, detail } = found.value;
    return c.json({ ...detail, logged: await loggedState(deps, ballot.division.slice(0, 6), ballot) }, 200);
  });
  app.openapi(ballotSlipsRoute, async (c) => {
    const found = await onQuery(deps, c, (tx, actor) => readSlips(deps, tx, actor, c.req.valid('param').id));
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
};

const commands = (app: App, deps: Deps): void => {
  app.openapi(openSecretBallotRoute, (c) =>
    onCommand(deps, c, c.req.valid('json'), (given) => openBallot(deps, given)),
  );
  app.openapi(changeChannelRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => changeChannelOf(deps, given)),
  );
  app.openapi(enterSheetRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => enterSheet(deps, given)),
  );
  app.openapi(closeSecretBallotRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => closeBallot(deps, given)),
  );
  app.openapi(publishSecretBallotRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (given) => publishBallot(deps, given)),
  );
};

/** What phones and everybody ask: no session, no cookie. */
const phones = (app: App, deps: Deps): void => {
  app.openapi(publicBallotRoute, async (c) => {
    const { county, id } = c.req.valid('param');
    const found = await readPublicBallot(deps, county, id);
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
  app.openapi(ballotFileRoute, async (c) => {
    const { county, id } = c.req.valid('param');
    const found = await readBallotFile(deps, county, id);
    if (!found.ok) return refuseWith(c, found.faults);
    c.header('content-disposition', `attachment; filename="ballot-${id}.json"`);
    return c.json(found.value, 200);
  });
  app.openapi(takeTokensRoute, async (c) => {
    const taken = await takeTokens(deps, { ...c.req.valid('param'), ...c.req.valid('json') });
    return taken.ok ? c.json({ ...taken.value, signed: [...taken.value.signed] }, 200) : refuseWith(c, taken.faults);
  });
};
