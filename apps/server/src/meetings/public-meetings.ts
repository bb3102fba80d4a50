import { plainDate, type Instant, type PlainDate } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { inContext, publicContext } from '../storage/index.js';
import { itemsOf, listMeetingRows, type StoredItem, type StoredMeeting } from './meetings.store.js';

/** A meeting as anybody may read it: what, when, where, and what each vote came to; nobody by name. */
export interface PublicMeeting {
  readonly id: string;
  readonly title: string;
  readonly bodyName: string;
  readonly meetsAt: Instant;
  readonly room: string;
  readonly state: StoredMeeting['state'];
  readonly specialReason: string | null;
  readonly cancelledReason: string | null;
  readonly items: readonly {
    readonly number: number;
    readonly title: string;
    /** The matter it decides, whose public page says more; null for a topic. */
    readonly matter: string | null;
    readonly result: StoredItem['result'];
    readonly tally: {
      readonly entitled: number;
      readonly present: number;
      readonly approve: number;
      readonly against: number;
      readonly abstain: number;
      readonly spoiled: number;
    } | null;
    readonly conclusion: string | null;
  }[];
}

const publicOf = (meeting: StoredMeeting, items: readonly StoredItem[]): PublicMeeting => ({
  id: meeting.id,
  title: meeting.title,
  bodyName: meeting.bodyName,
  meetsAt: meeting.meetsAt,
  room: meeting.room,
  state: meeting.state,
  specialReason: meeting.specialReason,
  cancelledReason: meeting.cancelledReason,
  items: items
    .filter((item) => item.meeting === meeting.id)
    .map(({ number, title, matter, result, tally, conclusion }) => ({
      number,
      title,
      matter,
      result,
      tally:
        tally === null
          ? null
          : {
              entitled: tally.entitled,
              present: tally.present,
              approve: tally.approve,
              against: tally.against,
              abstain: tally.abstain,
              spoiled: tally.spoiled,
            },
      conclusion,
    })),
});

/** Open meetings of a village, the newest first (会议通知和结果), read as a visitor; from a day on. */
export const listPublicMeetings = (
  deps: Deps,
  village: string,
  from: PlainDate = plainDate('2000-01-01'),
): Promise<PublicMeeting[]> =>
  inContext(deps, publicContext(village), async (tx) => {
    const rows = await listMeetingRows(tx, {
      lo: village,
      hi: `${village}:`,
      from,
      to: null,
      open: true,
    });
    const items = await itemsOf(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => publicOf(row, items)).toReversed();
  });
