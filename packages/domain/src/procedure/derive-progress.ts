import type { Calendar } from '../calendar/index.js';
import type { Instant } from '../date/index.js';
import { actsInOrder, isUpTo } from './acts-in-order.js';
import { applyAct } from './apply-act.js';
import { clocksOf, readPause } from './clocks-of.js';
import type { MatterRecord } from './matter.js';
import { planOf } from './plan.js';
import type { Procedure } from './procedure.js';
import type { Progress } from './progress.js';
import type { LateLimit } from './ruling.js';
import { emptyStanding, pauseAt, type Standing } from './standing-of.js';

/** The standing after every act up to a moment. */
export function standingAt(procedure: Procedure, record: MatterRecord, calendar: Calendar, now: Instant): Standing {
  const standing = emptyStanding(planOf(procedure), record, calendar);
  for (const act of actsInOrder(record.acts)) if (isUpTo(act.occurredAt, now)) applyAct(standing, act);
  return standing;
}

/** Reads a standing out as progress; what is read out no longer changes. */
export function readStanding(standing: Standing, now: Instant): Progress {
  const paused = pauseAt(standing, now);
  const { clocks, unresolved } = clocksOf(standing, now);
  const ended = standing.ended;
  return {
    stage: standing.stage,
    branches: { ...standing.branches },
    state: ended !== undefined ? 'ended' : paused !== undefined ? 'paused' : 'open',
    ...(standing.result === undefined ? {} : { result: standing.result }),
    ...(ended === undefined ? {} : { ended }),
    level: standing.level,
    holder: standing.holder,
    offer: standing.offer,
    firstContact: standing.firstContact,
    responsible: standing.responsible,
    handlers: [...standing.handlers],
    form: { ...standing.form },
    fields: { ...standing.fields },
    clocks,
    unresolved,
    paused: paused === undefined ? null : readPause(paused, now),
    stations: standing.stations.map((station) => ({ ...station })),
    visits: standing.visits.map((visit) => ({ ...visit })),
    reclassified: [...standing.reclassified],
    signatures: [...standing.signatures],
    oneTimeNotice: [...standing.oneTimeNotice],
    ...(standing.rating === undefined ? {} : { rating: standing.rating }),
    counts: {
      acts: { ...standing.acts },
      kinds: { ...standing.kinds },
      breaches: standing.breaches,
      reopened: standing.reopened,
    },
  };
}

/**
 * Where a matter stands at a moment, derived from its acts and nothing else.
 *
 * Acts count in the order in which they occurred; acts after `now` do not count, so any past moment can be asked about. Nothing is
 * stored: a status column is a copy of this, and a test rebuilds and compares it (P1, P2).
 */
export function deriveProgress(procedure: Procedure, record: MatterRecord, calendar: Calendar, now: Instant): Progress {
  return readStanding(standingAt(procedure, record, calendar, now), now);
}

/**
 * The limits that have passed without being met, with what the rule says follows; for the job that carries deadlines out.
 * A clock that stands still is not late. What follows is a reminder, a hand-up, a problem noted: never a penalty [DY-70].
 */
export function lateLimits(procedure: Procedure, record: MatterRecord, calendar: Calendar, now: Instant): LateLimit[] {
  const plan = planOf(procedure);
  const progress = deriveProgress(procedure, record, calendar, now);
  return progress.clocks.flatMap((clock) => {
    if (clock.state !== 'running' || !clock.late) return [];
    const limit = plan.limits.find((one) => one.id === clock.id && one.place === clock.stage)?.limit;
    const ofStage = clock.stage === null ? undefined : plan.stages.get(clock.stage)?.part.onLate;
    return [
      { clock: clock.id, due: clock.due, since: clock.from, follow: [...(limit?.onLate ?? []), ...(ofStage ?? [])] },
    ];
  });
}
