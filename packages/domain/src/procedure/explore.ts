import type { Calendar } from '../calendar/index.js';
import { listActsCounted } from '../condition/index.js';
import {
  addDays,
  addMilliseconds,
  compareInstants,
  countyDate,
  startOfCountyDay,
  type Instant,
  type PlainDate,
} from '../date/index.js';
import type { Fault, FaultCode } from '../fault/index.js';
import { standingAt } from './derive-progress.js';
import type { FieldValue } from './field.js';
import { OPEN, type Act, type Actor, type MatterRecord } from './matter.js';
import { nextActs } from './next-acts.js';
import { findPlannedAct, listPlannedActs, planOf, type Plan, type PlannedAct } from './plan.js';
import type { Procedure } from './procedure.js';
import type { Progress } from './progress.js';
import type { RollFor } from './roll-for.js';
import { openingOf, ruleOnAct } from './rule-on-act.js';
import { SAMPLE_DRAWN, SAMPLE_FILER, SAMPLE_STRANGER, sampleActor } from './sample-actors.js';
import { kindsToldApart, SAMPLE_ROLL, sampleFillings, sampleVote, valuesToldApart } from './sample-values.js';
import { isMet } from './standing-faults.js';
import type { Standing } from './standing-of.js';

/** One step of a path: the act, where, with what, by whom and when. */
export interface PathStep {
  readonly act: string;
  readonly stage: string | null;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly by: Actor;
  readonly at: Instant;
}

/** A point reached: the record, the steps that led there, and where the matter stands. */
export interface Reached {
  readonly steps: readonly PathStep[];
  readonly record: MatterRecord;
  readonly progress: Progress;
}

/** What an exploration is told when it sees something. */
export interface Witness {
  passed(planned: PlannedAct, reached: Reached): void;
  refused(planned: PlannedAct, codes: readonly FaultCode[]): void;
  /** Nothing more is to be seen of this act; it is tried again only where it may lead somewhere. */
  readonly isDone: (planned: PlannedAct) => boolean;
  /** Enough has been seen. */
  readonly enough: () => boolean;
}

/** Where and when a procedure is explored; the caller's calendar decides what a working day is. */
export interface Setting {
  readonly calendar: Calendar;
  readonly opened: Instant;
  readonly division: string;
  readonly most?: number;
}

const everyone: RollFor = () => ({
  entitled: SAMPLE_ROLL,
  households: SAMPLE_ROLL,
  'all-members': SAMPLE_ROLL,
  'registered-voters': SAMPLE_ROLL,
});

/** The day named by a refusal that time alone will cure. */
function dayToWaitFor(faults: readonly Fault[]): PlainDate | undefined {
  const days = faults.map(({ code, params }) => {
    if (code === 'must-wait') return params['until'];
    return code === 'publication-too-short' || code === 'notice-too-short' ? params['earliest'] : undefined;
  });
  return days.every((day) => typeof day === 'string') ? (days.toSorted().at(-1) as PlainDate | undefined) : undefined;
}

/**
 * What tells two points apart for the rules: everything a check reads, and nothing else, so that the search stays small.
 * What is read is worked out once for the procedure.
 */
function signaturesOf(plan: Plan, toldApart: ReadonlyMap<string, unknown>): (standing: Standing) => string {
  const rules = listPlannedActs(plan).map(({ rule }) => rule);
  const limited = rules.flatMap((rule) => {
    const most = rule.most ?? rule.extend?.most ?? rule.ask?.most;
    return most === undefined ? [] : [{ id: rule.id, most }];
  });
  const prerequisites = [...rules.flatMap((rule) => rule.after ?? []), ...(plan.procedure.closes.needs ?? [])];
  const fields = [...toldApart.keys()];
  return (standing) => {
    const here = [...standing.inStage].map(([place, acts]) => {
      const count = (id: string): number => acts.filter((act) => act.act === id).length;
      return `${place}:${count('convene') > 0}${count('authorise') > 0}${count('post') > 0}${count('object') > count('answer-objection')}`;
    });
    return [
      standing.record.kind,
      standing.stage,
      JSON.stringify(standing.branches),
      standing.level,
      standing.result,
      standing.offer === null,
      standing.holder?.person ?? standing.holder?.office,
      standing.pauses.every((pause) => pause.to !== undefined),
      standing.noticesGiven > 0,
      limited.map(({ id, most }) => Math.min(most, standing.acts[id] ?? 0)).join(),
      prerequisites.map((prerequisite) => (isMet(standing, prerequisite) ? '1' : '0')).join(''),
      here.join(),
      fields.map((field) => String(standing.fields[field])).join(),
      [...standing.notices.keys()].join(),
    ].join('|');
  };
}

/**
 * Walks a procedure from opening along every act, breadth first, with made-up people and values, and tells the witness what passed and
 * what was refused. Time is moved only where a refusal says from when the act is possible. Ends when the witness has seen enough, when
 * nothing new is found, or after `most` points.
 */
export function explore(procedure: Procedure, setting: Setting, witness: Witness): void {
  const plan = planOf(procedure);
  const toldApart = valuesToldApart(plan);
  const signatureOf = signaturesOf(plan, toldApart);
  const inert = inertActs(plan);
  const seen = new Set<string>();
  const queue: Reached[] = [];
  const empty: MatterRecord = {
    procedure: 'explored',
    opened: setting.opened,
    division: setting.division,
    filer: SAMPLE_FILER,
    channel: 'portal',
    acts: [],
    children: [],
    sampled: [SAMPLE_DRAWN],
  };

  const attempt = (from: Reached | MatterRecord, planned: PlannedAct, at: Instant): void => {
    const { record, steps } = 'steps' in from ? from : { record: from, steps: [] };
    const standing = standingAt(procedure, record, setting.calendar, at);
    const stageAt = planned.place?.part.at ?? planned.place?.stage.at;
    const actors = planned.by.map((who) => sampleActor(standing, who, stageAt)).filter((actor) => actor !== undefined);
    const make = (fields: Readonly<Record<string, FieldValue>>, actor: Actor): Act => ({
      seq: record.acts.length,
      id: `step-${record.acts.length}`,
      act: planned.rule.id,
      stage: planned.place?.path ?? null,
      by: {
        kind: actor.kind,
        ...(actor.person === undefined ? {} : { person: actor.person }),
        ...(actor.offices[0] === undefined
          ? {}
          : { office: { post: actor.offices[0].post, body: actor.offices[0].body } }),
      },
      fields: { ...fields },
      occurredAt: at,
      recordedAt: at,
    });
    const rule = (fields: Readonly<Record<string, FieldValue>>, actor: Actor) => {
      const ruling = ruleOnAct(procedure, record, make(fields, actor), actor, everyone, setting.calendar);
      if (!ruling.passes)
        witness.refused(
          planned,
          ruling.faults.map(({ code }) => code),
        );
      return ruling;
    };
    const fillings = sampleFillings(planned.rule.needs, at, toldApart).map((one) => sampleVote(planned, one, at));
    const [plain] = fillings;
    if (plain === undefined) return;
    // Once all its refusals have been seen, only where an act leads is still of interest.
    const probing = !witness.isDone(planned);
    if (probing) rule(plain, SAMPLE_STRANGER);
    const [first] = actors;
    if (probing && first !== undefined) {
      rule({}, first);
      for (const lost of lostVotes(planned, plain)) rule(lost, first);
    }
    for (const fields of fillings) {
      for (const actor of actors) {
        const ruling = rule(fields, actor);
        if (!ruling.passes) continue;
        // Whoever may do it does the same; one of them is enough.
        const act = make(fields, actor);
        const step: PathStep = { act: act.act, stage: act.stage, fields, by: actor, at };
        const reached: Reached = {
          steps: [...steps, step],
          record: { ...record, acts: [...record.acts, act] },
          progress: ruling.progress,
        };
        witness.passed(planned, reached);
        const after = standingAt(procedure, reached.record, setting.calendar, at);
        const signature = signatureOf(after);
        if (!seen.has(signature)) queue.push(reached);
        seen.add(signature);
        break;
      }
    }
  };

  for (const kind of kindsToldApart(plan)) {
    attempt(kind === undefined ? empty : { ...empty, kind }, openingOf(procedure), setting.opened);
  }
  const most = setting.most ?? 800;
  for (let taken = 0; taken < most && !witness.enough(); taken += 1) {
    const point = queue.shift();
    if (point === undefined) return;
    const last = point.steps.at(-1)?.at ?? setting.opened;
    const now = addMilliseconds(last, 60_000);
    for (const next of nextActs(procedure, point.record, null, everyone, setting.calendar, now)) {
      const planned = findPlannedAct(plan, next.act.id, next.stage);
      if (planned === undefined || planned.rule.id === OPEN) continue;
      if (inert.has(planned.rule.id) && witness.isDone(planned)) continue;
      if (next.faults.length > 0)
        witness.refused(
          planned,
          next.faults.map(({ code }) => code),
        );
      const day = next.allowed ? undefined : dayToWaitFor(next.faults);
      if (next.allowed || readsFields(next.faults)) attempt(point, planned, now);
      else if (day !== undefined)
        attempt(point, planned, laterOf(now, addMilliseconds(startOfCountyDay(day), 3_600_000)));
      tryTooLate(planned, point, now, attempt);
    }
  }
}

/** Acts that change nothing any rule asks about: a plain note that no other act waits for. Seen once, they lead nowhere new. */
function inertActs(plan: Plan): Set<string> {
  const rules = listPlannedActs(plan);
  const awaited = new Set([
    ...rules.flatMap(({ rule }) => (rule.after ?? []).map(({ act }) => act)),
    ...(plan.procedure.closes.needs ?? []).map(({ act }) => act),
    ...rules.flatMap(({ rule }) => (rule.if === undefined ? [] : listActsCounted(rule.if))),
    ...plan.limits.flatMap(({ limit }) => (typeof limit.of === 'object' && 'act' in limit.of ? [limit.of.act] : [])),
  ]);
  const plain = rules.filter(
    ({ rule, role }) => rule.kind === 'note' && role === null && rule.then === undefined && rule.assign === undefined,
  );
  return new Set(plain.map(({ rule }) => rule.id).filter((id) => !awaited.has(id)));
}

/** A condition may hold for other values; the fillings will tell. */
const readsFields = (faults: readonly Fault[]): boolean => faults.every(({ code }) => code === 'condition-not-met');

const laterOf = (a: Instant, b: Instant): Instant => (compareInstants(a, b) >= 0 ? a : b);

/** An act with a window, or an extension, is also tried long after, to see it refused. */
function tryTooLate(
  planned: PlannedAct,
  point: Reached,
  now: Instant,
  attempt: (from: Reached, planned: PlannedAct, at: Instant) => void,
): void {
  const { rule } = planned;
  const windowed = rule.within !== undefined || rule.extend !== undefined || planned.role === 'object';
  if (!windowed) return;
  const inPlace = planned.group === 'afterwards' ? point.progress.state === 'ended' : point.progress.state !== 'ended';
  if (inPlace) attempt(point, planned, startOfCountyDay(addDays(countyDate(now), 400)));
}

/** Counts that are refused in one way each: too few present, too few for, two matters in one vote, too few who demand. */
function lostVotes(
  planned: PlannedAct,
  plain: Readonly<Record<string, FieldValue>>,
): Readonly<Record<string, FieldValue>>[] {
  if (planned.role === 'pass')
    return [
      { ...plain, present: 1, approve: 1 },
      { ...plain, approve: 0 },
      ...(planned.place?.part.vote?.singly === true ? [{ ...plain, items: ['sample-one', 'sample-two'] }] : []),
    ];
  if (planned.role === 'demand') return [{ ...plain, demanders: 1 }];
  if (planned.role === 'post') return [{ ...plain, 'notice-days': 0 }];
  return planned.role === 'reject' ? [{ ...plain, approve: SAMPLE_ROLL, against: 0 }] : [];
}
