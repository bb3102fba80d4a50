import {
  bindLogInRoute,
  closeLogInRoute,
  handOutLogInRoute,
  listLogInsRoute,
  renewPasswordRoute,
  reopenLogInRoute,
  unlockLogInRoute,
  type LogInRow,
} from '@lianxin/contract';
import { countyDate, fault } from '@lianxin/domain';
import type { Context } from 'hono';
import { actorOf, nameHash, onCommand, recordReading } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { Answer } from '../http/command.js';
import type { App, Environment } from '../http/environment.js';
import { inContext, type Tx } from '../storage/index.js';
import { handOutLogIn, renewPassword, type Handing } from './hand-out.js';
import { bindLogIn, closeLogIn, reopenLogIn, unlockLogIn } from './change-log-in.js';
import { mayAdminister } from './log-ins.access.js';
import { locksOf, logInsOf, mostLogIns } from './log-ins.store.js';

/** A command whose answer holds a password: on its way out it is nobody's to keep. */
const onSecretCommand = <Input>(
  deps: Deps,
  c: Context<Environment>,
  input: Input,
  run: (handing: Handing<Input>) => Promise<Answer>,
): Promise<never> => {
  c.header('cache-control', 'no-store');
  return onCommand(deps, c, input, run);
};

/** Puts to each row until when its name is locked. */
const withLocks = async (deps: Deps, tx: Tx, rows: readonly LogInRow[]): Promise<LogInRow[]> => {
  const hashOf = new Map(
    rows.flatMap(({ username }) => (username === null ? [] : [[username, nameHash(deps, username)]])),
  );
  const locks = await locksOf(
    tx,
    [...hashOf.values()].filter((hash) => hash !== undefined),
  );
  return rows.map((row) => {
    const lockedUntil = locks.get(hashOf.get(row.username ?? '')?.toString('hex') ?? '') ?? null;
    return row.standing === null ? row : { ...row, standing: { ...row.standing, lockedUntil } };
  });
};

/** `/api/log-ins`: who has one, handing one out, a new first password. */
export const logInsRoutes = (app: App, deps: Deps): void => {
  app.openapi(listLogInsRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const { office, context } = actor.value;
    const { division, name, without } = c.req.valid('query');
    const strange = office === null ? fault('not-found') : mayAdminister(context, division);
    if (strange !== undefined) return refuseWith(c, [strange]);
    const rows = await inContext(deps, context, async (tx) => {
      await recordReading(tx, { what: 'log-ins', division, purpose: '查看账号', office });
      const at = deps.clock();
      return withLocks(
        deps,
        tx,
        await logInsOf(tx, { division, on: countyDate(at), at, name, without: without === 'yes' }),
      );
    });
    return c.json({ rows: rows.slice(0, mostLogIns), more: rows.length > mostLogIns }, 200);
  });
  app.openapi(handOutLogInRoute, (c) =>
    onSecretCommand(deps, c, c.req.valid('json'), (handing) => handOutLogIn(deps, handing)),
  );
  app.openapi(renewPasswordRoute, (c) =>
    onSecretCommand(deps, c, c.req.valid('param'), (handing) => renewPassword(deps, handing)),
  );
  app.openapi(closeLogInRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (handing) => closeLogIn(deps, handing)),
  );
  app.openapi(reopenLogInRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (handing) => reopenLogIn(deps, handing)),
  );
  app.openapi(unlockLogInRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (handing) => unlockLogIn(deps, handing)),
  );
  app.openapi(bindLogInRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (handing) => bindLogIn(deps, handing)),
  );
};
