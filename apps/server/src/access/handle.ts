import { fault, refuse, type Result } from '@lianxin/domain';
import type { Context } from 'hono';
import type { Deps } from '../deps.js';
import { answerWith, refuseWith } from '../http/answer.js';
import type { Answer } from '../http/command.js';
import { commandIdOf } from '../http/command-id.js';
import type { Environment } from '../http/environment.js';
import { inContext, publicContext, type Tx } from '../storage/index.js';
import { asResident } from './actor.js';
import { actorOf, nobodyHere, sessionOf } from './find-session.js';
import type { Caller } from './open-session.js';
import type { Session, SessionActor } from './session.js';

type C = Context<Environment>;

/** What a command of an office works from: who gives it, under which id, and what was entered. */
export interface Given<Input> {
  readonly actor: SessionActor;
  readonly commandId: string;
  readonly input: Input;
}

/**
 * Runs a command of the person logged in, in the office held, and answers with what it gave; refuses who is not logged in and a
 * request without a command id. Here once, so that no feature can leave either check out.
 */
export const onCommand = async <Input>(
  deps: Deps,
  c: C,
  input: Input,
  run: (given: Given<Input>) => Promise<Answer>,
): Promise<never> => {
  const actor = await actorOf(deps, c);
  if (!actor.ok) return refuseWith(c, actor.faults);
  const commandId = commandIdOf(c);
  if (!commandId.ok) return refuseWith(c, commandId.faults);
  return answerWith(c, await run({ actor: actor.value, commandId: commandId.value, input }));
};

/** Answers a query of the person logged in, in the office held; what offices read is not there for a resident (`not-found`). */
export const onQuery = async <View>(
  deps: Deps,
  c: C,
  read: (tx: Tx, actor: SessionActor) => Promise<Result<View>>,
): Promise<Result<View>> => {
  const actor = await actorOf(deps, c);
  if (!actor.ok) return actor;
  if (actor.value.office === null) return refuse(fault('not-found'));
  return inContext(deps, actor.value.context, (tx) => read(tx, actor.value));
};

/** Answers a query about oneself: as a resident, whatever offices are held, so that an office opens nothing more. */
export const onOwnQuery = async <View>(deps: Deps, c: C, read: (tx: Tx) => Promise<View>): Promise<Result<View>> => {
  const session = await sessionOf(deps, c);
  if (session === null) return refuse(nobodyHere(c));
  const value = await inContext(deps, asResident(session).context, read);
  return { ok: true, value };
};

/** Answers a query that anybody may ask about a village. */
export const onOpenQuery = async <View>(deps: Deps, division: string, read: (tx: Tx) => Promise<View>): Promise<View> =>
  inContext(deps, publicContext(division), read);

/** Where a log-in comes from, for the list of sessions. */
export const callerOf = (c: C): Caller => ({ address: c.get('address'), userAgent: c.req.header('user-agent') });

/** Does something to the own account and answers; refuses who is not logged in. */
export const owning = async <View>(
  deps: Deps,
  c: C,
  work: (session: Session) => Promise<Result<View>>,
  send: (view: View) => Response,
): Promise<never> => {
  const session = await sessionOf(deps, c);
  if (session === null) return refuseWith(c, [nobodyHere(c)]);
  const done = await work(session);
  return done.ok ? (send(done.value) as never) : refuseWith(c, done.faults);
};
