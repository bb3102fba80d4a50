import { earlierOf } from './acts-in-order.js';
import type { Instant } from '../date/index.js';
import type { Next } from './act-rule.js';
import { countsFromOpening, meetRuns, startRuns } from './clock-runs.js';
import { factsOf, holds } from './facts-of.js';
import { hold } from './hands.js';
import type { Act } from './matter.js';
import { stageAfter, type PlannedAct, type PlannedLimit } from './plan.js';
import type { Standing } from './standing-of.js';
import { levelAbove } from './words.js';

/** The first act in a way of a one-of stage chooses it (P10). */
export function chooseWay(standing: Standing, planned: PlannedAct): void {
  const place = planned.place;
  if (place === null || place.part === place.stage || place.stage.oneOf === undefined) return;
  for (const branch of standing.plan.stages.get(place.stage.id)?.branches ?? []) {
    if (branch.path !== place.path && standing.branches[branch.path] === 'open') {
      standing.branches[branch.path] = 'not-chosen';
      meetRuns(
        standing,
        (limit) => limit.place === branch.path,
        standing.done.at(-1)?.occurredAt ?? standing.record.opened,
      );
    }
  }
}

/** Moves the matter on as the act's rule says; an act that leads nowhere leaves it where it is. */
export function advance(standing: Standing, planned: PlannedAct, act: Act): void {
  const next = planned.rule.then;
  if (next !== undefined && !('open' in next)) return follow(standing, next, act);
  if (planned.rule.kind === 'withdraw') return follow(standing, { end: 'withdrawn' }, act);
  if (planned.rule.kind === 'hand-up') return follow(standing, { escalateTo: 'next' }, act);
  if (planned.rule.kind !== 'outcome' || planned.place === null || next !== undefined) return;
  const { place } = planned;
  if (place.part !== place.stage) {
    standing.branches[place.path] = 'done';
    meetRuns(standing, (limit) => limit.place === place.path, act.occurredAt);
    const left = Object.values(standing.branches).some((state) => state === 'open');
    if (place.stage.oneOf === undefined && left) return;
  }
  follow(standing, afterStage(standing, place.stage.id), act);
}

/** Where a stage leads when it is done: its own `then`, the next one in order, or the first result. */
export function afterStage(standing: Pick<Standing, 'plan'>, stage: string): Next {
  const then = standing.plan.stages.get(stage)?.stage.then;
  if (then !== undefined) return then;
  const after = stageAfter(standing.plan, stage);
  if (after !== undefined) return { stage: after };
  return { end: standing.plan.procedure.closes.results[0]?.id ?? 'done' };
}

function follow(standing: Standing, next: Next, act: Act): void {
  if ('end' in next) return end(standing, next.end, act);
  if ('stage' in next && !('escalateTo' in next)) return enter(standing, next.stage ?? '', act);
  if ('backTo' in next) return enter(standing, next.backTo, act);
  if (!('escalateTo' in next)) return;
  const target = next.escalateTo === 'next' ? levelAbove(standing.level) : next.escalateTo;
  if (target === undefined) return;
  standing.level = target;
  standing.offer = null;
  hold(standing, null, 'handed-up', act);
  const stage = next.stage ?? standing.stage ?? standing.visits.at(-1)?.stage;
  if (stage !== undefined) enter(standing, stage, act);
}

function leave(standing: Standing, at: Instant): void {
  const visit = standing.visits.at(-1);
  if (visit !== undefined && visit.to === undefined) visit.to = at;
  const here = standing.stage;
  if (here !== null) {
    meetRuns(standing, ({ place }) => place !== null && (place === here || place.startsWith(`${here}/`)), at);
  }
}

function end(standing: Standing, result: string, act: Act): void {
  leave(standing, act.occurredAt);
  meetRuns(standing, () => true, act.occurredAt);
  for (const pause of standing.pauses) pause.to ??= earlierOf(pause.lapses, act.occurredAt);
  standing.stage = null;
  standing.branches = {};
  standing.result = result;
  standing.ended = act.occurredAt;
  standing.offer = null;
}

/** Enters a stage, or passes over it where its condition does not hold; from an end, it reopens the matter. */
export function enter(standing: Standing, target: string, act: Act): void {
  const at = act.occurredAt;
  leave(standing, at);
  if (standing.ended !== undefined) {
    standing.ended = undefined;
    standing.result = undefined;
    standing.reopened += 1;
    startRuns(standing, (limit) => limit.place === null && countsFromOpening(limit), at);
  }
  const skipped = standing.plan.stages.get(target)?.stage;
  if (skipped?.if !== undefined && !holds(skipped.if, factsOf(standing, at))) {
    return follow(standing, afterStage(standing, target), act);
  }
  const place = standing.plan.stages.get(target);
  if (place === undefined) throw new Error(`the procedure ${standing.plan.procedure.id} has no stage ${target}`);
  standing.stage = target;
  standing.enteredAt = standing.done.length - 1;
  standing.inStage = new Map();
  standing.branches = {};
  for (const branch of place.branches) standing.branches[branch.path] = 'open';
  standing.visits.push({ stage: target, from: at, act: act.id });
  const entered = (limit: PlannedLimit): boolean =>
    limit.place !== null &&
    (limit.place === target || limit.place.startsWith(`${target}/`)) &&
    (limit.limit.of ?? 'stage-entered') === 'stage-entered';
  startRuns(standing, entered, at);
}
