import { fault, type Fault } from '@lianxin/domain';
import type { Given } from '../access/index.js';
import { runCommand, type Answer, type Outcome } from '../http/command.js';
import { writeJournal, type JournalValue } from '../journal/index.js';
import { actWithin, type MatterDeps } from '../matters/index.js';
import type { FieldValues } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';
import { faultOfRunning } from './secret-ballots.access.js';
import { alone, readBallot, type StoredBallot } from './secret-ballots.store.js';

/** What a command on a ballot works with. */
export interface OnBallot {
  readonly tx: Tx;
  readonly ballot: StoredBallot;
  /** Keeps in the journal what was done; never at which hour, to anybody who reads the log. */
  readonly keep: (what: string, fields?: Readonly<Record<string, JournalValue>>) => void;
  /** Does an act on the ballot's matter, ruled on by its procedure. */
  readonly act: (act: string, fields?: FieldValues) => Promise<readonly Fault[]>;
}

/** Which fault it is to come to a ballot in another state. */
const untimely = { open: 'ballot-over', closed: 'ballot-not-closed' } as const;

/**
 * Runs a command on one ballot: one at a time, by somebody who runs ballots there, in the state in which it makes sense.
 * Refuses `not-found`, `not-your-act`, `ballot-over`, `ballot-not-closed`.
 */
export const onBallot = <Input extends { readonly id: string }>(
  deps: MatterDeps,
  given: Given<Input>,
  route: string,
  state: 'open' | 'closed',
  work: (on: OnBallot) => Promise<Outcome>,
): Promise<Answer> => {
  const { actor, commandId, input } = given;
  return runCommand(deps, { actor, commandId, route, body: input }, async (tx) => {
    const seen = await readBallot(tx, input.id);
    if (seen === undefined) return { faults: [fault('not-found')] };
    const strange = faultOfRunning(tx, actor, seen.division, seen.body.split(','));
    if (strange !== undefined) return { faults: [strange] };
    await alone(tx, input.id);
    const ballot = (await readBallot(tx, input.id)) ?? seen;
    if (ballot.state !== state)
      return { faults: [fault(state === 'closed' && ballot.state !== 'open' ? 'already-done' : untimely[state])] };
    const { division } = ballot;
    return work({
      tx,
      ballot,
      keep: (what, fields = {}) => {
        writeJournal(tx, {
          kind: 'ballot.work',
          division,
          commandId,
          commitFields: { ballot: ballot.id, what, ...fields },
        });
      },
      act: async (act, fields = {}) => {
        const acted = await actWithin(deps, tx, actor, { matter: ballot.matter, act, fields, commandId });
        return acted.ok ? [] : acted.faults;
      },
    });
  });
};

/** Every command answers with the ballot it changed. */
export const done = (id: string): Outcome => ({ status: 200, body: { id } });
