import type { Calendar } from '../calendar/index.js';
import { countyDate } from '../date/index.js';
import { fault, type Fault } from '../fault/index.js';
import { actsInOrder, compareMoments, isUpTo } from './acts-in-order.js';
import { applyAct } from './apply-act.js';
import { readStanding, standingAt } from './derive-progress.js';
import { effectsOf } from './effects-of.js';
import { factsOf, holds } from './facts-of.js';
import { faultsOfFields } from './field-faults.js';
import { OPEN, type Act, type Actor, type MatterRecord } from './matter.js';
import { findPlannedAct, type PlannedAct } from './plan.js';
import type { Procedure } from './procedure.js';
import type { RollFor } from './roll-for.js';
import type { Ruling } from './ruling.js';
import { faultsOfPlace } from './stage-faults.js';
import { faultsOfCondition, faultsOfRule } from './standing-faults.js';
import { isOpened, type Standing } from './standing-of.js';
import { faultsOfVote } from './vote-faults.js';
import { faultsOfActor } from './who-may.js';

/** The act that opens a matter, as a rule: the form of the procedure, asked of whoever may open it. */
export function openingOf(procedure: Procedure): PlannedAct {
  const { form: needs, onBehalf } = procedure;
  const by = procedure.opensBy ?? [{ anyone: true as const }];
  return {
    rule: { id: OPEN, title: '提出', kind: 'note', by, needs, ...(onBehalf === undefined ? {} : { onBehalf }) },
    by,
    group: 'standing',
    place: null,
    role: null,
  };
}

/**
 * Rules on an act: it passes with its effects and the progress after it, or it is refused with every fault there is.
 *
 * Judged by `act.occurredAt`: the acts before it count, the calendar and the rolls of that day hold, and a late entry is refused where a
 * later act could then not have been done. Nothing is performed; a refused act leaves no trace in the record (P5, P6).
 * Throws only on a record that this procedure could not have produced.
 */
export function ruleOnAct(
  procedure: Procedure,
  record: MatterRecord,
  act: Act,
  actor: Actor,
  roll: RollFor,
  calendar: Calendar,
): Ruling {
  const at = act.occurredAt;
  const standing = standingAt(procedure, record, calendar, at);
  const planned = plannedFor(standing, act);
  if (planned === undefined) return { passes: false, faults: [fault('unknown-act', { act: act.act })] };
  const before = readStanding(standing, at);
  const forResident = act.onBehalfOf !== undefined;
  const faults: Fault[] = [
    ...faultsOfTimes(procedure, record, act),
    ...(act.act === OPEN
      ? [...faultsOfOpening(standing, procedure, act), ...faultsOfRoutes(standing, procedure, act)]
      : faultsOfRule(standing, planned, at, before.clocks, roll)),
    ...faultsOfActor(standing, planned, actor, forResident),
    ...faultsOfCondition(standing, planned.rule, at, true, act.fields),
    ...faultsOfFields(standing, planned, act),
    ...faultsOfVote(standing, planned, act, roll),
    ...(isOwnHandUp(planned, actor) ? [] : before.unresolved),
  ];
  if (faults.length > 0) return { passes: false, faults };
  // A stage id the caller left out is where the act was found, so that the record says where it was done.
  applyAct(standing, planned.place === null ? act : { ...act, stage: planned.place.path });
  const after = readStanding(standing, at);
  if (after.unresolved.length > 0 && !isOwnHandUp(planned, actor)) return { passes: false, faults: after.unresolved };
  const contradicted = applyLaterActs(standing, record, act);
  if (contradicted.length > 0) return { passes: false, faults: contradicted };
  const effects = effectsOf(procedure, act.act === OPEN ? null : planned, act, before, after);
  const last = standing.done.at(-1)?.occurredAt ?? at;
  return { passes: true, effects, progress: last === at ? after : readStanding(standing, last) };
}

function plannedFor(standing: Standing, act: Act): PlannedAct | undefined {
  if (act.act === OPEN) return openingOf(standing.plan.procedure);
  return findPlannedAct(standing.plan, act.act, act.stage ?? standing.stage);
}

/** A resident's own way up is never barred by a calendar that an office has not loaded [DY-74]. */
const isOwnHandUp = (planned: PlannedAct, actor: Actor): boolean =>
  planned.rule.kind === 'hand-up' && (actor.isFiler || actor.kind === 'resident');

function faultsOfTimes(procedure: Procedure, record: MatterRecord, act: Act): Fault[] {
  const faults: Fault[] = [];
  if (compareMoments(act.occurredAt, act.recordedAt) > 0) {
    faults.push(fault('date-in-future', { field: '发生时间' }));
  }
  if (act.act !== OPEN && compareMoments(act.occurredAt, record.opened) < 0) {
    faults.push(fault('acts-out-of-order', { occurred: act.occurredAt, previous: record.opened }));
  }
  const on = countyDate(act.occurredAt);
  const { from, to } = procedure.inForce;
  if (act.act === OPEN && (on < from || (to !== undefined && on > to))) {
    faults.push(fault('no-rule-in-force', { on, rule: procedure.title }));
  }
  return faults;
}

function faultsOfOpening(standing: Standing, procedure: Procedure, act: Act): Fault[] {
  if (isOpened(standing)) return [fault('already-done')];
  const others = standing.record.acts.some((one) => one.id !== act.id);
  return others ? [fault('act-not-possible', { act: procedure.title })] : [];
}

/** A matter that another procedure is for is not opened under this one. */
function faultsOfRoutes(standing: Standing, procedure: Procedure, act: Act): Fault[] {
  if (procedure.routes === undefined) return [];
  const facts = factsOf(standing, act.occurredAt, act.fields);
  return procedure.routes
    .filter((route) => holds(route.if, facts))
    .map(({ title: matter, titled, open, source }) => {
      const refusal = fault('other-procedure-required', { matter, procedure: titled }, source && { source });
      return { ...refusal, params: { ...refusal.params, id: open } };
    });
}

/** Carries the acts that happened after a late entry, and names those that could then not have been done. */
function applyLaterActs(standing: Standing, record: MatterRecord, act: Act): Fault[] {
  const faults: Fault[] = [];
  for (const later of actsInOrder(record.acts)) {
    if (isUpTo(later.occurredAt, act.occurredAt)) continue;
    const planned = plannedFor(standing, later);
    if (planned === undefined) continue;
    if (faultsOfPlace(standing, planned).length > 0) {
      faults.push(fault('late-entry-contradicts', { act: planned.rule.title, at: later.occurredAt }));
      continue;
    }
    applyAct(standing, later);
  }
  return faults;
}
