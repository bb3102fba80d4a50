import { fault, type Fault } from '../fault/index.js';
import { listPlannedActs, type Plan } from './plan.js';

/** Checks that every clock starts somewhere, and that whatever speaks of a clock speaks of one there is. */
export function checkLimits(plan: Plan): Fault[] {
  const ids = plan.limits.map((limit) => limit.id);
  const repeated = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  const named = listPlannedActs(plan).flatMap(({ rule }) =>
    [rule.expired, rule.extend?.limit]
      .filter((limit) => limit !== undefined)
      .map((limit) => ({ act: rule.title, limit })),
  );
  return [
    ...repeated.map((id) => fault('id-duplicate', { id })),
    ...named.filter(({ limit }) => !ids.includes(limit)).map((pair) => fault('clock-without-limit', pair)),
    ...plan.limits.flatMap(({ title, limit, place }) => {
      const { of } = limit;
      const starts =
        of === undefined ||
        of === 'opened' ||
        (of === 'stage-entered' && place !== null) ||
        (typeof of === 'object' && 'act' in of && plan.actTitles.has(of.act)) ||
        (typeof of === 'object' && 'date' in of && plan.fieldTitles.has(of.date));
      return starts ? [] : [fault('limit-never-starts', { limit: title })];
    }),
  ];
}
