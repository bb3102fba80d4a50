import { listActsCounted, listFieldsRead, type Condition } from '../condition/index.js';
import { fault, type Fault } from '../fault/index.js';
import type { Field } from './field.js';
import { checkActs } from './check-acts.js';
import { checkLimits } from './check-limits.js';
import { listPlannedActs, planOf, type Plan } from './plan.js';
import type { Procedure } from './procedure.js';
import { ENDED, OPENED, waysOf, type Way } from './ways-of.js';
import { isBlank } from './words.js';

/** Facts of the matter itself that a condition may ask about beside the fields. */
const BUILT_IN = new Set(['matter-level', 'matter-channel', 'filed-by-staff']);

/**
 * Everything that keeps a procedure from being run: no fault means that every stage can be reached and left, every figure has a
 * source, every blank is filled, every reference leads somewhere, and no act of the handler can stand for the resident's word.
 */
export function checkProcedure(procedure: Procedure): Fault[] {
  const plan = planOf(procedure);
  const ways = waysOf(plan);
  const checks = [
    checkIds(procedure),
    checkReferences(plan, ways),
    checkReach(plan, ways),
    checkResults(plan, ways),
    checkBlanks(procedure, 'procedure'),
    checkSources(procedure),
    checkConditions(plan),
    checkOpening(procedure),
    checkActs(plan),
    checkLimits(plan),
  ];
  return checks.flat();
}

const twice = (ids: readonly string[]): string[] => [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];

function checkIds(procedure: Procedure): Fault[] {
  const outside = [...procedure.standing, ...procedure.closes.afterwards].map((rule) => rule.id);
  const parts = procedure.stages.flatMap((stage) => [stage, ...(stage.oneOf ?? []), ...(stage.allOf ?? [])]);
  const repeated = [
    ...twice(procedure.stages.map((stage) => stage.id)),
    ...twice(outside),
    ...parts.flatMap((part) => twice(part.acts.map((rule) => rule.id))),
    // An act of a stage that is also a standing one would be two rules under one name.
    ...parts.flatMap((part) => part.acts.map((rule) => rule.id).filter((id) => outside.includes(id))),
    ...twice(procedure.form.map((field) => field.id)),
  ];
  return repeated.map((id) => fault('id-duplicate', { id }));
}

function checkReferences(plan: Plan, ways: readonly Way[]): Fault[] {
  const targets = [
    ...ways.filter((way) => way.to !== ENDED).map((way) => way.to),
    ...plan.procedure.standing.flatMap((rule) => rule.stages ?? []),
  ];
  const unknownStages = [...new Set(targets)].filter((id) => !plan.stages.has(id));
  const named = [
    ...listPlannedActs(plan).flatMap(({ rule }) => [
      ...(rule.after ?? []).flatMap(({ act, since }) => [act, ...(typeof since === 'object' ? [since.act] : [])]),
      ...(rule.within !== undefined && rule.within.of !== 'ended' ? [rule.within.of.act] : []),
    ]),
    ...(plan.procedure.closes.needs ?? []).map(({ act }) => act),
    ...plan.limits.flatMap(({ limit }) => [
      ...(limit.until ?? []),
      ...(limit.onLate ?? []).flatMap((late) => ('act' in late ? [late.act] : [])),
    ]),
  ];
  const unknown = [...new Set(named)].filter((act) => !plan.actTitles.has(act));
  return [
    ...unknownStages.map((stage) => fault('unknown-stage', { stage })),
    ...unknown.map((act) => fault('unknown-act', { act })),
  ];
}

/** The points that can be walked to from a start. */
function walk(start: string, next: (point: string) => readonly string[]): Set<string> {
  const seen = new Set([start]);
  const open = [start];
  for (let point = open.pop(); point !== undefined; point = open.pop()) {
    for (const to of next(point)) {
      if (!seen.has(to)) {
        seen.add(to);
        open.push(to);
      }
    }
  }
  return seen;
}

/** Stages that would be passed over in a circle if the conditions of all of them failed at once. */
function skippedInCircle(ways: readonly Way[], stage: string): boolean {
  const skips = ways.filter((way) => way.kind === 'skip');
  const next = (point: string): string[] => skips.filter((way) => way.from === point).map((way) => way.to);
  return next(stage).some((first) => walk(first, next).has(stage));
}

function checkReach(plan: Plan, ways: readonly Way[]): Fault[] {
  const reached = walk(OPENED, (point) => ways.filter((way) => way.from === point).map((way) => way.to));
  // A reopened matter is no exit: whether a stage can end is asked of the ways before the end.
  const leaving = ways.filter((way) => way.from !== ENDED);
  const ending = walk(ENDED, (point) => leaving.filter((way) => way.to === point).map((way) => way.from));
  return plan.procedure.stages.flatMap((stage) => [
    ...(reached.has(stage.id) ? [] : [fault('stage-unreachable', { stage: stage.title })]),
    ...(ending.has(stage.id) && !skippedInCircle(ways, stage.id)
      ? []
      : [fault('stage-without-exit', { stage: stage.title })]),
  ]);
}

function checkResults(plan: Plan, ways: readonly Way[]): Fault[] {
  const declared = plan.procedure.closes.results.map((result) => result.id);
  const used = new Set(ways.flatMap((way) => (way.result === undefined ? [] : [way.result])));
  return [
    ...[...used].filter((id) => !declared.includes(id)).map((result) => fault('result-undeclared', { result })),
    ...plan.procedure.closes.results
      .filter((result) => !used.has(result.id))
      .map((result) => fault('result-unreachable', { result: result.title })),
  ];
}

function checkBlanks(value: unknown, path: string): Fault[] {
  if (isBlank(value)) return [fault('blank-unfilled', { path })];
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown, index) => {
      const named = typeof one === 'object' && one !== null && 'id' in one ? String(one.id) : String(index);
      return checkBlanks(one, `${path}.${named}`);
    });
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => checkBlanks(inner, `${path}.${key}`));
}

function checkSources(procedure: Procedure): Fault[] {
  const missing: string[] = [];
  procedure.limits.forEach((limit, index) => {
    if (limit.source === undefined) missing.push(`limits.${limit.id ?? index}`);
  });
  for (const stage of procedure.stages) {
    for (const part of [stage, ...(stage.oneOf ?? []), ...(stage.allOf ?? [])]) {
      const own = part.source ?? stage.source;
      const path = part === stage ? `stages.${stage.id}` : `stages.${stage.id}.${part.id}`;
      for (const key of ['vote', 'publish', 'limit'] as const) {
        if (part[key] !== undefined && part[key].source === undefined && own === undefined) {
          missing.push(`${path}.${key}`);
        }
      }
      for (const rule of part.acts) {
        const figure = rule.extend !== undefined || rule.ask !== undefined || rule.within !== undefined;
        if (figure && rule.source === undefined && own === undefined) missing.push(`${path}.${rule.id}`);
      }
    }
  }
  for (const rule of [...procedure.standing, ...procedure.closes.afterwards]) {
    const figure = rule.extend !== undefined || rule.ask !== undefined || rule.within !== undefined;
    if (figure && rule.source === undefined) missing.push(rule.id);
  }
  return missing.map((path) => fault('threshold-without-source', { path }));
}

/** Whoever opening names must be asked for by name. */
function checkOpening({ assign, form }: Procedure): Fault[] {
  const named = assign?.person;
  const asked = form.some((field) => field.id === named && field.type === 'person' && field.optional !== true);
  return named === undefined || asked ? [] : [fault('field-unknown', { field: named })];
}

function checkConditions(plan: Plan): Fault[] {
  const { procedure } = plan;
  const fieldsOf = (fields: readonly Field[]): (Condition | undefined)[] => fields.map((field) => field.if);
  const conditions = [
    ...fieldsOf(procedure.form),
    ...procedure.stages.map((stage) => stage.if),
    ...(procedure.routes ?? []).map((route) => route.if),
    ...[...plan.stages.values()].flatMap(({ part }) => (part.vote?.reserved ?? []).map((one) => one.if)),
    ...listPlannedActs(plan).flatMap(({ rule }) => [rule.if, ...fieldsOf(rule.needs)]),
  ].filter((condition) => condition !== undefined);
  const fields = new Set(conditions.flatMap(listFieldsRead));
  const acts = new Set(conditions.flatMap(listActsCounted));
  return [
    ...[...fields]
      .filter((id) => !plan.fieldTitles.has(id) && !BUILT_IN.has(id))
      .map((field) => fault('field-unknown', { field })),
    ...[...acts].filter((id) => !plan.actTitles.has(id)).map((act) => fault('unknown-act', { act })),
  ];
}
