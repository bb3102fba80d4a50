import type { WordSender } from '@lianxin/contract';
import { fault, faultsOfText, ok, refuse, type Result } from '@lianxin/domain';
import { recordReading, type Given, type SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { openContact } from '../matters/index.js';
import type { Tx } from '../storage/index.js';
import { mayAnswer, mayOpenSender } from './decisions.access.js';
import { oneWord, putAnswer, senderOf } from './decisions.store.js';

/**
 * The supervision committee answers a query 答复监督询问, for everybody to read. Refuses `not-found`, `capability-missing`, `already-done`, and
 * `personal-data-found` in the answer.
 */
export const answerWord = (
  deps: Deps,
  { actor, commandId, input }: Given<{ id: string; answer: string }>,
): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/decision-words/{id}/answer', body: input }, async (tx) => {
    const word = tx.context.role === 'rt_office' ? await oneWord(tx, input.id) : undefined;
    if (word?.kind !== 'query') return { faults: [fault('not-found')] };
    const strange = mayAnswer(tx, actor, word.division);
    if (strange !== undefined) return { faults: [strange] };
    const faults = faultsOfText({ 答复: input.answer });
    if (faults.length > 0) return { faults };
    if (!(await putAnswer(tx, word.id, input.answer))) return { faults: [fault('already-done')] };
    await tx.run(
      `update lx.inbox_item set done_at = $3 where county = $1 and matter = $2 and kind = 'supervision-query' and done_at is null
         and not exists (select from lx.decision_word w where w.county = $1 and w.matter = $2 and w.kind = 'query' and w.answer is null)`,
      [tx.context.county, word.matter, tx.makers.clock()],
    );
    writeJournal(tx, {
      kind: 'board.work',
      division: word.division,
      commandId,
      commitFields: { word: word.id, what: 'answer', answer: input.answer },
    });
    return { status: 201, body: { id: word.id } };
  });

/**
 * Opens the name that somebody left with a word, for an auditor, with a line in the access log. Refuses `not-found`, and
 * `capability-missing` for every other office: whoever is criticised never learns by whom.
 */
export const openSender = async (
  deps: Deps,
  tx: Tx,
  actor: SessionActor,
  { id, purpose }: { readonly id: string; readonly purpose: string },
): Promise<Result<WordSender>> => {
  const word = await oneWord(tx, id);
  if (word === undefined) return refuse(fault('not-found'));
  if (!mayOpenSender(actor)) return refuse(fault('capability-missing', { what: '查看密存的姓名' }));
  const cipher = await senderOf(tx, id);
  if (cipher === undefined) return refuse(fault('not-found'));
  const { county } = tx.context;
  await recordReading(tx, {
    what: 'decision-word-sender',
    subject: id,
    division: word.division,
    purpose,
    office: actor.office,
  });
  const opened = openContact(deps.keys.keyFor('decision-sender'), { county, matter: word.matter, field: id }, cipher);
  return ok(JSON.parse(String(opened)) as WordSender);
};
