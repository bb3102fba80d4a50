import { deadlineOf, type PlainDate } from '@lianxin/domain';
import type { ActContext } from './act-context.js';
import type { MatterFile } from './matter-file.js';
import type { NewFollowUp } from './matters.store.js';

/** The last two of five levels are low ratings 差评 (LAW-GS-1). */
const isLow = (level: number): boolean => level <= 2;

/** The setting that says within how long a low rating is followed up; how long is local (LAW-GS-3). */
const setting = 'low-rating-follow-up';

/** Where no pack sets it: a date for the reminder, not a rule about anybody. */
const otherwise = { days: 7 } as const;

const limitFor = (context: ActContext, place: string, on: PlainDate) => {
  for (const { rule } of context.rules.rulesFor(place, on, 'settings')) {
    const { settings } = rule.rule as { settings?: { id: string; duration?: unknown }[] };
    const found = settings?.find((one) => one.id === setting)?.duration;
    if (typeof found === 'object' && found !== null && !('setLocally' in found)) return found as typeof otherwise;
  }
  return otherwise;
};

/**
 * The follow-up (差评回访) that a low rating opens [DY-71]: for the office that had the matter, without the name of who rated.
 * Undefined for a rating that is not low. A coming year's holidays may move the date; it is a reminder and stays as first set.
 */
export const lowRatingFollowUp = (
  context: ActContext,
  file: MatterFile,
  level: number,
  today: PlainDate,
): NewFollowUp | undefined => {
  if (!isLow(level)) return undefined;
  const { matter } = file;
  const due = deadlineOf(limitFor(context, matter.place, today), today, context.calendar);
  const body = matter.holder_body ?? file.acts.findLast((act) => act.office_body !== null)?.office_body ?? null;
  return {
    county: context.county,
    id: context.deps.newId(),
    division: matter.division,
    matter: matter.id,
    cause: 'low-rating',
    text: `${matter.number} 收到不满意评价，请核查原因、整改并回复`,
    due: due.ok ? due.value.due : today,
    person: null,
    office_post: null,
    office_body: null,
    to_body: body,
    recorded_at: context.now,
  };
};
