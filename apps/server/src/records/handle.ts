import { fault, refuse, type Result } from '@lianxin/domain';
import type { Context } from 'hono';
import { actorOf, type SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { answerWith, refuseWith } from '../http/answer.js';
import type { Answer } from '../http/command.js';
import { commandIdOf } from '../http/command-id.js';
import type { Environment } from '../http/environment.js';
import { inContext, type Tx } from '../storage/index.js';
import type { Given } from './enter-record.js';

type C = Context<Environment>;

/** Answers a query of an office; a resident finds nothing. */
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

/** Runs a command of the person logged in, in the office held. */
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
