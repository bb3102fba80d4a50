import { deadlineOf, isAfterDeadline } from '../calendar/index.js';
import { describeCondition, evaluateCondition, listFieldsRead } from '../condition/index.js';
import { addDays, type Instant } from '../date/index.js';
import { fault, type Fault } from '../fault/index.js';
import type { ActRule, Prerequisite } from './act-rule.js';
import { conditionNamesOf } from './condition-names.js';
import { compareMoments } from './acts-in-order.js';
import { factsOf } from './facts-of.js';
import { afterStage } from './moves.js';
import { findRunningClock } from './clocks-of.js';
import { describeLevel } from './describe-level.js';
import type { FieldValue } from './field.js';
import type { ChildMatter } from './matter.js';
import { filled, type PlannedAct } from './plan.js';
import type { Clock } from './progress.js';
import type { RollFor } from './roll-for.js';
import { pauseAt, type Standing } from './standing-of.js';
import { faultsOfPlace } from './stage-faults.js';
import { faultsOfMeeting } from './meeting-faults.js';
import { faultsOfNotice } from './notice-faults.js';
import { levelAbove, MatterLevel } from './words.js';

type Extras = { source?: readonly string[] };

/**
 * Every reason why an act may not be done at a moment, whoever does it and whatever they fill in. `nextActs` shows these, and
 * `ruleOnAct` refuses with the same (P9).
 */
export function faultsOfRule(
  standing: Standing,
  planned: PlannedAct,
  at: Instant,
  clocks: readonly Clock[],
  roll: RollFor,
): Fault[] {
  const { rule } = planned;
  const extras: Extras = rule.source === undefined ? {} : { source: rule.source };
  return [
    ...faultsOfPlace(standing, planned),
    ...faultsOfCondition(standing, rule, at, false, {}),
    ...faultsOfPrerequisites(standing, planned, extras),
    ...faultsOfCount(standing, rule, extras),
    ...faultsOfTime(standing, rule, at, clocks, extras),
    ...faultsOfAssignment(standing, rule, extras),
    ...faultsOfPause(standing, rule, at, extras),
    ...faultsOfLevel(standing, rule, extras),
    ...faultsOfChildren(standing, planned, at, extras),
    ...faultsOfMeeting(standing, planned, at, roll),
    ...faultsOfNotice(standing, planned, at),
  ];
}

/** Whether the rule's condition reads a field that this very act fills in; then it is judged with the fields. */
const readsOwnFields = (rule: ActRule): boolean =>
  rule.if !== undefined && listFieldsRead(rule.if).some((id) => rule.needs.some((field) => field.id === id));

/** The fault of an `if` that does not hold, asked either before the fields are known or with them. */
export function faultsOfCondition(
  standing: Standing,
  rule: ActRule,
  at: Instant,
  withFields: boolean,
  fields: Record<string, FieldValue>,
): Fault[] {
  if (rule.if === undefined || readsOwnFields(rule) !== withFields) return [];
  const judged = evaluateCondition(rule.if, factsOf(standing, at, fields));
  if (!judged.ok) return [...judged.faults];
  if (judged.value) return [];
  const condition = describeCondition(rule.if, 'zh-CN', conditionNamesOf(standing.plan));
  return [fault('condition-not-met', { condition }, rule.source === undefined ? {} : { source: rule.source })];
}

/** The result an act would end the matter with, or null. */
export function resultOf(standing: Pick<Standing, 'plan'>, planned: PlannedAct): string | null {
  const { rule, place } = planned;
  if (rule.then !== undefined) return 'end' in rule.then ? rule.then.end : null;
  if (rule.kind === 'withdraw') return 'withdrawn';
  if (rule.kind !== 'outcome' || place === null || place.part !== place.stage) return null;
  const next = afterStage(standing, place.stage.id);
  return 'end' in next ? next.end : null;
}

/** Whether a prerequisite has been done, and late enough to count. */
export function isMet(standing: Standing, prerequisite: Prerequisite): boolean {
  const done = standing.lastDone.get(prerequisite.act);
  if (done === undefined) return false;
  const { since } = prerequisite;
  if (since === undefined || since === 'opened') return true;
  if (since === 'stage-entered') return done.index > standing.enteredAt;
  return done.index > (standing.lastDone.get(since.act)?.index ?? -1);
}

function faultsOfPrerequisites(standing: Standing, planned: PlannedAct, extras: Extras): Fault[] {
  const { rule } = planned;
  const result = resultOf(standing, planned);
  const closing = result === null ? [] : (standing.plan.procedure.closes.needs ?? []);
  const faults: Fault[] = [];
  for (const prerequisite of [...(rule.after ?? []), ...closing]) {
    if (result !== null && prerequisite.unless?.includes(result) === true) continue;
    if (isMet(standing, prerequisite)) continue;
    const source = prerequisite.source === undefined ? extras : { source: prerequisite.source };
    const found = missing(standing, prerequisite, source);
    // The same thing may be missing in two ways (never done, and not since the dispute); it is said once.
    const said = faults.some((one) => one.code === found.code && one.params['act'] === found.params['act']);
    if (!said) faults.push(found);
  }
  return faults;
}

function missing(standing: Standing, prerequisite: Prerequisite, source: Extras): Fault {
  const act = standing.plan.actTitles.get(prerequisite.act) ?? prerequisite.act;
  if (prerequisite.fault === 'feedback-missing') return fault('feedback-missing', {}, source);
  const isSignature = [...standing.plan.stages.values()].some(
    (place) => place.acts.get(prerequisite.act)?.rule.kind === 'sign',
  );
  if (prerequisite.fault !== 'handover-unsigned' && !isSignature) return fault('act-missing', { act }, source);
  const unsigned = fault('handover-unsigned', {}, { ...source, cure: 'do-first' });
  return { ...unsigned, params: { first: act } };
}

function faultsOfCount(standing: Standing, rule: ActRule, extras: Extras): Fault[] {
  const have = standing.acts[rule.id] ?? 0;
  const most = rule.extend?.most ?? rule.most ?? rule.ask?.most;
  if (most === undefined || have < most) return [];
  if (rule.kind === 'rate') return [fault('already-rated', {}, extras)];
  if (rule.extend !== undefined) return [fault('too-many-extensions', { have, most }, extras)];
  return [fault('act-used-up', { act: rule.title, most }, extras)];
}

function faultsOfTime(
  standing: Standing,
  rule: ActRule,
  at: Instant,
  clocks: readonly Clock[],
  extras: Extras,
): Fault[] {
  const faults: Fault[] = [];
  const titleOfLimit = (id: string): string => standing.plan.limits.find((limit) => limit.id === id)?.title ?? id;
  if (rule.expired !== undefined) {
    const clock = findRunningClock(clocks, rule.expired);
    if (clock === undefined) faults.push(fault('clock-not-running', { limit: titleOfLimit(rule.expired) }, extras));
    else if (clock.paused !== undefined) faults.push(fault('matter-paused', { cause: clock.paused.cause }, extras));
    else if (!clock.late) faults.push(fault('must-wait', { until: addDays(clock.due, 1) }, extras));
  }
  if (rule.extend !== undefined) {
    const clock = findRunningClock(clocks, rule.extend.limit);
    if (clock === undefined) {
      faults.push(fault('clock-not-running', { limit: titleOfLimit(rule.extend.limit) }, extras));
    } else if (clock.late) faults.push(fault('extension-too-late', { due: clock.due }, extras));
  }
  if (rule.within !== undefined) {
    const { within, of } = rule.within;
    const from = of === 'ended' ? standing.ended : standing.lastDone.get(of.act)?.at;
    if (from !== undefined) {
      const until = deadlineOf(filled(within, `${rule.id}.within`), from, standing.calendar);
      if (!until.ok) faults.push(...until.faults);
      else if (isAfterDeadline(until.value, at)) {
        faults.push(fault('act-too-late', { act: rule.title, until: until.value.due }, extras));
      }
    }
  }
  return faults;
}

function faultsOfAssignment(standing: Standing, rule: ActRule, extras: Extras): Fault[] {
  const how = rule.assign?.how;
  const { offer } = standing;
  if (how === 'offer' && offer !== null) {
    return [fault('transfer-already-offered', { office: offer.office }, extras)];
  }
  return (how === 'accept' || how === 'decline') && offer === null ? [fault('no-transfer-offered', {}, extras)] : [];
}

function faultsOfPause(standing: Standing, rule: ActRule, at: Instant, extras: Extras): Fault[] {
  const paused = pauseAt(standing, at);
  if (rule.ask !== undefined && paused !== undefined) return [fault('matter-paused', { cause: paused.cause }, extras)];
  return rule.kind === 'answer' && paused === undefined ? [fault('matter-not-paused', {}, extras)] : [];
}

function faultsOfLevel(standing: Standing, rule: ActRule, extras: Extras): Fault[] {
  const next = rule.then;
  if (rule.kind !== 'hand-up' && !(next !== undefined && 'escalateTo' in next)) return [];
  const target = next !== undefined && 'escalateTo' in next ? next.escalateTo : 'next';
  const order = MatterLevel.options;
  const above = levelAbove(standing.level);
  const higher = target === 'next' ? above !== undefined : order.indexOf(target) > order.indexOf(standing.level);
  return higher ? [] : [fault('no-level-above', { level: describeLevel(standing.level) }, extras)];
}

/** A sub-matter binds nothing before the act that opened it: what is judged may be a late entry from before that day. */
function wasOpenedBefore(standing: Standing, { openedBy }: ChildMatter): boolean {
  if (openedBy === undefined || standing.done.some((act) => act.id === openedBy)) return true;
  const isStillToCome =
    standing.record.acts.some((act) => act.id === openedBy) || standing.plan.actTitles.has(openedBy);
  return !isStillToCome || standing.lastDone.has(openedBy);
}

/**
 * Sub-matters that bind the parent: `all` must have ended, of `any` one, `none` binds nothing. They hold back an end and a
 * stage's outcome that leads on; a withdrawal takes them with it, a return and a hand-up do not wait for them.
 */
function faultsOfChildren(standing: Standing, planned: PlannedAct, at: Instant, extras: Extras): Fault[] {
  const { rule } = planned;
  if (rule.kind === 'withdraw' || standing.record.children.length === 0) return [];
  const leadsOn = rule.kind === 'outcome' && !(rule.then !== undefined && 'backTo' in rule.then);
  if (!leadsOn && resultOf(standing, planned) === null) return [];
  const isOpen = (ended: Instant | null): boolean => ended === null || compareMoments(ended, at) > 0;
  const bound = standing.record.children.filter(
    (child) => (child.wait ?? 'all') !== 'none' && wasOpenedBefore(standing, child),
  );
  const all = bound.filter((child) => (child.wait ?? 'all') === 'all' && isOpen(child.ended)).length;
  const anyOf = bound.filter((child) => child.wait === 'any');
  const openers = new Set(anyOf.map((child) => child.openedBy ?? ''));
  let any = 0;
  for (const opener of openers) {
    const group = anyOf.filter((child) => (child.openedBy ?? '') === opener);
    if (group.every((child) => isOpen(child.ended))) any += group.length;
  }
  return all + any === 0 ? [] : [fault('children-still-open', { count: all + any }, extras)];
}
