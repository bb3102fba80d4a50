import { evaluateCondition } from '../condition/index.js';
import type { PlainDate } from '../date/index.js';
import { fault, type Fault } from '../fault/index.js';
import type { Guard, Register } from '../policy-pack/index.js';
import { misfit, type Field, type FieldValues } from '../procedure/index.js';
import { numberIn } from './composition.js';
import { freeKeys } from './free-keys.js';
import { addUp, knownFields, withKnown, type Elsewhere } from './known-fields.js';

/** A record as the guards see it: its id and its values in force, and whether whom it is about has confirmed them as they stand. */
export type GuardedRecord = { id: string; fields: FieldValues; confirmed?: boolean };

/** What a guard may look at: the other records in force, other registers, the earlier state, the procedures running about this record, the day. */
export type RecordSurroundings = {
  others: readonly GuardedRecord[];
  before?: GuardedRecord;
  runningProcedures?: readonly string[];
  today?: PlainDate;
  elsewhere?: Elsewhere;
};

/** A reason for a refusal, with the field it is about; null when it is about the record as a whole. */
export type FieldFault = { field: string | null; fault: Fault };

/**
 * Every reason why a record may not be saved; an empty list means that it may.
 *
 * Faults: `field-missing`, `field-invalid`, `record-duplicate`, `record-key-taken`, `record-guard-failed`, `record-locked`,
 * `condition-type-mismatch`, `figures-differ`.
 */
export function ruleOnRecord(register: Register, record: GuardedRecord, around: RecordSurroundings): readonly Fault[] {
  return judgeRecord(register, record, around).map((each) => each.fault);
}

/** The same reasons, each with the field it is about, so that a form and a sheet can point at it. */
export function judgeRecord(register: Register, typed: GuardedRecord, around: RecordSurroundings): FieldFault[] {
  const complete = ({ id, fields }: GuardedRecord): GuardedRecord => ({
    id,
    fields: withKnown(register, fields, around.elsewhere ?? {}),
  });
  const record = complete(typed);
  const others = around.others.filter((other) => other.id !== record.id).map(complete);
  const known = new Set(knownFields(register).map((each) => each.field));
  const found = register.fields.flatMap((field): FieldFault[] => {
    if (known.has(field.id)) return [];
    const value = record.fields[field.id];
    if (value !== undefined && hasValue(record.fields, field.id)) {
      const reason = misfit(field, value);
      if (reason === undefined) return [];
      return [{ field: field.id, fault: fault('field-invalid', { field: field.title, reason }, sourceOf(field)) }];
    }
    if (field.optional === true) return [];
    if (field.if !== undefined) {
      const asked = evaluateCondition(field.if, factsOf(record, around));
      if (!asked.ok) return asked.faults.map((each) => ({ field: field.id, fault: each }));
      if (!asked.value) return [];
    }
    return [{ field: field.id, fault: fault('field-missing', { field: field.title }, sourceOf(field)) }];
  });
  const double = faultOfKey(register, record, others);
  if (double !== undefined) found.push({ field: register.key[0] ?? null, fault: double });
  for (const guard of register.guards) found.push(...ruleOnGuard(register, guard, record, others, around));
  return found;
}

/** Another record with the same key; where a choice of the key is still free, it is named, so that nobody has to try them all. */
function faultOfKey(register: Register, record: GuardedRecord, others: readonly GuardedRecord[]): Fault | undefined {
  const same = others.some((other) => register.key.every((key) => other.fields[key] === record.fields[key]));
  if (!same) return undefined;
  const key = register.key.map((each) => String(record.fields[each] ?? '')).join(' ');
  const free = freeKeys(register, record.fields, others);
  return free.length === 0
    ? fault('record-duplicate', { key })
    : fault('record-key-taken', { key, free: free.map((choice) => choice.title).join('、') });
}

const factsOf = (record: GuardedRecord, around: RecordSurroundings) => ({
  fields: record.fields,
  today: around.today,
});

function ruleOnGuard(
  register: Register,
  guard: Guard,
  record: GuardedRecord,
  others: readonly GuardedRecord[],
  around: RecordSurroundings,
): FieldFault[] {
  const applies = (each: GuardedRecord): boolean => {
    if (guard.if === undefined) return true;
    const result = evaluateCondition(guard.if, factsOf(each, around));
    return result.ok && result.value;
  };
  if (!applies(record)) return [];
  const broken = (field: string | null = null): FieldFault[] => [
    {
      field,
      fault: fault('record-guard-failed', { guard: guard.title + shownBy(register, guard, record) }, sourceOf(guard)),
    },
  ];
  if (guard.requires !== undefined) {
    return guard.requires
      .filter((id) => !hasValue(record.fields, id))
      .map((id) => ({
        field: id,
        fault: fault('field-missing', { field: titleOf(register, id) }, sourceOf(guard)),
      }));
  }
  if (guard.atMost !== undefined) {
    const { count, per, unless } = guard.atMost;
    const most = numberIn(count, record.fields);
    if (most === undefined) return [];
    if (unless !== undefined) {
      const excepted = evaluateCondition(unless, factsOf(record, around));
      if (!excepted.ok) return excepted.faults.map((each) => ({ field: null, fault: each }));
      if (excepted.value) return [];
    }
    const alike = others.filter(
      (other) => applies(other) && per.every((key) => other.fields[key] === record.fields[key]),
    );
    return alike.length + 1 > most ? broken(per[0]) : [];
  }
  if (guard.must !== undefined) {
    const result = evaluateCondition(guard.must, factsOf(record, around));
    if (!result.ok) return result.faults.map((each) => ({ field: null, fault: each }));
    return result.value ? [] : broken();
  }
  if (guard.balances !== undefined) {
    const { of, with: parts } = guard.balances;
    const [need, have] = [addUp([record.fields[of]]), addUp(parts.map((id) => record.fields[id]))];
    if (need === have) return [];
    const figures = { guard: guard.title, need, have, difference: addUp([Math.abs(need - have)]) };
    return [{ field: of, fault: fault('figures-differ', figures, sourceOf(guard)) }];
  }
  if (guard.acyclic !== undefined) return isOwnAncestor(record, others, guard.acyclic) ? broken(guard.acyclic) : [];
  if (guard.unchanged !== undefined) {
    const { before } = around;
    const changed = guard.unchanged.find((id) => before !== undefined && before.fields[id] !== record.fields[id]);
    return changed === undefined ? [] : broken(changed);
  }
  const running = guard.lockedWhile !== undefined && (around.runningProcedures ?? []).includes(guard.lockedWhile);
  return running ? [{ field: null, fault: fault('record-locked', { procedure: guard.title }, sourceOf(guard)) }] : [];
}

/** The values a refusal repeats, in brackets: 财务制度：第1版. */
function shownBy(register: Register, guard: Guard, record: GuardedRecord): string {
  const said = (guard.shows ?? []).map((id) => `${titleOf(register, id)}：${String(record.fields[id] ?? '—')}`);
  return said.length === 0 ? '' : `（${said.join('，')}）`;
}

/** Follows the parents named in the field; stops at a record seen before, so that an old circle elsewhere ends the search. */
function isOwnAncestor(record: GuardedRecord, others: readonly GuardedRecord[], field: string): boolean {
  const byId = new Map(others.map((other) => [other.id, other]));
  const seen = new Set<string>();
  let parent = record.fields[field];
  while (typeof parent === 'string' && !seen.has(parent)) {
    if (parent === record.id) return true;
    seen.add(parent);
    parent = byId.get(parent)?.fields[field];
  }
  return false;
}

/** Whether a field is asked of a record: it has no `if`, or its `if` holds. */
export function isAsked(field: Field, fields: FieldValues, today: PlainDate): boolean {
  if (field.if === undefined) return true;
  const asked = evaluateCondition(field.if, { fields, today });
  return asked.ok && asked.value;
}

/** Whether a field was answered. */
export function hasValue(fields: FieldValues, id: string): boolean {
  const value = fields[id];
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

const titleOf = (register: Register, id: string): string =>
  register.fields.find((field) => field.id === id)?.title ?? id;

function sourceOf(of: { source?: string | readonly string[] | undefined }): { source?: readonly string[] } {
  return of.source === undefined ? {} : { source: [of.source].flat() };
}
