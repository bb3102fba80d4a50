import type { Given } from '../access/index.js';
import type { Deps } from '../deps.js';
import type { Posting } from '@lianxin/contract';
import { addDays, countyDate, fault, faultsOfText } from '@lianxin/domain';
import { attachFile } from '../files/index.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { checkFormToken } from '../matters/index.js';
import { publicContext } from '../storage/index.js';
import { catalogueFor } from './catalogue.js';
import { mayKeepBoard } from './disclosures.access.js';
import { namesOnTheRoll, oneDisclosure, oneQuestion } from './disclosures.store.js';

/** What a visitor asks on the page of a disclosure. */
export interface Asked {
  readonly division: string;
  readonly disclosure: string;
  readonly kind: 'question' | 'objection';
  readonly entry: string;
  readonly text: string;
  readonly formToken: string;
}

/**
 * A resident asks about an entry, or objects to a disclosure 提问、异议; nobody is named, and the question is public with its answer.
 *
 * Refuses `form-expired`, `field-missing`, `not-found`, `disclosure-withdrawn`, and `personal-data-found` with field and place.
 */
export const ask = async (deps: Deps, commandId: string, input: Asked): Promise<Answer> => {
  const token = checkFormToken(deps.keys.keyFor('form-token'), input.formToken, deps.clock());
  if (!token.ok) return { status: 410, faults: token.faults, repeated: false };
  const actor = { key: `form:${input.formToken}`, context: publicContext(input.division) };
  return runCommand(deps, { actor, commandId, route: 'POST /v/{code}/board/{id}/ask', body: input }, async (tx) => {
    const row = await oneDisclosure(tx, input.disclosure);
    if (row === undefined || row.division !== input.division) return { faults: [fault('not-found')] };
    if (row.withdrawnOn !== null) return { faults: [fault('disclosure-withdrawn', { on: row.withdrawnOn })] };
    const text = input.text.trim().slice(0, 500);
    if (text === '') return { faults: [fault('field-missing', { field: '内容' })] };
    const faults = faultsOfText({ 内容: text });
    if (faults.length > 0) return { faults };
    const id = tx.makers.newId();
    const now = tx.makers.clock();
    const { answerDays } = await catalogueFor(deps, tx, row.division);
    const due = answerDays === null ? null : addDays(countyDate(now), answerDays);
    await tx.run(
      `insert into lx.disclosure_question (county, id, division, disclosure, version, scope, kind, entry, text, due, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        tx.context.county,
        id,
        row.division,
        row.id,
        row.version,
        row.scope,
        input.kind,
        input.entry.slice(0, 60),
        text,
        due,
        now,
      ],
    );
    writeJournal(tx, {
      kind: 'board.work',
      division: row.division,
      commandId,
      commitFields: { disclosure: row.id, what: input.kind, question: id, text },
    });
    return { status: 201, body: { id, due } };
  });
};

/**
 * The village answers. Refuses `not-found`, `capability-missing`, `already-done` for one that was answered, and `personal-data-found`
 * in the answer, which everybody may read.
 */
export const answerQuestion = (
  deps: Deps,
  { actor, commandId, input }: Given<{ id: string; answer: string }>,
): Promise<Answer> =>
  runCommand(
    deps,
    { actor, commandId, route: 'POST /api/disclosures/questions/{id}/answer', body: input },
    async (tx) => {
      const question = await oneQuestion(tx, input.id);
      if (question === undefined) return { faults: [fault('not-found')] };
      const strange = await mayKeepBoard(deps, tx, actor, question);
      if (strange !== undefined) return { faults: [strange] };
      if (question.answer !== null) return { faults: [fault('already-done')] };
      const faults = faultsOfText({ 答复: input.answer }, await namesOnTheRoll(tx, question.division));
      if (faults.length > 0) return { faults };
      const now = tx.makers.clock();
      await tx.run(
        `update lx.disclosure_question set answer = $3, answered_by = $4, answered_at = $5 where county = $1 and id = $2 and answer is null`,
        [tx.context.county, question.id, input.answer, tx.context.uid, now],
      );
      writeJournal(tx, {
        kind: 'board.work',
        division: question.division,
        commandId,
        commitFields: { question: question.id, what: 'answer', answer: input.answer },
      });
      return { status: 201, body: { id: question.id } };
    },
  );

/**
 * Notes that a sheet hangs on the wall 张贴, which begins its full days, or how many paper copies went out. The day is the server's, so that
 * nobody can post backwards; a photo is never asked for. Refuses `not-found`, `capability-missing`, `disclosure-withdrawn`.
 */
export const post = (deps: Deps, { actor, commandId, input }: Given<Posting & { id: string }>): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/disclosures/{id}/postings', body: input }, async (tx) => {
    const row = await oneDisclosure(tx, input.id);
    if (row === undefined) return { faults: [fault('not-found')] };
    const strange = await mayKeepBoard(deps, tx, actor, row);
    if (strange !== undefined) return { faults: [strange] };
    if (row.withdrawnOn !== null) return { faults: [fault('disclosure-withdrawn', { on: row.withdrawnOn })] };
    const id = tx.makers.newId();
    const now = tx.makers.clock();
    await tx.run(
      `insert into lx.disclosure_posting (county, id, division, disclosure, kind, place, copies, photo, person, office_body, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        tx.context.county,
        id,
        row.division,
        row.id,
        input.kind,
        input.place,
        input.copies,
        input.photo ?? null,
        tx.context.uid,
        actor.office?.body,
        now,
      ],
    );
    if (input.photo !== undefined) {
      await attachFile(tx, input.photo, { subjectKind: 'disclosure', subject: row.id, division: row.division });
    }
    if (input.kind === 'wall' && row.postedOn === null) {
      await tx.run(`update lx.disclosure set posted_on = $3, updated_at = $4 where county = $1 and id = $2`, [
        tx.context.county,
        row.id,
        countyDate(now),
        now,
      ]);
    }
    writeJournal(tx, {
      kind: 'board.work',
      division: row.division,
      commandId,
      commitFields: { disclosure: row.id, what: input.kind, place: input.place, copies: input.copies },
    });
    return { status: 201, body: { id } };
  });
