import { countyDate, fault } from '@lianxin/domain';
import type { Given } from '../access/index.js';
import type { Deps } from '../deps.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import type { Tx } from '../storage/index.js';
import { findRegister, type FoundRegister } from './find-register.js';
import { addAnswer, oneObjection, waitsForAnswer } from './record-words.store.js';
import { mayKeep } from './records.access.js';
import { storedRecord, type StoredRecord } from './records.store.js';

/**
 * Puts an objection to a record into the inboxes of those who keep it, nearest to the place first: a village's own keepers, else those of its
 * town, else the county's. Each inbox holds one item for a record, however often it is objected to.
 */
export const tellKeepers = async (
  tx: Tx,
  record: Pick<StoredRecord, 'id' | 'division'>,
  { register, keepers }: FoundRegister,
): Promise<void> => {
  const { division } = record;
  const standing = await tx.rows<{ id: string; division: string }>(
    `select id, division from lx.body where county = $1 and division = any ($2) and (kind = any ($3) or code = any ($3))
       and valid_from <= $4::date and (valid_to is null or valid_to > $4::date) order by division desc`,
    [
      tx.context.county,
      [division, `${division.slice(0, 9)}000`, `${division.slice(0, 6)}000000`],
      [...keepers],
      countyDate(tx.makers.clock()),
    ],
  );
  for (const { id } of standing.filter((body) => body.division === standing[0]?.division)) {
    await tx.run(
      `insert into lx.inbox_item (county, id, division, body, record, kind, what, recorded_at)
       values ($1, $2, $3, $4, $5, 'record-objection', $6, $7)
       on conflict (county, record, body) where record is not null and done_at is null do nothing`,
      [
        tx.context.county,
        tx.makers.newId(),
        division,
        id,
        record.id,
        `本人对“${register.title}”的登记有意见，请答复`,
        tx.makers.clock(),
      ],
    );
  }
};

/**
 * The office that keeps a record answers what is wrong with it 答复本人意见, once; whom the record is about reads the answer by the code of the slip.
 * Whatever is wrong is changed as any record is, with its reason: the answer changes nothing by itself.
 *
 * Refuses `not-found` outside the range and for what is no objection, `capability-missing` for an office that does not keep the register, `already-done`.
 */
export const answerOwnWord = (
  deps: Deps,
  { actor, commandId, input }: Given<{ readonly id: string; readonly answer: string }>,
): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/record-words/{id}/answer', body: input }, async (tx) => {
    const word = tx.context.role === 'rt_office' ? await oneObjection(tx, input.id) : undefined;
    const record = word === undefined ? undefined : await storedRecord(tx, word.record);
    if (word === undefined || record === undefined) return { faults: [fault('not-found')] };
    const found = await findRegister(deps, tx, record.division, record.register);
    if (!found.ok) return { faults: found.faults };
    const strange = await mayKeep(tx, actor, found.value, record.division);
    if (strange !== undefined) return { faults: [strange] };
    if (!(await addAnswer(tx, word, record, input.answer))) return { faults: [fault('already-done')] };
    if (!(await waitsForAnswer(tx, record.id)))
      await tx.run(`update lx.inbox_item set done_at = $3 where county = $1 and record = $2 and done_at is null`, [
        tx.context.county,
        record.id,
        tx.makers.clock(),
      ]);
    writeJournal(tx, {
      kind: 'record.change',
      division: record.division,
      commandId,
      commitFields: { record: record.id, word: word.id, what: 'answer', text: input.answer },
    });
    return { status: 201, body: { id: word.id } };
  });
