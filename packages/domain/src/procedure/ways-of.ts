import type { ActRule, Next } from './act-rule.js';
import { afterStage } from './moves.js';
import type { Plan, PlannedAct, PlannedStage } from './plan.js';

/** The point before opening and the point after an end, as ends of a way. */
export const OPENED = 'opened';
export const ENDED = 'ended';

/**
 * A way 去向 from one stage to another or to an end, by an act; what the drawing shows and the checker walks.
 * `act` is null where no act is needed (opening, and a stage that is skipped).
 */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly result?: string;
  readonly act: PlannedAct | null;
  readonly kind: 'on' | 'back' | 'up' | 'skip';
}

function endOf(next: Next, plan: Plan): { to: string; result?: string } | undefined {
  if ('end' in next) return { to: ENDED, result: next.end };
  if ('backTo' in next) return { to: next.backTo };
  if ('escalateTo' in next) return next.stage === undefined ? undefined : { to: next.stage };
  if ('open' in next) return undefined;
  return plan.stages.has(next.stage) || next.stage !== '' ? { to: next.stage } : undefined;
}

function kindOf(plan: Plan, from: string, to: string, rule: ActRule): Way['kind'] {
  if (rule.kind === 'hand-up' || (rule.then !== undefined && 'escalateTo' in rule.then)) return 'up';
  if (rule.then !== undefined && 'backTo' in rule.then) return 'back';
  if (from === ENDED) return 'back';
  const order = plan.procedure.stages.map((stage) => stage.id);
  return to !== ENDED && order.indexOf(to) <= order.indexOf(from) ? 'back' : 'on';
}

function wayOf(plan: Plan, from: string, planned: PlannedAct): Way | undefined {
  const { rule, place } = planned;
  let next = rule.then;
  if (next === undefined) {
    if (rule.kind === 'withdraw') next = { end: 'withdrawn' };
    else if (rule.kind === 'outcome' && place !== null) next = afterStage({ plan }, place.stage.id);
  }
  const end = next === undefined ? undefined : endOf(next, plan);
  return end === undefined ? undefined : { from, ...end, act: planned, kind: kindOf(plan, from, end.to, rule) };
}

const present = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined);

function waysOfStage(plan: Plan, place: PlannedStage): Way[] {
  const inside = [place, ...place.branches].flatMap((part) => [...part.acts.values()]);
  const standing = [...plan.standing.values()].filter(
    ({ rule }) => rule.stages === undefined || rule.stages.includes(place.stage.id),
  );
  const ways = present([...inside, ...standing].map((planned) => wayOf(plan, place.path, planned)));
  if (place.stage.if === undefined) return ways;
  const over = endOf(afterStage({ plan }, place.stage.id), plan);
  return over === undefined ? ways : [...ways, { from: place.path, ...over, act: null, kind: 'skip' }];
}

/** Every way of a procedure: from opening, through its stages, to its ends, and back from an end where it may be reopened. */
export function waysOf(plan: Plan): Way[] {
  const first = plan.procedure.stages[0];
  const opening: Way[] = first === undefined ? [] : [{ from: OPENED, to: first.id, act: null, kind: 'on' }];
  const tops = [...plan.stages.values()].filter((place) => place.part === place.stage);
  const afterwards = present([...plan.afterwards.values()].map((planned) => wayOf(plan, ENDED, planned)));
  return [...opening, ...tops.flatMap((place) => waysOfStage(plan, place)), ...afterwards];
}
