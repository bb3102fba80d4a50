import { fault, type Fault } from '../fault/index.js';
import type { PlannedAct } from './plan.js';
import { isOpened, type Standing } from './standing-of.js';

/** The outcome that would lead on from the stage the matter is in: what has to be done first. */
function titleOfCurrentStage(standing: Standing): string {
  return standing.stage === null ? '' : (standing.plan.stages.get(standing.stage)?.title ?? standing.stage);
}

/** Whether the stage of an act comes after the one the matter is in. */
function comesLater(standing: Standing, stage: string): boolean {
  const order = standing.plan.procedure.stages.map((one) => one.id);
  return order.indexOf(stage) > order.indexOf(standing.stage ?? '');
}

/**
 * Why an act has no place where the matter stands: the matter is not open, another stage is, another way was chosen, or
 * the branch is done. The same question decides whether an act already recorded could have been done (P7).
 */
export function faultsOfPlace(standing: Standing, planned: PlannedAct): Fault[] {
  const { rule, place, group } = planned;
  const act = rule.title;
  const extras = rule.source === undefined ? {} : { source: rule.source };
  if (!isOpened(standing)) return [fault('act-not-possible', { act }, extras)];
  const ended = standing.ended !== undefined;
  if (group === 'afterwards') return ended ? [] : [fault('matter-not-closed', { act }, extras)];
  if (ended) return [fault('matter-closed', {}, extras)];
  if (place === null) {
    const here = rule.stages === undefined || (standing.stage !== null && rule.stages.includes(standing.stage));
    return here ? [] : [fault('act-not-possible', { act }, extras)];
  }
  if (place.stage.id !== standing.stage) {
    return comesLater(standing, place.stage.id)
      ? [fault('act-comes-later', { act, first: titleOfCurrentStage(standing) }, extras)]
      : [fault('stage-not-open', { stage: place.stage.title }, extras)];
  }
  if (place.part === place.stage) return [];
  const state = standing.branches[place.path];
  if (state === 'done') return [fault('stage-not-open', { stage: place.title }, extras)];
  if (state !== 'not-chosen') return [];
  const chosen = standing.plan.stages
    .get(place.stage.id)
    ?.branches.find((branch) => standing.branches[branch.path] !== 'not-chosen');
  return [fault('other-way-chosen', { way: chosen?.title ?? '' }, extras)];
}
