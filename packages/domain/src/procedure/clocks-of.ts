import { deadlineOf, isAfterDeadline, type Deadline } from '../calendar/index.js';
import type { Duration, Instant, PlainDate } from '../date/index.js';
import type { Fault, Result } from '../fault/index.js';
import { compareMoments, earlierOf } from './acts-in-order.js';
import { filled } from './plan.js';
import type { Clock, MatterPause, Progress } from './progress.js';
import { pauseAt, type FoldedPause, type Run, type Standing } from './standing-of.js';

/** A pause as it stands at a moment: answered, lapsed, or still open. */
export function readPause(pause: FoldedPause, now: Instant): MatterPause {
  const { from, cause, act } = pause;
  const end = earlierOf(pause.to ?? pause.lapses, pause.lapses);
  const over = pause.to !== undefined || compareMoments(end, now) <= 0;
  return { from, cause, act, until: pause.until as PlainDate, ...(over ? { to: end } : {}) };
}

/** The deadline of a run: its limit from its anchor, pauses added, then each extension from the day before it. */
function dueOf(standing: Standing, run: Run, now: Instant): Result<Deadline> {
  const running = run.planned.limit.runsOn !== true && standing.pauses.some((pause) => pause.to === undefined);
  const key = `${standing.pauses.length} ${run.extensions.length} ${run.met} ${running ? now : ''}`;
  if (run.computed?.key !== key) run.computed = { key, due: countDue(standing, run, now) };
  return run.computed.due;
}

function countDue(standing: Standing, run: Run, now: Instant): Result<Deadline> {
  const { calendar } = standing;
  const pauses =
    run.planned.limit.runsOn === true
      ? []
      : standing.pauses
          .filter((pause) => run.met === undefined || compareMoments(pause.from, run.met) < 0)
          .map((pause) => ({ ...readPause(pause, now), to: earlierOf(earlierOf(pause.to ?? now, now), pause.lapses) }))
          .filter((pause) => compareMoments(pause.to, run.from) > 0);
  const within: Duration = filled(run.planned.limit.within, run.planned.id);
  let due = deadlineOf(within, run.from, calendar, pauses);
  for (const by of run.extensions) {
    if (!due.ok) return due;
    const longer = deadlineOf(by, due.value.dueAt ?? due.value.due, calendar, pauses);
    due = longer.ok
      ? { ok: true, value: { ...longer.value, provisional: longer.value.provisional || due.value.provisional } }
      : longer;
  }
  return due;
}

/** Every run of every limit as a clock at a moment, and the faults that kept one from being computed. */
export function clocksOf(standing: Standing, now: Instant): Pick<Progress, 'clocks' | 'unresolved'> {
  const clocks: Clock[] = [];
  const unresolved: Fault[] = [];
  const paused = pauseAt(standing, now);
  for (const run of standing.runs) {
    const due = dueOf(standing, run, now);
    if (!due.ok) {
      unresolved.push(...due.faults);
      continue;
    }
    const { planned, met, from } = run;
    const stands = met === undefined && paused !== undefined && planned.limit.runsOn !== true;
    clocks.push({
      id: planned.id,
      title: planned.title,
      stage: planned.place,
      from,
      due: due.value.due,
      ...(due.value.dueAt === undefined ? {} : { dueAt: due.value.dueAt }),
      provisional: due.value.provisional,
      state: met === undefined ? (stands ? 'paused' : 'running') : 'met',
      ...(met === undefined ? {} : { met }),
      late: !stands && isAfterDeadline(due.value, met ?? now),
      ...(stands ? { paused: { since: paused.from, cause: paused.cause, until: paused.until as PlainDate } } : {}),
      pauses: planned.limit.runsOn === true ? [] : standing.pauses.map((pause) => readPause(pause, now)),
      extended: run.extensions.length,
    });
  }
  return { clocks, unresolved };
}

/** The clock of a limit that runs now, the latest if it ran several times. */
export const findRunningClock = (clocks: readonly Clock[], id: string): Clock | undefined =>
  clocks.findLast((clock) => clock.id === id && clock.state !== 'met');
