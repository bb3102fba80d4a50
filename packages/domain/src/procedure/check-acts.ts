import { fault, type Fault } from '../fault/index.js';
import type { ActKind, ActRule } from './act-rule.js';
import { listPlannedActs, type Plan, type PlannedAct } from './plan.js';
import type { Who } from './who.js';

/** What a kind of act cannot do without. */
const FACETS: Partial<Record<ActKind, keyof ActRule>> = {
  assign: 'assign',
  ask: 'ask',
  extend: 'extend',
  reclass: 'reclass',
  sign: 'sign',
  rate: 'rate',
};

/** Checks each act by itself and the acts that need a counterpart. */
export function checkActs(plan: Plan): Fault[] {
  const acts = listPlannedActs(plan);
  const kinds = new Set(acts.map(({ rule }) => rule.kind));
  const assigned = new Set(acts.map(({ rule }) => rule.assign?.how));
  return acts.flatMap((planned) => {
    const { rule, by } = planned;
    const act = rule.title;
    const faults = [...checkFacets(plan, planned), ...checkHandUp(rule, by), ...checkConfirmation(rule, by)];
    if (by.length === 0) faults.push(fault('act-by-nobody', { act }));
    if (rule.kind === 'rate' && planned.group !== 'afterwards') {
      faults.push(fault('act-incomplete', { act, key: 'closes.afterwards' }));
    }
    if (rule.kind === 'ask' && !kinds.has('answer')) faults.push(fault('pause-never-ends', { act }));
    if (rule.assign?.how === 'offer' && !assigned.has('accept')) faults.push(fault('offer-never-accepted', { act }));
    return faults;
  });
}

function checkFacets(plan: Plan, { rule }: PlannedAct): Fault[] {
  const act = rule.title;
  const faults: Fault[] = [];
  const facet = FACETS[rule.kind];
  if (facet !== undefined && rule[facet] === undefined) faults.push(fault('act-incomplete', { act, key: facet }));
  if (rule.kind === 'split' && (rule.then === undefined || !('open' in rule.then))) {
    faults.push(fault('act-incomplete', { act, key: 'then.open' }));
  }
  const asked = new Set(rule.needs.map((field) => field.id));
  const { assign, ask, rate, reclass } = rule;
  const fields = [
    ...(assign !== undefined && 'person' in assign && assign.person !== undefined ? [assign.person] : []),
    ...(assign !== undefined && 'office' in assign ? [assign.office] : []),
    ...(ask?.oneTime === undefined ? [] : [ask.oneTime.list, ask.oneTime.reason]),
    ...(rate === undefined ? [] : [rate.field]),
    ...(reclass === undefined ? [] : [reclass.field]),
  ];
  for (const id of fields) if (!asked.has(id)) faults.push(fault('act-incomplete', { act, key: `needs.${id}` }));
  if (reclass !== undefined && !plan.procedure.form.some((field) => field.id === reclass.field)) {
    faults.push(fault('field-unknown', { field: reclass.field }));
  }
  for (const field of rule.needs) {
    const chosen = field.type === 'choice' || field.type === 'choices';
    if (chosen && field.choices === undefined)
      faults.push(fault('act-incomplete', { act, key: `${field.id}.choices` }));
  }
  return faults;
}

const isResident = (who: Who): boolean => 'filer' in who || 'resident' in who || 'anyone' in who;

/** A resident may go higher at any time, so nothing may stand before it [DY-74]. */
function checkHandUp(rule: ActRule, by: readonly Who[]): Fault[] {
  if (rule.kind !== 'hand-up' || !by.some(isResident)) return [];
  const barred =
    rule.if !== undefined ||
    rule.after !== undefined ||
    rule.stages !== undefined ||
    rule.most !== undefined ||
    rule.expired !== undefined ||
    rule.within !== undefined ||
    rule.needs.some((field) => field.optional !== true);
  return barred ? [fault('hand-up-blocked', { act: rule.title })] : [];
}

/** The resident's word about the result may be given for them, but never by whoever handled the matter. */
function checkConfirmation(rule: ActRule, by: readonly Who[]): Fault[] {
  const isWord = rule.kind === 'rate' || rule.kind === 'outcome';
  if (!isWord || !by.some(isResident) || rule.onBehalf === undefined) return [];
  const byHandler = rule.onBehalf.some((who) => 'handler' in who || 'firstContact' in who);
  return byHandler ? [fault('handler-would-confirm', { act: rule.title })] : [];
}
