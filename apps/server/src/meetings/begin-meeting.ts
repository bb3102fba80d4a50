import type { Given } from '../access/index.js';
import { countyDate, fault } from '@lianxin/domain';
import { freezeRoll, membersOn } from '../ballots/index.js';
import type { Answer } from '../http/command.js';
import type { MatterDeps } from '../matters/index.js';
import { done, onMeeting } from './command.js';
import { dayOfMeeting, membersById } from './meetings.store.js';
import { setMeeting } from './write-meeting.store.js';

/** Who leads it, and what the registers did not know of the roll. */
export interface Beginning {
  readonly id: string;
  readonly chair?: string | undefined;
  readonly add: readonly { readonly person: string; readonly because: string }[];
  readonly leaveOut: readonly string[];
}

/**
 * Begins a meeting: its roll is frozen as the registers have it on the day, with the corrections given here and their reasons, and nothing reaches into it
 * afterwards.
 *
 * Refuses `must-wait` before the day, `roll-empty`, `not-found` for somebody unknown, `meeting-begun`, `meeting-over`.
 */
export const beginMeeting = (deps: MatterDeps, given: Given<Beginning>): Promise<Answer> =>
  onMeeting(deps, given, 'POST /api/meetings/{id}/begin', '开始会议', ['called'], async ({ tx, file, keep }) => {
    const { meeting } = file;
    const { add, leaveOut, chair } = given.input;
    const day = dayOfMeeting(meeting);
    const today = countyDate(deps.clock());
    if (today < day) return { faults: [fault('must-wait', { until: day })] };
    const known = await membersOn(tx, meeting.roll, meeting.division, today);
    const left = new Set(leaveOut);
    const has = new Set(known.map(({ person }) => person));
    const wanted = add.filter(({ person }) => !has.has(person));
    const found = await membersById(
      tx,
      wanted.map(({ person }) => person),
    );
    if (found.length < wanted.length) return { faults: [fault('not-found')] };
    const reasons = new Map(wanted.map(({ person, because }) => [person, because]));
    const members = [
      ...known.filter(({ person }) => !left.has(person)),
      ...found.map((member) => ({ ...member, addedBecause: reasons.get(member.person) })),
    ].toSorted((a, b) => (a.person < b.person ? -1 : 1));
    if (members.length === 0) return { faults: [fault('roll-empty', { body: meeting.bodyName })] };
    await freezeRoll(tx, meeting, meeting.roll, today, members);
    await setMeeting(tx, meeting.id, { state: 'open', begunAt: deps.clock(), chair: chair ?? null });
    keep('begin', { roll: members.length, added: found.length, leftOut: known.length + found.length - members.length });
    return done(meeting.id);
  });
