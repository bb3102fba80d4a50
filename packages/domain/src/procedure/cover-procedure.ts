import type { FaultCode } from '../fault/index.js';
import { explore, type PathStep, type Setting } from './explore.js';
import { listPlannedActs, planOf, type PlannedAct } from './plan.js';
import type { Procedure } from './procedure.js';
import { openingOf } from './rule-on-act.js';

/** A way through a procedure, found by walking it: the steps, and what is reached first by them. */
export interface Path {
  readonly reaches: { readonly kind: 'stage' | 'act' | 'result'; readonly id: string };
  readonly steps: readonly PathStep[];
}

/** One refusal that the rule can give: any of these codes for that act. */
export interface ExpectedRefusal {
  readonly act: string;
  readonly why: string;
  readonly codes: readonly FaultCode[];
}

/**
 * What walking a procedure found. A sound procedure has nothing in `unreached` and nothing in `unrefused`: every stage, act and
 * result happens on some path, and everything that should be refused is refused somewhere.
 */
export interface Coverage {
  readonly paths: readonly Path[];
  readonly unreached: readonly Path['reaches'][];
  readonly refused: readonly ExpectedRefusal[];
  readonly unrefused: readonly ExpectedRefusal[];
}

const WHO: readonly FaultCode[] = [
  'not-your-act',
  'wrong-convener',
  'not-your-division',
  'not-the-filer',
  'not-the-handler',
  'handler-cannot-confirm',
];

const keyOf = (planned: PlannedAct): string =>
  planned.place === null ? planned.rule.id : `${planned.place.path}/${planned.rule.id}`;

/** What the rule of an act says must be refused, read from the rule alone. */
function expectedOf(planned: PlannedAct, isOnlyStage: boolean): ExpectedRefusal[] {
  const { rule, by, group, place, role } = planned;
  const act = keyOf(planned);
  const expected: ExpectedRefusal[] = [];
  const expect = (why: string, ...codes: FaultCode[]): void => void expected.push({ act, why, codes });
  if (!by.some((who) => 'anyone' in who || 'resident' in who)) expect('a stranger tries', ...WHO);
  if (rule.needs.some((field) => field.optional !== true && field.if === undefined)) {
    expect('a required field is missing', 'field-missing');
  }
  if (group === 'afterwards') expect('the matter is open', 'matter-not-closed');
  else expect('the matter is closed', 'matter-closed');
  if (group === 'stage' && place !== null && !isOnlyStage) {
    expect('another stage is open', 'stage-not-open', 'act-comes-later');
  }
  for (const { fault } of rule.after ?? []) {
    expect('what comes first is missing', fault ?? 'act-missing', 'handover-unsigned');
  }
  if (rule.expired !== undefined) expect('the limit still runs', 'must-wait', 'clock-not-running');
  if (rule.extend !== undefined) expect('extended often enough', 'too-many-extensions');
  if (rule.kind === 'rate') expect('rated already', 'already-rated');
  else if (rule.most !== undefined) expect('done often enough', 'act-used-up');
  if (rule.within !== undefined) expect('the window has passed', 'act-too-late');
  if (rule.ask !== undefined) expect('asked already', 'matter-paused');
  if (rule.kind === 'answer') expect('nothing was asked', 'matter-not-paused');
  if (rule.assign?.how === 'accept') expect('nothing was offered', 'no-transfer-offered');
  if (role === 'pass' && place?.part.vote?.attendance !== undefined) expect('too few present', 'attendance-too-low');
  if (role === 'pass') expect('too few in favour', 'approval-too-low');
  if (role === 'reject') expect('it was carried', 'vote-was-carried');
  const vote = place?.part.vote;
  if (role === 'pass' && vote?.singly === true) expect('two matters in one vote', 'votes-bundled');
  if (role === 'convene' && vote?.authorisedBy !== undefined) expect('not authorised', 'authorisation-missing');
  if (role === 'convene' && vote?.reserved !== undefined) expect('reserved to another body', 'body-not-competent');
  if (role === 'demand') expect('too few demand it', 'demand-too-few');
  if (
    role === 'post' &&
    typeof place?.part.publish?.noticePeriod === 'object' &&
    'chosen' in place.part.publish.noticePeriod
  ) {
    expect('too few days chosen', 'field-invalid');
  }
  if (role === 'take-down') expect('it must stay up', 'publication-too-short', 'notice-not-posted');
  if (role === 'finish-posting') expect('the notice was too short', 'publication-too-short');
  return expected;
}

/**
 * Walks a procedure and says what it found; for the test that every pack procedure runs beside its cases.
 * Pure and repeatable: made-up people, one roll of thirty, the caller's calendar, no chance.
 */
export function coverProcedure(procedure: Procedure, setting: Setting): Coverage {
  const plan = planOf(procedure);
  const acts = listPlannedActs(plan);
  const targets: Path['reaches'][] = [
    ...procedure.stages.map((stage) => ({ kind: 'stage' as const, id: stage.id })),
    ...acts.map((planned) => ({ kind: 'act' as const, id: keyOf(planned) })),
    ...procedure.closes.results.map((result) => ({ kind: 'result' as const, id: result.id })),
  ];
  const found = new Map<string, Path>();
  const reach = (reaches: Path['reaches'], steps: readonly PathStep[]): void => {
    const key = `${reaches.kind} ${reaches.id}`;
    if (!found.has(key)) found.set(key, { reaches, steps });
  };
  const expected = acts.flatMap((planned) => expectedOf(planned, procedure.stages.length === 1));
  const open = new Set(expected);
  const opening = openingOf(procedure);
  const isFound = (target: Path['reaches']): boolean => found.has(`${target.kind} ${target.id}`);
  explore(procedure, setting, {
    passed: (planned, reached) => {
      if (planned.rule.id !== opening.rule.id) reach({ kind: 'act', id: keyOf(planned) }, reached.steps);
      for (const visit of reached.progress.visits) reach({ kind: 'stage', id: visit.stage }, reached.steps);
      const { result } = reached.progress;
      if (result !== undefined) reach({ kind: 'result', id: result }, reached.steps);
    },
    refused: (planned, codes) => {
      const act = keyOf(planned);
      for (const one of open) {
        if (one.act === act && one.codes.some((code) => codes.includes(code))) open.delete(one);
      }
    },
    isDone: (planned) => {
      const act = keyOf(planned);
      return isFound({ kind: 'act', id: act }) && ![...open].some((one) => one.act === act);
    },
    enough: () => open.size === 0 && targets.every(isFound),
  });
  return {
    paths: [...found.values()],
    unreached: targets.filter((target) => !isFound(target)),
    refused: expected.filter((one) => !open.has(one)),
    unrefused: [...open],
  };
}

/** A shortest path to every stage, act and result of a procedure, by walking it. */
export const pathsThrough = (procedure: Procedure, setting: Setting): readonly Path[] =>
  coverProcedure(procedure, setting).paths;
