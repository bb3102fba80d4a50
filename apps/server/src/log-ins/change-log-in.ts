import { fault, type Fault } from '@lianxin/domain';
import { issuerName, nameHash } from '../access/index.js';
import type { Deps } from '../deps.js';
import { runCommand, type Answer, type Outcome } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import type { Tx } from '../storage/index.js';
import type { Handing } from './hand-out.js';
import { mayAdminister } from './log-ins.access.js';
import { bindAccount, closeAccount, divisionOfPerson, reopenAccount, unlockName, usernameIn } from './log-ins.store.js';

/** Whose log-in, and why. */
export interface Changing {
  readonly person: string;
  readonly reason: string;
}
type ChangeDeps = Pick<Deps, 'pool' | 'clock' | 'newId' | 'random' | 'keys' | 'config'>;

/**
 * Changes a log-in of the range, with the reason in the journal. Refuses `not-found` outside the range, for a person without one and for
 * oneself, `capability-missing` without the duty, and whatever the change itself refuses.
 */
const change = <Input extends Changing>(
  deps: ChangeDeps,
  { actor, commandId, input }: Handing<Input>,
  what: { readonly path: string; readonly name: string },
  work: (tx: Tx) => Promise<Fault | undefined>,
): Promise<Answer> =>
  runCommand(
    deps,
    { actor, commandId, route: `POST /api/log-ins/{person}/${what.path}`, body: input },
    async (tx): Promise<Outcome> => {
      const division = await divisionOfPerson(tx, input.person);
      const strange = mayAdminister(tx.context, division ?? '000000000000');
      if (strange !== undefined) return { faults: [strange] };
      const none = division === undefined || (await usernameIn(tx, input.person)) === undefined;
      if (none || input.person === tx.context.uid) return { faults: [fault('not-found')] };
      const refused = await work(tx);
      if (refused !== undefined) return { faults: [refused] };
      writeJournal(tx, {
        kind: 'account.change',
        division,
        commandId,
        pub: { change: what.name },
        commitFields: { person: input.person, reason: input.reason },
      });
      return { status: 201, body: { id: input.person } };
    },
  );

const unless = (done: boolean): Fault | undefined => (done ? undefined : fault('already-done'));

/** Closes a log-in 停用账号: nobody gets in by it any more, and its sessions end. Refuses `already-done` besides. */
export const closeLogIn = (deps: ChangeDeps, handing: Handing<Changing>): Promise<Answer> =>
  change(deps, handing, { path: 'closing', name: 'close' }, async (tx) =>
    unless(await closeAccount(tx, handing.input.person)),
  );

/** Opens a closed log-in again 恢复账号; what it may do is what the appointments of today give. Refuses `already-done` besides. */
export const reopenLogIn = (deps: ChangeDeps, handing: Handing<Changing>): Promise<Answer> =>
  change(deps, handing, { path: 'reopening', name: 'reopen' }, async (tx) =>
    unless(await reopenAccount(tx, handing.input.person)),
  );

/** Unlocks a name that wrong passwords have locked 解锁账号, everywhere. Refuses `already-done` when nothing is locked. */
export const unlockLogIn = (deps: ChangeDeps, handing: Handing<Changing>): Promise<Answer> =>
  change(deps, handing, { path: 'unlocking', name: 'unlock' }, async (tx) => {
    const hash = nameHash(deps, (await usernameIn(tx, handing.input.person)) ?? '');
    return unless(hash !== undefined && (await unlockName(tx, handing.input.person, hash)));
  });

/**
 * Binds a log-in to somebody at the county's sign-on 绑定统一身份, as the provider's own administrator names him. Refuses `not-found` where
 * no sign-on is configured, `already-exists` when he is bound to another log-in.
 */
export const bindLogIn = (
  deps: ChangeDeps,
  handing: Handing<Changing & { readonly subject: string }>,
): Promise<Answer> =>
  change(deps, handing, { path: 'sign-on', name: 'sign-on' }, async (tx) => {
    const { signOn } = deps.config;
    if (signOn === undefined) return fault('not-found');
    const whom = { issuer: issuerName(signOn.issuer), subject: handing.input.subject };
    const done = await bindAccount(tx, handing.input.person, whom);
    if (done === 'taken') return fault('already-exists', { what: '此统一身份的绑定' });
    return done === 'done' ? undefined : fault('not-found');
  });
