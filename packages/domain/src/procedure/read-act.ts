import { conditionNamesOf } from './condition-names.js';
import { describeCondition } from '../condition/index.js';
import { describeDuration, type Duration } from '../date/index.js';
import type { ActRule, Next } from './act-rule.js';
import { describeLevel } from './describe-level.js';
import { describeParties } from './describe-who.js';
import type { Field } from './field.js';
import type { Plan, PlannedAct } from './plan.js';
import { isBlank, type Blank } from './words.js';

/** A duration, or that it has to be set locally. */
export const say = (duration: Duration | Blank): string =>
  isBlank(duration) ? '（由地方规定的期限）' : describeDuration(duration, 'zh-CN');

/** The sources of a figure, in brackets. */
export const sayFrom = (source: readonly string[] | undefined): string =>
  source === undefined || source.length === 0 ? '' : `（依据：${source.join('、')}）`;

const titleOfStage = (plan: Plan, id: string): string => plan.stages.get(id)?.title ?? id;
const titleOfResult = (plan: Plan, id: string): string =>
  plan.procedure.closes.results.find((result) => result.id === id)?.title ?? id;
const titleOfAct = (plan: Plan, id: string): string => plan.actTitles.get(id) ?? id;
const titleOfLimit = (plan: Plan, id: string): string => plan.limits.find((limit) => limit.id === id)?.title ?? id;

/** A condition in words, with the titles of this procedure. */
export const sayIf = (plan: Plan, condition: Parameters<typeof describeCondition>[0]): string =>
  describeCondition(condition, 'zh-CN', conditionNamesOf(plan));

/** A field with the bounds of its value; that an amount is not below nothing goes without saying. */
function sayField({ title, type, atLeast, atMost, unit = '' }: Field): string {
  const counted = ['list', 'choices', 'files'].includes(type);
  const [least, most] = counted ? ['至少', '至多'] : ['不少于', '不超过'];
  const of = counted ? '项' : unit;
  const bounds = [
    ...(atLeast === undefined || atLeast === 0 ? [] : [`${least}${atLeast}${of}`]),
    ...(atMost === undefined ? [] : [`${most}${atMost}${of}`]),
  ];
  return bounds.length === 0 ? title : `${title}（${bounds.join('，')}）`;
}

/** The fields that are asked, with what may stay empty. */
export function sayFields(fields: readonly Field[]): string {
  const required = fields.filter((field) => field.optional !== true).map(sayField);
  const optional = fields.filter((field) => field.optional === true).map(sayField);
  const parts = [
    ...(required.length === 0 ? [] : [`须填写${required.join('、')}`]),
    ...(optional.length === 0 ? [] : [`可填写${optional.join('、')}`]),
  ];
  return parts.join('，');
}

function sayNext(plan: Plan, next: Next): string {
  if ('end' in next) return `事项以“${titleOfResult(plan, next.end)}”办结`;
  if ('backTo' in next) return `回到“${titleOfStage(plan, next.backTo)}”`;
  if ('open' in next) {
    const wait = { all: '全部办结后本事项才能继续', any: '其中一件办结后本事项即可继续', none: '本事项不必等待' };
    return `分出子事项，${wait[next.wait]}`;
  }
  if ('escalateTo' in next) {
    const to = next.escalateTo === 'next' ? '上一级' : describeLevel(next.escalateTo);
    return next.stage === undefined ? `交${to}办理` : `交${to}，进入“${titleOfStage(plan, next.stage)}”`;
  }
  return `进入“${titleOfStage(plan, next.stage)}”`;
}

const ASSIGNMENTS: Readonly<Record<string, string>> = {
  take: '办理的人成为承办人',
  name: '被指定的人成为承办人，接手之前仍由原来的责任人负责',
  offer: '对方接收之前不变更承办单位',
  accept: '接收之后由接收方承办并负责',
  decline: '仍由原承办方办理',
  drop: '承办人退出，由所在单位另行安排',
};

/** What goes with an act beside who and where: its facets, each in one clause. */
function sayFacets(plan: Plan, rule: ActRule): string[] {
  const clauses: string[] = [];
  if (rule.assign !== undefined) clauses.push(ASSIGNMENTS[rule.assign.how] ?? '');
  if (rule.ask !== undefined) {
    clauses.push(`停止计时，原因为“${rule.ask.cause}”，最长${say(rule.ask.longest)}`);
    if (rule.ask.oneTime !== undefined) clauses.push('应当一次性告知；再次要求其他材料须说明理由，并计入违反次数');
  }
  if (rule.kind === 'answer') clauses.push('恢复计时');
  if (rule.extend !== undefined) {
    const { limit, by, most } = rule.extend;
    clauses.push(`“${titleOfLimit(plan, limit)}”延长${say(by)}，最多${most}次，须在到期之前`);
  }
  if (rule.reclass !== undefined) clauses.push('原来的分类保留在记录中');
  if (rule.sign !== undefined) {
    clauses.push(`由${rule.sign.title}签字${rule.sign.witness === true ? '，不能签字的可由承办人以外的人见证' : ''}`);
  }
  if (rule.rate !== undefined) clauses.push(`分${rule.rate.levels}级，自愿`);
  if (rule.expired !== undefined) clauses.push(`“${titleOfLimit(plan, rule.expired)}”届满后自动办理`);
  if (rule.within !== undefined) {
    const from = rule.within.of === 'ended' ? '办结' : `“${titleOfAct(plan, rule.within.of.act)}”`;
    clauses.push(`须在${from}之后${say(rule.within.within)}内`);
  }
  if (rule.most !== undefined) clauses.push(`最多${rule.most}次`);
  if (rule.tells !== undefined)
    clauses.push(`并告知${describeParties(plan.procedure, rule.tells).replaceAll('或者', '、')}`);
  return clauses;
}

/** One act in one sentence of Chinese: who may, what must stand first, what is asked, what follows, on what ground. */
export function readAct(plan: Plan, planned: PlannedAct): string {
  const { rule, by } = planned;
  const who = describeParties(plan.procedure, by);
  const clauses = [`**${rule.title}**：由${who}办理`];
  if (rule.power !== undefined) {
    const power = plan.procedure.powers.find((each) => each.id === rule.power);
    clauses.push(`须是权责清单里有“${power?.title ?? rule.power}”的组织`);
  }
  if (rule.onBehalf !== undefined) {
    clauses.push(`${describeParties(plan.procedure, rule.onBehalf)}可以代办，两人姓名都记录`);
  }
  if (rule.stages !== undefined) {
    clauses.push(`限于${rule.stages.map((stage) => `“${titleOfStage(plan, stage)}”`).join('、')}环节`);
  }
  if (rule.if !== undefined) clauses.push(`须符合：${sayIf(plan, rule.if)}`);
  for (const { act } of rule.after ?? []) clauses.push(`须先办理“${titleOfAct(plan, act)}”`);
  const fields = sayFields(rule.needs);
  if (fields !== '') clauses.push(fields);
  clauses.push(...sayFacets(plan, rule));
  if (rule.then !== undefined) clauses.push(sayNext(plan, rule.then));
  else if (rule.kind === 'withdraw') clauses.push(sayNext(plan, { end: 'withdrawn' }));
  else if (rule.kind === 'hand-up') clauses.push(sayNext(plan, { escalateTo: 'next' }));
  return `- ${clauses.join('；')}${sayFrom(rule.source)}。`;
}

/** Where a stage leads when it is done. */
export const sayAfterStage = sayNext;
