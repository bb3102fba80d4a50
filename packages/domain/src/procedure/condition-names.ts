import type { ConditionNames } from '../condition/index.js';
import { describeLevel } from './describe-level.js';
import { listPlannedActs, type Plan } from './plan.js';

/** Facts of the matter itself that a condition may ask about beside the fields. */
const BUILT_IN: Readonly<Record<string, string>> = {
  'matter-level': '办理层级',
  'matter-channel': '来源渠道',
  'filed-by-staff': '由工作人员代为提出',
};

/** What a condition of this procedure is said with: titles of fields, acts, choices and levels, never their ids. */
export function conditionNamesOf(plan: Plan): ConditionNames {
  return {
    field: (id) => plan.fieldTitles.get(id) ?? BUILT_IN[id] ?? id,
    act: (id) => plan.actTitles.get(id) ?? id,
    value: (field, value) => titleOfValue(plan, field, value),
  };
}

function titleOfValue(plan: Plan, field: string, value: string | number | boolean): string {
  if (field === 'matter-level') return describeLevel(String(value));
  const asked = [plan.procedure.form, ...listPlannedActs(plan).map(({ rule }) => rule.needs)].flat();
  const choices = asked.filter((one) => one.id === field).flatMap((one) => one.choices ?? []);
  return choices.find((choice) => choice.id === value)?.title ?? String(value);
}
