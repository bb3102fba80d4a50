import { listFieldsRead, type Condition } from '../condition/index.js';
import { addDays, countyDate, type Instant } from '../date/index.js';
import type { Field, FieldValue } from './field.js';
import { listPlannedActs, type Plan, type PlannedAct } from './plan.js';

/** How many are on every roll while a procedure is being covered. */
export const SAMPLE_ROLL = 30;

/** A value that fits a field. */
export function sampleValue(field: Field, at: Instant): FieldValue {
  switch (field.type) {
    case 'number':
    case 'money':
      return field.atLeast !== undefined && field.atLeast > 1 ? field.atLeast : Math.min(1, field.atMost ?? 1);
    case 'yes-no':
      return true;
    case 'date':
      return addDays(countyDate(at), 120);
    case 'choice':
      return field.choices?.[0]?.id ?? 'sample';
    case 'choices':
      return field.choices?.map((choice) => choice.id) ?? ['sample'];
    case 'list':
    case 'files':
      return Array.from({ length: Math.max(1, field.atLeast ?? 1) }, () => 'sample');
    default:
      return `sample-${field.id}`.slice(0, field.mostCharacters ?? 64);
  }
}

const fieldsOf = (plan: Plan): Field[] => [
  ...plan.procedure.form,
  ...listPlannedActs(plan).flatMap(({ rule }) => rule.needs),
];

/** Every condition of a procedure. */
function conditionsOf(plan: Plan): Condition[] {
  const { procedure } = plan;
  return [
    ...procedure.stages.map((stage) => stage.if),
    ...(procedure.routes ?? []).map((route) => route.if),
    ...[...plan.stages.values()].flatMap(({ part }) => (part.vote?.reserved ?? []).map((one) => one.if)),
    ...listPlannedActs(plan).map(({ rule }) => rule.if),
    ...fieldsOf(plan).map((field) => field.if),
  ].filter((condition) => condition !== undefined);
}

/** Every plain question in a condition. */
function questionsIn(condition: Condition): Condition[] {
  if ('all' in condition) return condition.all.flatMap(questionsIn);
  if ('any' in condition) return condition.any.flatMap(questionsIn);
  return 'not' in condition ? questionsIn(condition.not) : [condition];
}

/** Kinds of matter that the conditions tell apart, one of each sort; undefined alone where no condition asks. */
export function kindsToldApart(plan: Plan): (string | undefined)[] {
  const asked = conditionsOf(plan)
    .flatMap(questionsIn)
    .flatMap((question) => ('isKind' in question ? [[question.isKind].flat()] : []));
  if (asked.length === 0) return [undefined];
  const sorts = new Map<string, string>();
  for (const kind of plan.procedure.forMatters.kinds) {
    const sort = asked.map((kinds) => (kinds.includes(kind) ? '1' : '0')).join('');
    if (!sorts.has(sort)) sorts.set(sort, kind);
  }
  return [...sorts.values()];
}

/** The values that the conditions of a procedure tell apart, by field: each side of every comparison; of a date none, for its neighbours are sampled. */
export function valuesToldApart(plan: Plan): Map<string, FieldValue[]> {
  const fields = fieldsOf(plan);
  const conditions = conditionsOf(plan);
  const values = new Map<string, FieldValue[]>();
  const add = (field: string, ...found: FieldValue[]): void => {
    values.set(field, [...new Set([...(values.get(field) ?? []), ...found])]);
  };
  const visit = (condition: Condition): void => {
    if (!('field' in condition)) return;
    if ('equals' in condition) add(condition.field, condition.equals);
    if ('in' in condition) add(condition.field, ...condition.in);
    for (const side of ['atLeast', 'moreThan'] as const) {
      const bound = (condition as Partial<Record<typeof side, unknown>>)[side];
      if (typeof bound === 'number') add(condition.field, bound - 1, bound, bound + 1);
    }
  };
  conditions.flatMap(questionsIn).forEach(visit);
  for (const id of conditions.flatMap(listFieldsRead)) {
    const choices = fields.find((field) => field.id === id)?.choices;
    if (choices !== undefined) add(id, ...choices.map((choice) => choice.id));
    const type = fields.find((field) => field.id === id)?.type;
    if (type === 'yes-no') add(id, true, false);
    if (type === 'date') add(id);
  }
  return values;
}

type Values = Record<string, FieldValue>;

/** Fillings of a form: one plain one, and one more for each value that a condition tells apart. */
export function sampleFillings(
  needs: readonly Field[],
  at: Instant,
  toldApart: ReadonlyMap<string, readonly FieldValue[]>,
): Values[] {
  const plain: Values = {};
  for (const field of needs) if (field.optional !== true) plain[field.id] = sampleValue(field, at);
  const told = ({ id, type }: Field): readonly FieldValue[] => {
    const values = toldApart.get(id);
    if (values === undefined || type !== 'date') return values ?? [];
    // Whether one day lies before another is told apart by the days on either side of it.
    return [119, 121].map((days) => addDays(countyDate(at), days));
  };
  const others = needs.flatMap((field) =>
    told(field)
      .filter((value) => value !== plain[field.id])
      .map((value) => ({ ...plain, [field.id]: value })),
  );
  return [plain, ...others];
}

/** What a vote reports: carried by everyone for `pass`, lost by everyone for `reject`. */
export function sampleVote(planned: PlannedAct, filling: Values, at: Instant): Values {
  const vote = planned.place?.part.vote;
  if (planned.role === 'demand') return { ...filling, demanders: SAMPLE_ROLL };
  if (planned.role === 'authorise') return { ...filling, 'authorised-on': countyDate(at) };
  if (vote === undefined || (planned.role !== 'pass' && planned.role !== 'reject')) return filling;
  const approve = planned.role === 'pass' ? SAMPLE_ROLL : 0;
  const groups = (vote.composition ?? []).map((group) => [group.id, SAMPLE_ROLL] as const);
  return {
    ...filling,
    present: SAMPLE_ROLL,
    approve,
    ...(planned.role === 'reject' ? { against: SAMPLE_ROLL } : {}),
    ...(vote.ballot === undefined ? {} : { ballot: vote.ballot }),
    ...Object.fromEntries(groups),
  };
}
