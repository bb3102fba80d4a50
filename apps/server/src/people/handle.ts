import type { Context as HonoContext } from 'hono';
import { countyDate, fault, type Result } from '@lianxin/domain';
import { actorOf, asResident, sessionOf, type SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { answerWith, refuseWith } from '../http/answer.js';
import type { Answer } from '../http/command.js';
import { commandIdOf } from '../http/command-id.js';
import type { Environment } from '../http/environment.js';
import { inContext, publicContext, type Tx } from '../storage/index.js';
import type { Change } from './carry-out.js';

type C = HonoContext<Environment>;

/** The server's day in the county. */
export const today = (deps: Deps): string => countyDate(deps.clock());

/** Runs a command of the person logged in, in the office held, and answers with what it gave. */
export const onCommand = async <Input>(
  deps: Deps,
  c: C,
  input: Input,
  run: (change: Change<Input>) => Promise<Answer>,
): Promise<never> => {
  const actor = await actorOf(deps, c);
  if (!actor.ok) return refuseWith(c, actor.faults);
  const commandId = commandIdOf(c);
  if (!commandId.ok) return refuseWith(c, commandId.faults);
  return answerWith(c, await run({ actor: actor.value, commandId: commandId.value, input }));
};

/** Answers a query of the person logged in, in the office held; the registers are an office's to read, a resident finds nothing. */
export const onQuery = async <View>(
  deps: Deps,
  c: C,
  read: (tx: Tx, actor: SessionActor) => Promise<Result<View>>,
): Promise<Result<View>> => {
  const actor = await actorOf(deps, c);
  if (!actor.ok) return actor;
  if (actor.value.office === null) return { ok: false, faults: [fault('not-found')] };
  return inContext(deps, actor.value.context, (tx) => read(tx, actor.value));
};

/** Answers a query about oneself: as a resident, whatever offices are held, so that an office opens nothing more. */
export const onOwnQuery = async <View>(deps: Deps, c: C, read: (tx: Tx) => Promise<View>): Promise<Result<View>> => {
  const session = await sessionOf(deps, c);
  if (session === null) return { ok: false, faults: [fault('not-signed-in')] };
  const value = await inContext(deps, asResident(session).context, read);
  return { ok: true, value };
};

/** Answers a query that anybody may ask about a village. */
export const onOpenQuery = async <View>(deps: Deps, division: string, read: (tx: Tx) => Promise<View>): Promise<View> =>
  inContext(deps, publicContext(division), read);
