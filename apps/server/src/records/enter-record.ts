import type { EnterRecord } from '@lianxin/contract';
import { adviceOn, countyDate, fault, plainDate, validateRecord, withKnown, type Fault } from '@lianxin/domain';
import type { SessionActor, Given } from '../access/index.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import type { ContextDeps } from '../storage/in-context.js';
import type { Tx } from '../storage/index.js';
import { elsewhereOf } from './elsewhere.js';
import { findRegister, type RegisterDeps } from './find-register.js';
import { mayKeep, within } from './records.access.js';
import { addRecords, decideAlone, standingRecords, type Maker } from './records.store.js';

export type RecordDeps = ContextDeps & RegisterDeps;

/** The office that stands behind a change; access has made sure that there is one. */
export const makerOf = ({ office }: SessionActor, commandId: string): Maker => ({
  post: office?.post ?? '',
  body: office?.body ?? '',
  commandId,
});

/** A day on which nothing can have happened yet. */
export const futureFault = (tx: Tx, on: string): Fault | undefined =>
  on > countyDate(tx.makers.clock()) ? fault('date-in-future', { field: '日期' }) : undefined;

/**
 * Enters a record 登记 in a register. Refuses `not-found`, `unknown-register`, `capability-missing`, `date-in-future`, and whatever the
 * register's fields, key and guards refuse. The others it is compared with are those in the range of the office. What the register
 * advises is answered with the id and refuses nothing.
 */
export const enterRecord = (
  deps: RecordDeps,
  { actor, commandId, input }: Given<EnterRecord & { register: string }>,
): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/registers/{register}/records', body: input }, async (tx) => {
    if (!within(tx, actor, input.division)) return { faults: [fault('not-found')] };
    const found = await findRegister(deps, tx, input.division, input.register);
    if (!found.ok) return found;
    const strange = (await mayKeep(tx, actor, found.value, input.division)) ?? futureFault(tx, input.on);
    if (strange !== undefined) return { faults: [strange] };
    const { register } = found.value;
    await decideAlone(tx, register.id);
    const others = await standingRecords(tx, register.id);
    const elsewhere = await elsewhereOf(deps, tx, input.division, register);
    const today = countyDate(tx.makers.clock());
    const faults = validateRecord(register, input.fields, today, { others, elsewhere });
    if (faults.length > 0) return { faults: faults.map((each) => each.fault) };
    const id = tx.makers.newId();
    const change = tx.makers.newId();
    const on = plainDate(input.on);
    await addRecords(
      tx,
      makerOf(actor, commandId),
      { register: register.id, division: input.division, on, reason: input.reason ?? '' },
      [{ id, change, fields: input.fields }],
    );
    writeJournal(tx, {
      kind: 'record.change',
      division: input.division,
      commandId,
      commitFields: {
        record: id,
        change,
        register: register.id,
        what: 'enter',
        on,
        fields: JSON.stringify(input.fields),
      },
    });
    const advice = adviceOn(register, withKnown(register, input.fields, elsewhere), today);
    return { status: 201, body: { id, advice: advice.map((each) => each.title) } };
  });
