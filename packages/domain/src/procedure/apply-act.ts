import { deadlineOf } from '../calendar/index.js';
import { countyDate, endOfCountyDay, type Instant } from '../date/index.js';
import type { ActRule } from './act-rule.js';
import { earlierOf } from './acts-in-order.js';
import { countsFromOpening, runClocks, startRuns } from './clock-runs.js';
import { textIn, type FieldValue } from './field.js';
import { acceptByActing, assign, hold, noteFirstContact, partyOf } from './hands.js';
import { OPEN, type Act } from './matter.js';
import { advance, chooseWay, enter } from './moves.js';
import { filled, findPlannedAct } from './plan.js';
import type { Standing } from './standing-of.js';

/** Carries one act into the standing. The act is taken as ruled: an act the procedure does not know is a bug. */
export function applyAct(standing: Standing, act: Act): void {
  if (act.act === OPEN) return applyOpening(standing, act);
  const planned = findPlannedAct(standing.plan, act.act, act.stage ?? standing.stage);
  if (planned === undefined) throw new Error(`the procedure ${standing.plan.procedure.id} has no act ${act.act}`);
  const { rule } = planned;
  const at = act.occurredAt;
  remember(standing, act, rule.kind, planned.place?.path ?? null);
  if (planned.role === 'post' && planned.place !== null) {
    standing.notices.set(planned.place.path, standing.inStage.get(planned.place.path) ?? []);
  }
  noteFirstContact(standing, act);
  acceptByActing(standing, act);
  if (planned.place !== null) chooseWay(standing, planned);
  runClocks(standing, rule.id, act.fields, at);
  assign(standing, rule.assign, act);
  pauseOrResume(standing, rule, act);
  extend(standing, rule, at);
  keepFacts(standing, rule, act);
  advance(standing, planned, act);
}

function remember(standing: Standing, act: Act, kind: string, place: string | null): void {
  standing.done.push(act);
  standing.acts[act.act] = (standing.acts[act.act] ?? 0) + 1;
  standing.kinds[kind] = (standing.kinds[kind] ?? 0) + 1;
  standing.lastDone.set(act.act, { index: standing.done.length - 1, at: act.occurredAt });
  if (place !== null) {
    const here = standing.inStage.get(place);
    if (here === undefined) standing.inStage.set(place, [act]);
    else here.push(act);
  }
  for (const id in act.fields) {
    const value = act.fields[id];
    if (value !== undefined) standing.fields[id] = value;
  }
}

function applyOpening(standing: Standing, act: Act): void {
  remember(standing, act, OPEN, null);
  Object.assign(standing.form, act.fields);
  noteFirstContact(standing, act);
  const by = partyOf(act);
  if (by !== undefined) {
    hold(standing, { ...by, since: act.occurredAt, accepted: true }, 'opened', act);
    standing.responsible = by;
  }
  assign(standing, standing.plan.procedure.assign, act);
  startRuns(standing, countsFromOpening, act.occurredAt);
  const first = standing.plan.procedure.stages[0];
  runClocks(standing, OPEN, act.fields, act.occurredAt);
  if (first !== undefined) enter(standing, first.id, act);
}

function pauseOrResume(standing: Standing, rule: ActRule, act: Act): void {
  if (rule.kind === 'answer') {
    for (const pause of standing.pauses) {
      if (pause.to === undefined) pause.to = earlierOf(pause.lapses, act.occurredAt);
    }
  }
  if (rule.ask === undefined) return;
  const longest = filled(rule.ask.longest, `${rule.id}.ask.longest`);
  const end = deadlineOf(longest, act.occurredAt, standing.calendar);
  const until = end.ok ? end.value.due : countyDate(act.occurredAt);
  const lapses = end.ok ? (end.value.dueAt ?? endOfCountyDay(until)) : act.occurredAt;
  standing.pauses.push({ from: act.occurredAt, cause: rule.ask.cause, act: act.id, until, lapses });
  const oneTime = rule.ask.oneTime;
  if (oneTime === undefined) return;
  if (isSecondNotice(standing, rule, act.fields)) standing.breaches += 1;
  standing.noticesGiven += 1;
  const papers = act.fields[oneTime.list];
  if (Array.isArray(papers)) {
    for (const paper of papers) if (!standing.oneTimeNotice.includes(paper)) standing.oneTimeNotice.push(paper);
  }
}

/** Whether a list of missing papers asks for others than were listed before: the breach of one-time notice 一次性告知 [DY-69]. */
export function isSecondNotice(
  standing: Standing,
  rule: ActRule,
  fields: Readonly<Record<string, FieldValue>>,
): boolean {
  const oneTime = rule.ask?.oneTime;
  if (oneTime === undefined || standing.noticesGiven === 0) return false;
  const papers = fields[oneTime.list];
  return Array.isArray(papers) && papers.some((paper) => !standing.oneTimeNotice.includes(paper));
}

function extend(standing: Standing, rule: ActRule, at: Instant): void {
  if (rule.extend === undefined) return;
  const { limit, by } = rule.extend;
  const run = standing.runs.findLast((one) => one.planned.id === limit && one.met === undefined && one.from <= at);
  run?.extensions.push(filled(by, `${rule.id}.extend.by`));
}

function keepFacts(standing: Standing, rule: ActRule, act: Act): void {
  const { occurredAt: at, id } = act;
  if (rule.reclass !== undefined) {
    const { field } = rule.reclass;
    const to = act.fields[field];
    if (to !== undefined) {
      const by = act.by.person === undefined ? {} : { by: act.by.person };
      standing.reclassified.push({ field, from: standing.form[field], to, at, act: id, ...by });
      standing.form[field] = to;
    }
  }
  if (rule.kind === 'answer') {
    for (const field of standing.plan.procedure.form) {
      const value = act.fields[field.id];
      if (value !== undefined) standing.form[field.id] = value;
    }
  }
  if (rule.sign !== undefined) {
    const witness = textIn(act.fields['witness']);
    standing.signatures.push({ act: id, title: rule.sign.title, at, ...(witness === undefined ? {} : { witness }) });
  }
  if (rule.rate !== undefined) {
    const level = Number(act.fields[rule.rate.field]);
    if (Number.isInteger(level)) standing.rating = { level, at, act: id };
  }
}
