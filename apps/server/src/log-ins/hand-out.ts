import { fault, type Fault } from '@lianxin/domain';
import { hashPassword, usernameOf } from '../access/index.js';
import type { Deps } from '../deps.js';
import { runCommand, type Answer, type Command, type Outcome } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import type { Tx } from '../storage/index.js';
import { firstPassword } from './first-password.js';
import { mayAdminister } from './log-ins.access.js';
import { addLogIn, divisionOfPerson, putPassword } from './log-ins.store.js';

/** A command about one person's log-in as it arrives. */
export interface Handing<Input> {
  readonly actor: Command['actor'];
  readonly commandId: string;
  readonly input: Input;
}
type HandDeps = Pick<Deps, 'pool' | 'clock' | 'newId' | 'random' | 'keys'>;

/** Puts the password into an answer that was kept without it. */
const withPassword = (answer: Answer, password: string): Answer =>
  'faults' in answer ? answer : { ...answer, body: { ...(answer.body as object), password } };

const refused = (one: Fault): Outcome => ({ faults: [one] });

/** Where the person lives, if this office may hand out log-ins there; otherwise the refusal. */
const placeOf = async (tx: Tx, person: string): Promise<{ division: string } | { refusal: Fault }> => {
  const division = await divisionOfPerson(tx, person);
  const why = mayAdminister(tx.context, division ?? '000000000000');
  if (why !== undefined) return { refusal: why };
  return division === undefined ? { refusal: fault('not-found') } : { division };
};

/**
 * Hands out a log-in 开通账号 to a person on record, with a first password that is shown in the answer and kept nowhere.
 *
 * Refuses `field-invalid` for a name of another shape, `already-exists` when the name is taken or the person has a log-in,
 * `capability-missing`, `not-found`.
 */
export const handOutLogIn = async (
  deps: HandDeps,
  { actor, commandId, input }: Handing<{ readonly person: string; readonly username: string }>,
): Promise<Answer> => {
  const password = firstPassword(deps.keys, input.person, commandId);
  const answer = await runCommand(
    deps,
    { actor, commandId, route: 'POST /api/log-ins', body: input },
    async (tx): Promise<Outcome> => {
      const where = await placeOf(tx, input.person);
      if ('refusal' in where) return refused(where.refusal);
      const username = usernameOf(input.username);
      if (!username.ok) return { faults: username.faults };
      const done = await addLogIn(tx, {
        person: input.person,
        account: tx.makers.newId(),
        credential: tx.makers.newId(),
        username: username.value,
        shown: input.username,
        hash: await hashPassword(password),
      });
      if (done !== 'done')
        return refused(done === 'taken' ? fault('already-exists', { what: username.value }) : fault('not-found'));
      writeJournal(tx, {
        kind: 'account.change',
        division: where.division,
        commandId,
        pub: { change: 'hand-out' },
        commitFields: { person: input.person, username: username.value },
      });
      return { status: 201, body: { id: input.person, username: username.value } };
    },
  );
  return withPassword(answer, password);
};

/** A new first password 重设密码 for a person who has a log-in; every session of it ends. Refuses as `handOutLogIn` does. */
export const renewPassword = async (
  deps: HandDeps,
  { actor, commandId, input }: Handing<{ readonly person: string }>,
): Promise<Answer> => {
  const password = firstPassword(deps.keys, input.person, commandId);
  const answer = await runCommand(
    deps,
    { actor, commandId, route: 'POST /api/log-ins/{person}/password', body: input },
    async (tx): Promise<Outcome> => {
      const where = await placeOf(tx, input.person);
      if ('refusal' in where) return refused(where.refusal);
      const username = await putPassword(tx, input.person, await hashPassword(password));
      if (username === undefined) return refused(fault('not-found'));
      writeJournal(tx, {
        kind: 'account.change',
        division: where.division,
        commandId,
        pub: { change: 'password' },
        commitFields: { person: input.person },
      });
      return { status: 201, body: { id: input.person, username } };
    },
  );
  return withPassword(answer, password);
};
