import { evaluateCondition } from '../condition/index.js';
import { fault, type Fault } from '../fault/index.js';
import { misfit, type FieldValues } from '../procedure/index.js';
import type { Guard, Register } from './kinds/register.js';

/** A record as the guards see it: its id and its values in force. */
export type GuardedRecord = { id: string; fields: FieldValues };

/** What a guard may look at: the other records in force, the earlier state, the procedures running about this record. */
export type RecordSurroundings = {
  others: readonly GuardedRecord[];
  before?: GuardedRecord;
  runningProcedures?: readonly string[];
};

/**
 * Every reason why a record may not be saved; an empty list means that it may.
 *
 * Faults: `field-missing`, `field-invalid`, `record-duplicate`, `record-guard-failed`, `record-locked`, `condition-type-mismatch`.
 */
export function ruleOnRecord(register: Register, record: GuardedRecord, around: RecordSurroundings): readonly Fault[] {
  const others = around.others.filter((other) => other.id !== record.id);
  const faults: Fault[] = [];
  for (const field of register.fields) {
    const value = record.fields[field.id];
    if (value !== undefined && hasValue(record, field.id)) {
      const reason = misfit(field, value);
      if (reason !== undefined) faults.push(fault('field-invalid', { field: field.title, reason }, sourceOf(field)));
      continue;
    }
    if (field.optional === true) continue;
    if (field.if !== undefined) {
      const asked = evaluateCondition(field.if, { fields: record.fields });
      if (!asked.ok) faults.push(...asked.faults);
      if (!asked.ok || !asked.value) continue;
    }
    faults.push(fault('field-missing', { field: field.title }, sourceOf(field)));
  }
  const same = others.find((other) => register.key.every((key) => other.fields[key] === record.fields[key]));
  if (same !== undefined) {
    const key = register.key.map((each) => String(record.fields[each] ?? '')).join(' ');
    faults.push(fault('record-duplicate', { key }));
  }
  for (const guard of register.guards) faults.push(...ruleOnGuard(register, guard, record, others, around));
  return faults;
}

function ruleOnGuard(
  register: Register,
  guard: Guard,
  record: GuardedRecord,
  others: readonly GuardedRecord[],
  around: RecordSurroundings,
): Fault[] {
  const applies = (each: GuardedRecord): boolean => {
    if (guard.if === undefined) return true;
    const result = evaluateCondition(guard.if, { fields: each.fields });
    return result.ok && result.value;
  };
  if (!applies(record)) return [];
  const broken = (): Fault[] => [fault('record-guard-failed', { guard: guard.title }, sourceOf(guard))];
  if (guard.requires !== undefined) {
    return guard.requires
      .filter((id) => !hasValue(record, id))
      .map((id) => fault('field-missing', { field: titleOf(register, id) }, sourceOf(guard)));
  }
  if (guard.atMost !== undefined) {
    const { count, per } = guard.atMost;
    const alike = others.filter(
      (other) => applies(other) && per.every((key) => other.fields[key] === record.fields[key]),
    );
    return alike.length + 1 > count ? broken() : [];
  }
  if (guard.must !== undefined) {
    const result = evaluateCondition(guard.must, { fields: record.fields });
    if (!result.ok) return [...result.faults];
    return result.value ? [] : broken();
  }
  if (guard.acyclic !== undefined) return isOwnAncestor(record, others, guard.acyclic) ? broken() : [];
  if (guard.unchanged !== undefined) {
    const { before } = around;
    const changed = before !== undefined && guard.unchanged.some((id) => before.fields[id] !== record.fields[id]);
    return changed ? broken() : [];
  }
  const running = guard.lockedWhile !== undefined && (around.runningProcedures ?? []).includes(guard.lockedWhile);
  return running ? [fault('record-locked', { procedure: guard.title }, sourceOf(guard))] : [];
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

function hasValue(record: GuardedRecord, id: string): boolean {
  const value = record.fields[id];
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function titleOf(register: Register, id: string): string {
  return register.fields.find((field) => field.id === id)?.title ?? id;
}

function sourceOf(of: { source?: string | readonly string[] | undefined }): { source?: readonly string[] } {
  return of.source === undefined ? {} : { source: [of.source].flat() };
}
