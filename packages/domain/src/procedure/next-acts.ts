import type { Calendar } from '../calendar/index.js';
import type { Instant } from '../date/index.js';
import type { Fault } from '../fault/index.js';
import { readStanding, standingAt } from './derive-progress.js';
import { fieldsAsked } from './field-faults.js';
import type { Actor, MatterRecord } from './matter.js';
import { listPlannedActs, type PlannedAct } from './plan.js';
import type { Procedure } from './procedure.js';
import type { RollFor } from './roll-for.js';
import type { NextAct } from './ruling.js';
import { faultsOfRule } from './standing-faults.js';
import type { Standing } from './standing-of.js';
import { capacityOf, faultsOfActor } from './who-may.js';

/** Whether an act belongs to where the matter stands, so that a page shows it rather than the whole rule. */
function isHere(standing: Standing, planned: PlannedAct): boolean {
  if (planned.group === 'afterwards') return standing.ended !== undefined;
  if (standing.ended !== undefined) return false;
  // Nothing hangs yet: there is nothing to take down, and no reason to read why not.
  if (planned.takesDown !== undefined && !standing.notices.has(planned.takesDown.path)) return false;
  if (planned.place !== null) return planned.place.stage.id === standing.stage;
  return planned.rule.stages === undefined || planned.rule.stages.includes(standing.stage ?? '');
}

/**
 * What may be done on a matter at a moment, by this actor or (with null) by whoever may, and for what may not, every fault.
 *
 * The same checks as `ruleOnAct` makes before it looks at what was filled in, so a page never offers what would be refused nor hides why
 * (P9). Acts of other stages are listed too, with `here: false` and the reason.
 */
export function nextActs(
  procedure: Procedure,
  record: MatterRecord,
  actor: Actor | null,
  roll: RollFor,
  calendar: Calendar,
  now: Instant,
): NextAct[] {
  const standing = standingAt(procedure, record, calendar, now);
  const { clocks, unresolved } = readStanding(standing, now);
  return listPlannedActs(standing.plan).map((planned): NextAct => {
    const { rule, place, by } = planned;
    const capacity = actor === null ? null : capacityOf(standing, planned, actor);
    const forResident = capacity !== null && !capacity.self && capacity.forResident;
    const ownHandUp = rule.kind === 'hand-up' && (actor === null || actor.isFiler || actor.kind === 'resident');
    const faults: Fault[] = [
      ...faultsOfRule(standing, planned, now, clocks, roll),
      ...(actor === null ? [] : faultsOfActor(standing, planned, actor, forResident)),
      ...(ownHandUp ? [] : unresolved),
    ];
    return {
      act: rule,
      stage: place?.path ?? null,
      here: isHere(standing, planned),
      by,
      needs: fieldsAsked(standing, rule.needs, now, {}),
      forResident,
      allowed: faults.length === 0,
      faults,
    };
  });
}
