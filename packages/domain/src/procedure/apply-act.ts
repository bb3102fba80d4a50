import { deadlineOf } from '../calendar/index.js';
import { evaluateCondition, type Condition, type ConditionFacts } from '../condition/index.js';
import { earlierOf } from './acts-in-order.js';
import { countyDate, endOfCountyDay, startOfCountyDay, type Instant, type PlainDate } from '../date/index.js';
import type { ActRule, Next } from './act-rule.js';
import type { FieldValue } from './field.js';
import { OPEN, type Act } from './matter.js';
import { filled, findPlannedAct, stageAfter, type PlannedAct, type PlannedLimit } from './plan.js';
import type { OfficeOrPerson, Station } from './progress.js';
import type { Standing } from './standing-of.js';
import { levelAbove } from './words.js';

const text = (value: FieldValue | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** What a condition may ask about: every field, the counts of acts, and a few facts of the matter itself. */
export function factsOf(standing: Standing, at: Instant, extra: Record<string, FieldValue> = {}): ConditionFacts {
  const { record, plan } = standing;
  const { kinds } = plan.procedure.forMatters;
  const filedByStaff = standing.done[0]?.by.kind === 'officer';
  return {
    fields: {
      ...standing.fields,
      ...extra,
      'matter-level': standing.level,
      'matter-channel': record.channel,
      'filed-by-staff': filedByStaff,
    },
    kind: record.kind ?? (kinds.length === 1 ? kinds[0] : undefined),
    acts: standing.done,
    today: countyDate(at),
  };
}

/** Whether a condition holds; one that cannot be judged does not hold, and the ruling says why. */
export function holds(condition: Condition, facts: ConditionFacts): boolean {
  const judged = evaluateCondition(condition, facts);
  return judged.ok && judged.value;
}

/** Carries one act into the standing. The act is taken as ruled: an act the procedure does not know is a bug. */
export function applyAct(standing: Standing, act: Act): void {
  if (act.act === OPEN) return applyOpening(standing, act);
  const planned = findPlannedAct(standing.plan, act.act, act.stage ?? standing.stage);
  if (planned === undefined) throw new Error(`the procedure ${standing.plan.procedure.id} has no act ${act.act}`);
  const { rule } = planned;
  const at = act.occurredAt;
  remember(standing, act, rule.kind, planned.place?.path ?? null);
  noteFirstContact(standing, act);
  acceptByActing(standing, act);
  if (planned.place !== null) chooseWay(standing, planned);
  runClocks(standing, rule.id, act.fields, at);
  assign(standing, rule, act);
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
  startRuns(standing, countsFromOpening, act.occurredAt);
  const first = standing.plan.procedure.stages[0];
  runClocks(standing, OPEN, act.fields, act.occurredAt);
  if (first !== undefined) enter(standing, first.id, act);
}

/** The officer who acts, as a holder; undefined for residents and deadlines. */
function partyOf(act: Act): OfficeOrPerson | undefined {
  if (act.by.kind !== 'officer') return undefined;
  return {
    ...(act.by.office === undefined ? {} : { office: act.by.office.body, post: act.by.office.post }),
    ...(act.by.person === undefined ? {} : { person: act.by.person }),
  };
}

/** The first officer who touches the request is its first contact 首问责任人, and answers for it until another has accepted [DY-68]. */
function noteFirstContact(standing: Standing, act: Act): void {
  if (standing.firstContact !== null) return;
  const by = partyOf(act);
  if (by === undefined) return;
  standing.firstContact = { ...by, since: act.occurredAt };
  standing.responsible = by;
}

/** A person named by somebody else has accepted once they act. */
function acceptByActing(standing: Standing, act: Act): void {
  const { holder } = standing;
  if (holder === null || holder.accepted || holder.person === undefined || holder.person !== act.by.person) return;
  standing.holder = { ...holder, accepted: true };
  standing.responsible = partyOf(act) ?? standing.responsible;
}

function hold(standing: Standing, holder: Standing['holder'], how: Station['how'], act: Act): void {
  const last = standing.stations.at(-1);
  if (last !== undefined && last.to === undefined) last.to = act.occurredAt;
  standing.holder = holder;
  if (holder?.person !== undefined && !standing.handlers.includes(holder.person)) standing.handlers.push(holder.person);
  standing.stations.push({
    ...(holder?.office === undefined ? {} : { office: holder.office }),
    ...(holder?.post === undefined ? {} : { post: holder.post }),
    ...(holder?.person === undefined ? {} : { person: holder.person }),
    level: standing.level,
    stage: standing.stage,
    from: act.occurredAt,
    how,
    act: act.id,
  });
}

function assign(standing: Standing, rule: ActRule, act: Act): void {
  const assignment = rule.assign;
  if (assignment === undefined) return;
  const by = partyOf(act) ?? {};
  const since = act.occurredAt;
  switch (assignment.how) {
    case 'take':
      hold(standing, { ...by, since, accepted: true }, 'taken', act);
      standing.responsible = by;
      return;
    case 'name': {
      const person = text(act.fields[assignment.person]);
      if (person === undefined) return;
      const accepted = person === act.by.person;
      const office = by.office ?? standing.holder?.office;
      hold(standing, { ...(office === undefined ? {} : { office }), person, since, accepted }, 'named', act);
      if (accepted) standing.responsible = by;
      return;
    }
    case 'offer': {
      const office = text(act.fields[assignment.office]);
      if (office !== undefined) standing.offer = { office, at: since, act: act.id };
      return;
    }
    case 'accept': {
      const named = assignment.person === undefined ? undefined : text(act.fields[assignment.person]);
      const person = named ?? act.by.person;
      const office = by.office ?? standing.offer?.office;
      const accepted = named === undefined || named === act.by.person;
      const holder = {
        ...(office === undefined ? {} : { office }),
        ...(person === undefined ? {} : { person }),
        since,
        accepted,
      };
      standing.offer = null;
      standing.responsible = by;
      hold(standing, holder, 'transferred', act);
      return;
    }
    case 'decline':
      standing.offer = null;
      return;
    case 'drop': {
      const office = standing.holder?.office;
      standing.responsible = standing.firstContact ?? standing.responsible;
      hold(standing, { ...(office === undefined ? {} : { office }), since, accepted: false }, 'dropped', act);
    }
  }
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
    const witness = text(act.fields['witness']);
    standing.signatures.push({ act: id, title: rule.sign.title, at, ...(witness === undefined ? {} : { witness }) });
  }
  if (rule.rate !== undefined) {
    const level = Number(act.fields[rule.rate.field]);
    if (Number.isInteger(level)) standing.rating = { level, at, act: id };
  }
}

/** Limits that an act starts, and limits that it fulfils. */
function runClocks(standing: Standing, act: string, fields: Act['fields'], at: Instant): void {
  for (const run of standing.runs) {
    if (run.met === undefined && run.planned.limit.until?.includes(act) === true) run.met = at;
  }
  for (const planned of standing.plan.limits) {
    const anchor = planned.limit.of;
    if (typeof anchor !== 'object') continue;
    if (planned.place !== null && planned.place !== standing.stage) continue;
    if ('act' in anchor) {
      if (anchor.act === act) restart(standing, planned, at);
      continue;
    }
    const day = text(fields[anchor.date]);
    if (day !== undefined) restart(standing, planned, startOfCountyDay(day as PlainDate));
  }
}

function restart(standing: Standing, planned: PlannedLimit, from: Instant): void {
  const index = standing.runs.findIndex((run) => run.planned === planned && run.met === undefined);
  if (index >= 0) standing.runs.splice(index, 1);
  standing.runs.push({ planned, from, extensions: [] });
}

/** A limit over the whole matter counts from its opening unless it says otherwise; a stage's limit only where it says so. */
const countsFromOpening = ({ place, limit }: PlannedLimit): boolean =>
  (limit.of ?? (place === null ? 'opened' : 'stage-entered')) === 'opened';

function startRuns(standing: Standing, belongs: (limit: PlannedLimit) => boolean, from: Instant): void {
  for (const planned of standing.plan.limits) {
    if (belongs(planned)) standing.runs.push({ planned, from, extensions: [] });
  }
}

function meetRuns(standing: Standing, belongs: (limit: PlannedLimit) => boolean, at: Instant): void {
  for (const run of standing.runs) if (run.met === undefined && belongs(run.planned)) run.met = at;
}

function chooseWay(standing: Standing, planned: PlannedAct): void {
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

function advance(standing: Standing, planned: PlannedAct, act: Act): void {
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

function enter(standing: Standing, target: string, act: Act): void {
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
