import type { ActView, ActorView, ClockView, Tracking } from '@lianxin/contract';
import type { ProgressStep, StepClock } from '../components/progress-steps/progress-steps.js';
import type { PageSetting } from '../setting.js';
import { showDay, showDayOf, showMoment } from '../words/days.js';

/** Who did something, as the holder of a receipt may see it: offices and posts, never a resident's name. */
const whoWords = (setting: PageSetting, by: ActorView, onBehalfOf: string | null): string => {
  const { track } = setting.words;
  if (by.kind === 'resident') return track.resident;
  if (by.kind === 'system') return track.system;
  const office = [by.body, by.post, by.name].filter(Boolean).join(' ');
  return onBehalfOf ? `${office} (${track.onBehalf})` : office;
};

const files = new Set(['file', 'files']);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What was written with an act, a line a field; attachments as their number, and no ids, which say nothing to anybody. */
const noteOf = (setting: PageSetting, field: ActView['fields'][number]): string | undefined => {
  const { track } = setting.words;
  const said = (text: string) => `${field.title}${setting.language === 'en' ? ': ' : '：'}${text}`;
  if (files.has(field.type)) return said(track.attached(Array.isArray(field.value) ? field.value.length : 1));
  return uuid.test(field.text) ? undefined : said(field.text);
};

const stepOfAct = (setting: PageSetting, act: ActView): ProgressStep => {
  const { track } = setting.words;
  return {
    state: 'done',
    stateWords: track.states.done,
    title: act.title,
    who: whoWords(setting, act.by, act.onBehalfOf),
    at: showMoment(act.occurredAt, setting.language),
    recorded: act.lateEntry ? track.lateEntry(showDayOf(act.recordedAt, setting.language).text) : undefined,
    note: act.fields.flatMap((field) => noteOf(setting, field) ?? []).join('\n') || undefined,
  };
};

const dayMilliseconds = 86_400_000;
const wholeDays = (milliseconds: number): number => Math.max(0, Math.floor(milliseconds / dayMilliseconds));

/** Both clocks: until when, how long it has run, and how much of that it stood still. */
const clockOf = (setting: PageSetting, clock: ClockView, now: string): StepClock => {
  const { track } = setting.words;
  const end = Date.parse(now);
  const rested = clock.pauses.reduce(
    (sum, pause) => sum + (pause.to === null ? end : Date.parse(pause.to)) - Date.parse(pause.from),
    0,
  );
  const ran = track.ran(track.days(wholeDays(end - Date.parse(clock.from))));
  const paused = clock.pausedSince
    ? `${track.pausedClock(showDayOf(clock.pausedSince, setting.language).text, clock.pausedCause ?? '')}${setting.language === 'en' ? ' · ' : '；'}`
    : '';
  return {
    label: clock.title,
    until: showDay(clock.due, setting.language),
    provisional: clock.provisional ? track.provisional : undefined,
    late: clock.overdueDays > 0 ? track.late(clock.overdueDays) : undefined,
    paused:
      wholeDays(rested) > 0 || clock.pausedSince
        ? `${paused}${ran}, ${track.rested(track.days(wholeDays(rested)))}`
        : undefined,
  };
};

/** Clocks that still run; a stage entered twice has its clock twice, and two that say the same are shown once. */
const distinct = (clocks: readonly ClockView[]): readonly ClockView[] =>
  clocks
    .filter((clock) => !clock.met)
    .filter((clock, at, all) => all.findIndex((each) => each.title === clock.title && each.due === clock.due) === at);

const stateOfNow = (tracking: Tracking): ProgressStep['state'] => {
  if (tracking.state === 'ended') return 'ended';
  if (tracking.state === 'paused') return 'paused';
  return tracking.overdueDays > 0 ? 'late' : 'now';
};

/** Kind and words of the matter stand beside the steps; the first step does not say them again. */
const withoutWhatStandsBeside = (opening: ActView, tracking: Tracking): ActView => ({
  ...opening,
  fields: opening.fields.filter(({ text }) => text !== tracking.subject && text !== tracking.kindTitle),
});

/**
 * What was done, in order, then where it stands: who holds it and until when, both clocks when one stands still.
 * Derived from the acts alone, so that the page can never disagree with the record.
 */
export const stepsOf = (setting: PageSetting, tracking: Tracking, now: string): readonly ProgressStep[] => {
  const { track } = setting.words;
  const state = stateOfNow(tracking);
  const last: ProgressStep =
    state === 'ended'
      ? {
          state,
          stateWords: track.states.ended,
          title: track.closedWith(tracking.resultTitle ?? track.states.ended),
        }
      : {
          state,
          stateWords: tracking.claimed ? track.yourTurn : track.states[state],
          title: tracking.stageTitle ?? track.states[state],
          who: tracking.holder ?? undefined,
          clocks: distinct(tracking.clocks).map((clock) => clockOf(setting, clock, now)),
          note: tracking.clocks.some((clock) => clock.provisional) ? track.provisionalWhy : undefined,
        };
  const [opening, ...later] = tracking.acts;
  const told = opening === undefined ? [] : [withoutWhatStandsBeside(opening, tracking)];
  return [...[...told, ...later].map((act) => stepOfAct(setting, act)), last];
};
