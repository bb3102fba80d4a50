import type { Given } from '../access/index.js';
import type { ChangeRecord, EndRecord } from '@lianxin/contract';
import { countyDate, fault, faultsOfChange, plainDate, validateRecord, type RecordChange } from '@lianxin/domain';
import { runCommand, type Answer, type Outcome } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import type { Tx } from '../storage/index.js';
import { futureFault, makerOf, type RecordDeps } from './enter-record.js';
import { elsewhereOf } from './elsewhere.js';
import { findRegister } from './find-register.js';
import { lockFaults } from './locks.js';
import { mayKeep } from './records.access.js';
import { addChange, changesOf, decideAlone, putStanding, standingRecords, storedRecord } from './records.store.js';
import { standingOf } from './standing.js';

type Wanted = Pick<RecordChange, 'kind' | 'reason' | 'values' | 'corrects'> & { readonly on: string };

/**
 * Adds one change to a record's history, if the history and the register let it: what the record says afterwards is judged as a new
 * entry would be, with what it said before.
 */
const carryChange = async <Input>(
  deps: RecordDeps,
  tx: Tx,
  { actor, commandId }: Given<Input>,
  id: string,
  wanted: (changes: readonly RecordChange[]) => Wanted,
): Promise<Outcome> => {
  if (tx.context.role !== 'rt_office') return { faults: [fault('not-found')] };
  const seen = await storedRecord(tx, id);
  if (seen === undefined) return { faults: [fault('not-found')] };
  const found = await findRegister(deps, tx, seen.division, seen.register);
  if (!found.ok) return found;
  const strange = await mayKeep(tx, actor, found.value, seen.division);
  if (strange !== undefined) return { faults: [strange] };
  const { register } = found.value;
  await decideAlone(tx, register.id);
  const record = await storedRecord(tx, id);
  if (record === undefined) return { faults: [fault('not-found')] };
  const locked = await lockFaults(tx, register, id);
  if (locked.length > 0) return { faults: locked };
  const changes = await changesOf(tx, id);
  const want = wanted(changes);
  const early = futureFault(tx, want.on);
  if (early !== undefined) return { faults: [early] };
  const now = tx.makers.clock();
  const next: RecordChange = { ...want, id: tx.makers.newId(), on: plainDate(want.on), recordedAt: now };
  const faults = faultsOfChange(changes, next);
  if (faults.length > 0) return { faults };
  const said = standingOf([...changes, next]);
  if (said === undefined) return { faults: [fault('not-found')] };
  if (said.endedOn === null) {
    const others = await standingRecords(tx, register.id);
    const elsewhere = await elsewhereOf(deps, tx, record.division, register);
    const around = { id, others, elsewhere, before: record.fields };
    const broken = validateRecord(register, said.fields, countyDate(now), around);
    if (broken.length > 0) return { faults: broken.map((each) => each.fault) };
  }
  await addChange(tx, makerOf(actor, commandId), record, next);
  if (!(await putStanding(tx, record, said))) throw new Error('the record changed while its register was held');
  writeJournal(tx, {
    kind: 'record.change',
    division: record.division,
    commandId,
    commitFields: {
      record: id,
      change: next.id,
      register: register.id,
      what: next.kind,
      on: next.on,
      reason: next.reason,
      fields: JSON.stringify(next.values),
      ...(next.corrects === undefined ? {} : { corrects: next.corrects }),
    },
  });
  return { status: 201, body: { id, change: next.id } };
};

/**
 * Changes a record 变更 from a day on, or corrects an earlier change 更正, which keeps what it was: a corrected entry stays an entry;
 * a corrected ending becomes a change, so that the record goes on.
 *
 * Refuses as `faultsOfChange` and the register do, `record-locked` while a matter that locks it is open, `not-found` out of range, `capability-missing` for an office that does not keep it.
 */
export const changeRecord = (deps: RecordDeps, given: Given<ChangeRecord & { id: string }>): Promise<Answer> => {
  const { actor, commandId, input } = given;
  return runCommand(deps, { actor, commandId, route: 'POST /api/records/{id}/changes', body: input }, async (tx) =>
    carryChange(deps, tx, given, input.id, (changes) => {
      const target = changes.find((each) => each.id === input.corrects);
      return {
        kind: target?.kind === 'enter' ? 'enter' : 'change',
        on: input.on,
        reason: input.reason,
        values: input.fields,
        corrects: input.corrects,
      };
    }),
  );
};

/** Ends a record 注销 on a day, with a reason; it stays readable with its history. */
export const endRecord = (deps: RecordDeps, given: Given<EndRecord & { id: string }>): Promise<Answer> => {
  const { actor, commandId, input } = given;
  return runCommand(deps, { actor, commandId, route: 'POST /api/records/{id}/end', body: input }, async (tx) =>
    carryChange(deps, tx, given, input.id, () => ({ kind: 'end', on: input.on, reason: input.reason, values: {} })),
  );
};
