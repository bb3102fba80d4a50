import type { ActRule } from './act-rule.js';
import { actsOfStage, ROLES, takingDownOf, type Role } from './implied-acts.js';
import type { Limit } from './limit.js';
import type { Branch, Procedure, Stage } from './procedure.js';
import type { Who } from './who.js';

/** An act rule with where it stands: in a stage, everywhere, or after the end. */
export interface PlannedAct {
  readonly rule: ActRule;
  readonly by: readonly Who[];
  readonly group: 'stage' | 'standing' | 'afterwards';
  readonly place: PlannedStage | null;
  readonly role: Role | null;
  /** The stage whose notice this act takes down. */
  readonly takesDown?: PlannedStage;
}

/** A stage, or a branch of one (`stage/branch`), with its acts by id. */
export interface PlannedStage {
  readonly path: string;
  readonly title: string;
  readonly stage: Stage;
  readonly part: Stage | Branch;
  readonly branches: readonly PlannedStage[];
  readonly acts: ReadonlyMap<string, PlannedAct>;
}

/** A limit with its id, its title and the stage it belongs to; null when it runs over the whole matter. */
export interface PlannedLimit {
  readonly id: string;
  readonly title: string;
  readonly place: string | null;
  readonly limit: Limit;
}

/** Plan: a procedure indexed for ruling; made once for each procedure object. */
export interface Plan {
  readonly procedure: Procedure;
  readonly stages: ReadonlyMap<string, PlannedStage>;
  readonly standing: ReadonlyMap<string, PlannedAct>;
  readonly afterwards: ReadonlyMap<string, PlannedAct>;
  readonly limits: readonly PlannedLimit[];
  readonly fieldTitles: ReadonlyMap<string, string>;
  readonly actTitles: ReadonlyMap<string, string>;
}

const plans = new WeakMap<Procedure, Plan>();

/** The plan of a procedure; the cache changes no answer, it saves indexing the same rule for every act. */
export function planOf(procedure: Procedure): Plan {
  const known = plans.get(procedure);
  if (known !== undefined) return known;
  const plan = makePlan(procedure);
  plans.set(procedure, plan);
  return plan;
}

function placeOf(stage: Stage, branch: Branch | null): PlannedStage {
  const part = branch ?? stage;
  const path = branch === null ? stage.id : `${stage.id}/${branch.id}`;
  const acts = new Map<string, PlannedAct>();
  const place: PlannedStage = {
    path,
    title: part.title,
    stage,
    part,
    branches: branch === null ? [...(stage.oneOf ?? []), ...(stage.allOf ?? [])].map((one) => placeOf(stage, one)) : [],
    acts,
  };
  const stageBy = part.by ?? stage.by ?? [];
  for (const rule of actsOfStage(part, stageBy)) {
    const by = rule.by ?? stageBy;
    const decides = part.vote !== undefined || part.publish !== undefined;
    const role = decides ? (ROLES.find((one) => one === rule.id) ?? null) : null;
    if (!acts.has(rule.id)) acts.set(rule.id, { rule, by, group: 'stage', place, role });
  }
  return place;
}

function makePlan(procedure: Procedure): Plan {
  const stages = new Map<string, PlannedStage>();
  for (const stage of procedure.stages) {
    const place = placeOf(stage, null);
    for (const one of [place, ...place.branches]) if (!stages.has(one.path)) stages.set(one.path, one);
  }
  const outside = (rules: readonly ActRule[], group: 'standing' | 'afterwards'): Map<string, PlannedAct> =>
    new Map(rules.map((rule) => [rule.id, { rule, by: rule.by ?? [], group, place: null, role: null }]));
  const standing = outside(procedure.standing, 'standing');
  for (const place of stages.values()) {
    const by = place.part.by ?? place.stage.by ?? [];
    const rule = takingDownOf(place.part, by);
    const act = rule && ({ rule, by, group: 'standing', place: null, role: 'take-down', takesDown: place } as const);
    if (act !== undefined && !standing.has(act.rule.id)) standing.set(act.rule.id, act);
  }
  const afterwards = outside(procedure.closes.afterwards, 'afterwards');
  const limits: PlannedLimit[] = procedure.limits.map((limit, index) => ({
    id: limit.id ?? `limit-${index + 1}`,
    title: limit.title ?? '办理时限',
    place: null,
    limit,
  }));
  for (const place of stages.values()) {
    const limit = place.part.limit;
    if (limit === undefined) continue;
    const title = limit.title ?? `${place.title}时限`;
    limits.push({ id: limit.id ?? place.path, title, place: place.path, limit });
  }
  const fieldTitles = new Map<string, string>();
  const actTitles = new Map<string, string>([['open', '提出']]);
  for (const field of procedure.form) fieldTitles.set(field.id, field.title);
  for (const acts of [...[...stages.values()].map((place) => place.acts), standing, afterwards]) {
    for (const { rule } of acts.values()) {
      actTitles.set(rule.id, rule.title);
      for (const field of rule.needs) if (!fieldTitles.has(field.id)) fieldTitles.set(field.id, field.title);
    }
  }
  return { procedure, stages, standing, afterwards, limits, fieldTitles, actTitles };
}

/**
 * The rule an act refers to: in its stage or that stage's branches, then among the standing ones and those after the end, then in
 * any stage, so that an act tried too early is told what comes first rather than that it does not exist.
 */
export function findPlannedAct(plan: Plan, act: string, stage: string | null): PlannedAct | undefined {
  if (stage !== null) {
    const place = plan.stages.get(stage);
    const inPlace = place?.acts.get(act) ?? place?.branches.find((branch) => branch.acts.has(act))?.acts.get(act);
    if (inPlace !== undefined) return inPlace;
  }
  const outside = plan.standing.get(act) ?? plan.afterwards.get(act);
  if (outside !== undefined) return outside;
  for (const place of plan.stages.values()) {
    const found = place.acts.get(act);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every act of a procedure, with where it stands. */
export function listPlannedActs(plan: Plan): PlannedAct[] {
  return [
    ...[...plan.stages.values()].flatMap((place) => [...place.acts.values()]),
    ...plan.standing.values(),
    ...plan.afterwards.values(),
  ];
}

/** The stage after one in order, or undefined after the last. */
export function stageAfter(plan: Plan, stage: string): string | undefined {
  const { stages } = plan.procedure;
  return stages[stages.findIndex((one) => one.id === stage) + 1]?.id;
}

/** A filled value; a blank here is a bug, because `pack check` never lets a procedure with blanks be activated. */
export function filled<T>(value: T, what: string): Exclude<T, { setLocally: true }> {
  if (typeof value === 'object' && value !== null && 'setLocally' in value) {
    throw new Error(`a procedure with a blank was run: ${what}`);
  }
  return value as Exclude<T, { setLocally: true }>;
}
