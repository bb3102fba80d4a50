import type { Given } from '../access/index.js';
import { countyDate, fault, type Instant, type RollFor } from '@lianxin/domain';
import { membersOn, rollOf } from '../ballots/index.js';
import type { Answer } from '../http/command.js';
import { actWithin, votesOfMatter, type MatterDeps } from '../matters/index.js';
import { conveningFields } from './call-meeting.js';
import { done, onMeeting } from './command.js';
import { dayOfMeeting } from './meetings.store.js';
import { setMeeting } from './write-meeting.store.js';
import { takeBackNotices, tellInvited } from './tell-invited.js';

/** Another time or room. */
export interface ChangedMeeting {
  readonly id: string;
  readonly meetsAt: string;
  readonly room: string;
  readonly specialReason?: string | undefined;
}

/**
 * Moves a meeting that has not begun (改期): another day is another notice, given now and held to the same rule; everybody is told again.
 * Refuses `meeting-begun`, `meeting-over`, and what the procedures refuse.
 */
export const changeMeeting = (deps: MatterDeps, given: Given<ChangedMeeting>): Promise<Answer> =>
  onMeeting(deps, given, 'POST /api/meetings/{id}/change', '改变会议时间', ['called'], async ({ tx, file, keep }) => {
    const { meeting, items } = file;
    const { meetsAt, room, specialReason } = given.input;
    const on = dayOfMeeting({ meetsAt: meetsAt as Instant });
    if (on < countyDate(deps.clock()))
      return { faults: [fault('field-invalid', { field: '会议时间', reason: '已经过去' })] };
    const members = await membersOn(tx, meeting.roll, meeting.division, on);
    const roll: RollFor = (body, day) => (body === meeting.roll ? rollOf(members, body, day) : undefined);
    if (on !== dayOfMeeting(meeting)) {
      const agenda = items.map(({ title, number }) => `${number}. ${title}`).join('\n');
      for (const item of items) {
        if (item.matter === null) continue;
        const found = await votesOfMatter(deps, tx, given.actor, item.matter);
        const vote = found?.votes.find((one) => one.stage === item.stage);
        if (vote === undefined || vote.convene === null) continue;
        const fields = conveningFields(vote, meetsAt, agenda, specialReason);
        const { matter } = item;
        const { actor, commandId } = given;
        const acted = await actWithin(deps, tx, actor, {
          matter,
          act: 'convene',
          stage: vote.stage,
          fields,
          commandId,
          roll,
        });
        if (!acted.ok) return { faults: acted.faults };
      }
    }
    await setMeeting(tx, meeting.id, {
      meetsAt,
      room,
      specialReason: specialReason ?? meeting.specialReason,
      changes: meeting.changes + 1,
    });
    await takeBackNotices(
      tx,
      items.flatMap((item) => item.matter ?? []),
    );
    const invited = members.map(({ person }) => person);
    await tellInvited(tx, { ...meeting, meetsAt, room, invited, items });
    keep('change', { on, room });
    return done(meeting.id);
  });

/** Cancels a meeting that has not begun (取消), with the reason; its matters wait for another one. Refuses `meeting-begun`, `meeting-over`. */
export const cancelMeeting = (
  deps: MatterDeps,
  given: Given<{ readonly id: string; readonly reason: string }>,
): Promise<Answer> =>
  onMeeting(deps, given, 'POST /api/meetings/{id}/cancel', '取消会议', ['called'], async ({ tx, file, keep }) => {
    const { reason } = given.input;
    await setMeeting(tx, file.meeting.id, { state: 'cancelled', cancelledReason: reason });
    await takeBackNotices(
      tx,
      file.items.flatMap((item) => item.matter ?? []),
    );
    keep('cancel', { reason });
    return done(file.meeting.id);
  });

/**
 * Ends a meeting (结束): every vote is over, adjourned or concluded by then; what was not dealt with stays on its matter.
 * Refuses `vote-open`, `meeting-not-open`, `meeting-over`.
 */
export const endMeeting = (deps: MatterDeps, given: Given<{ readonly id: string }>): Promise<Answer> =>
  onMeeting(deps, given, 'POST /api/meetings/{id}/end', '结束会议', ['open'], async ({ tx, file, keep }) => {
    const open = file.items.find((item) => item.state === 'voting');
    if (open !== undefined) return { faults: [fault('vote-open', { item: open.title })] };
    await setMeeting(tx, file.meeting.id, { state: 'over', overAt: deps.clock() });
    await takeBackNotices(
      tx,
      file.items.flatMap((item) => item.matter ?? []),
    );
    keep('end');
    return done(file.meeting.id);
  });
