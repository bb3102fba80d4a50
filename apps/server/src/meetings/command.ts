import { fault, type Fault } from '@lianxin/domain';
import type { Given } from '../access/index.js';
import { runCommand, type Answer, type Outcome } from '../http/command.js';
import { writeJournal, type JournalValue } from '../journal/index.js';
import type { MatterDeps } from '../matters/index.js';
import type { Tx } from '../storage/index.js';
import { faultOfManaging } from './meetings.access.js';
import { loadMeeting, type MeetingFile, type StoredItem } from './meetings.store.js';
import { decideAlone } from './write-meeting.store.js';

/** What a command on a meeting works with. */
export interface OnMeeting {
  readonly tx: Tx;
  readonly file: MeetingFile;
  /** Keeps in the journal what was done. */
  readonly keep: (what: string, fields?: Readonly<Record<string, JournalValue>>) => void;
}

/** In which states of the meeting a command makes sense. */
type Allowed = readonly ('called' | 'open' | 'over')[];

const faultOfState = (file: MeetingFile, allowed: Allowed): Fault | undefined => {
  const { state } = file.meeting;
  if (state !== 'cancelled' && allowed.includes(state)) return undefined;
  if (state === 'cancelled' || state === 'over') return fault('meeting-over');
  return state === 'open' ? fault('meeting-begun') : fault('meeting-not-open');
};

/**
 * Runs a command on one meeting: one at a time, by somebody who runs meetings there, in a state in which it makes sense.
 * Refuses `not-found`, `not-your-act`, `meeting-not-open`, `meeting-begun`, `meeting-over`.
 */
export const onMeeting = <Input extends { readonly id: string }>(
  deps: MatterDeps,
  given: Given<Input>,
  route: string,
  act: string,
  allowed: Allowed,
  work: (on: OnMeeting) => Promise<Outcome>,
): Promise<Answer> => {
  const { actor, commandId, input } = given;
  return runCommand(deps, { actor, commandId, route, body: input }, async (tx) => {
    const seen = await loadMeeting(tx, input.id);
    if (seen === undefined) return { faults: [fault('not-found')] };
    const { division } = seen.meeting;
    const strange = faultOfManaging(tx, actor, seen.meeting, act);
    if (strange !== undefined) return { faults: [strange] };
    await decideAlone(tx, input.id);
    const file = (await loadMeeting(tx, input.id)) ?? seen;
    const untimely = faultOfState(file, allowed);
    if (untimely !== undefined) return { faults: [untimely] };
    const keep: OnMeeting['keep'] = (what, fields = {}) => {
      writeJournal(tx, {
        kind: 'meeting.change',
        division,
        commandId,
        commitFields: { meeting: input.id, what, ...fields },
      });
    };
    return work({ tx, file, keep });
  });
};

/** The item of a command; refuses `not-found` for one of another meeting. */
export const itemOf = (file: MeetingFile, id: string): StoredItem | undefined =>
  file.items.find((item) => item.id === id);

/** Every command answers with the meeting it changed. */
export const done = (id: string): Outcome => ({ status: 200, body: { id } });
