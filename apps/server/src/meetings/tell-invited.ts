import type { Tx } from '../storage/index.js';
import type { NewMeeting } from './write-meeting.store.js';

const countyTime = (instant: string): string =>
  new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(new Date(instant));

/** Puts the notice of a meeting into the inbox of everybody invited, beside the first matter it decides; a meeting without one is found in 我的会议. */
export const tellInvited = async (
  tx: Tx,
  meeting: Pick<NewMeeting, 'id' | 'division' | 'title' | 'meetsAt' | 'room' | 'invited' | 'items'>,
): Promise<void> => {
  const [matter] = meeting.items.flatMap((item) => item.matter ?? []);
  if (matter === undefined) return;
  const ids = meeting.invited.map(() => tx.makers.newId());
  await tx.run(
    `insert into lx.inbox_item (county, id, division, person, matter, kind, what, due, recorded_at)
     select $1, i.id, $2, i.person, $5, 'meeting-called', $6, ($7::timestamptz at time zone 'Asia/Shanghai')::date, $8
     from unnest($3::uuid[], $4::uuid[]) as i (id, person)`,
    [
      tx.context.county,
      meeting.division,
      ids,
      meeting.invited,
      matter,
      `会议通知：${meeting.title}，${countyTime(meeting.meetsAt)}，${meeting.room}`,
      meeting.meetsAt,
      tx.makers.clock(),
    ],
  );
};

/** Takes the notices of a meeting out of the inboxes: it has ended, was cancelled, or another notice takes their place. */
export const takeBackNotices = async (tx: Tx, matters: readonly string[]): Promise<void> => {
  await tx.run(
    `update lx.inbox_item set done_at = $3 where county = $1 and matter = any ($2::uuid[]) and kind = 'meeting-called' and done_at is null`,
    [tx.context.county, matters, tx.makers.clock()],
  );
};
