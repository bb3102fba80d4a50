import { parsePlainDate } from '../date/index.js';
import { fault, type Fault } from '../fault/index.js';
import { isSecondNotice } from './apply-act.js';
import { factsOf, holds } from './facts-of.js';
import type { Field, FieldValue } from './field.js';
import type { Act } from './matter.js';
import type { PlannedAct } from './plan.js';
import type { Standing } from './standing-of.js';

/** Fields any act may carry besides its own. */
const ALWAYS = new Set(['remark']);

const isEmpty = (value: FieldValue | undefined): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Why a value does not fit its field, in Chinese; undefined when it does. Registers ask the same of their records. */
export function misfit(field: Field, value: FieldValue): string | undefined {
  switch (field.type) {
    case 'number':
    case 'money':
      if (typeof value !== 'number' || !Number.isFinite(value)) return '应为数字';
      if (field.unit === '人' && !Number.isSafeInteger(value)) return '人数应为整数';
      if (field.atLeast !== undefined && value < field.atLeast) return `不得小于${field.atLeast}`;
      if (field.atMost !== undefined && value > field.atMost) return `不得大于${field.atMost}`;
      return undefined;
    case 'yes-no':
      return typeof value === 'boolean' ? undefined : '应为是或者否';
    case 'date':
      return typeof value === 'string' && parsePlainDate(value).ok ? undefined : '应为日期';
    case 'choice':
      if (typeof value !== 'string') return '应选一项';
      return field.choices?.some((choice) => choice.id === value) === false ? '不在可选范围内' : undefined;
    case 'choices':
      if (!Array.isArray(value)) return '应为多选';
      return value.every((one) => field.choices?.some((choice) => choice.id === one) !== false)
        ? undefined
        : '不在可选范围内';
    case 'list':
    case 'files':
      if (!Array.isArray(value)) return '应为清单';
      if (field.atLeast !== undefined && value.length < field.atLeast) return `不得少于${field.atLeast}项`;
      if (field.atMost !== undefined && value.length > field.atMost) return `不得多于${field.atMost}项`;
      return undefined;
    default:
      if (typeof value !== 'string') return '应为文字';
      return field.mostCharacters !== undefined && [...value].length > field.mostCharacters
        ? `不得超过${field.mostCharacters}字`
        : undefined;
  }
}

/** The fields an act asks for now: those without a condition, and those whose condition holds. */
export function fieldsAsked(
  standing: Standing,
  needs: readonly Field[],
  at: Act['occurredAt'],
  given: Act['fields'],
): Field[] {
  return needs.filter((field) => field.if === undefined || holds(field.if, factsOf(standing, at, given)));
}

/** Everything wrong with what was filled in. */
export function faultsOfFields(standing: Standing, planned: PlannedAct, act: Act): Fault[] {
  const { rule } = planned;
  const faults: Fault[] = [];
  const asked = fieldsAsked(standing, rule.needs, act.occurredAt, act.fields);
  for (const field of asked) {
    const value = act.fields[field.id];
    const source = field.source ?? rule.source;
    const extras = source === undefined ? {} : { source };
    if (value === undefined || isEmpty(value)) {
      if (field.optional !== true) faults.push(fault('field-missing', { field: field.title }, extras));
      continue;
    }
    const reason = misfit(field, value);
    if (reason !== undefined) faults.push(fault('field-invalid', { field: field.title, reason }, extras));
  }
  const known = new Set(rule.needs.map((field) => field.id));
  for (const id of Object.keys(act.fields)) {
    const isWitness = id === 'witness' && rule.sign !== undefined;
    if (!known.has(id) && !ALWAYS.has(id) && !isWitness) faults.push(fault('field-unknown', { field: id }));
  }
  return [...faults, ...faultsOfFacets(standing, planned, act)];
}

function faultsOfFacets(standing: Standing, { rule }: PlannedAct, act: Act): Fault[] {
  const faults: Fault[] = [];
  const extras = rule.source === undefined ? {} : { source: rule.source };
  const oneTime = rule.ask?.oneTime;
  if (oneTime !== undefined && isSecondNotice(standing, rule, act.fields) && isEmpty(act.fields[oneTime.reason])) {
    const field = rule.needs.find((one) => one.id === oneTime.reason)?.title ?? oneTime.reason;
    faults.push(fault('second-notice-needs-reason', { field }, extras));
  }
  const witness = act.fields['witness'];
  if (rule.sign !== undefined && witness !== undefined) {
    const { party, title } = rule.sign;
    const isResident = 'resident' in party || 'filer' in party;
    if (rule.sign.witness !== true || !isResident) {
      faults.push(fault('witness-only-for-residents', { party: title }, extras));
    }
    if (typeof witness === 'string' && standing.handlers.includes(witness)) {
      faults.push(fault('witness-is-handler', {}, extras));
    }
  }
  if (rule.rate !== undefined) {
    const level = act.fields[rule.rate.field];
    const { levels } = rule.rate;
    if (level !== undefined && !(Number.isInteger(level) && Number(level) >= 1 && Number(level) <= levels)) {
      faults.push(fault('field-invalid', { field: '评价', reason: `应为1至${levels}级` }, extras));
    }
  }
  return faults;
}
