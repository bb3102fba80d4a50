import { addDays, countyDate, fault, faultsOfText } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { actAsVisitor, checkFormToken, directoryFor, sealContact } from '../matters/index.js';
import { systemContext, type Tx } from '../storage/index.js';
import { supervising } from './decisions.access.js';
import { addSender, addWord, countUse, type Channel, type StoredWord } from './decisions.store.js';
import { findDecision } from './read-decision.js';

/** Days within which the supervision committee answers a query; it may be sooner, and the page shows the last day. */
const answerDays = 15;

/** What somebody says on the page of a decision; a name may be left, and nobody has to. */
export interface Said {
  readonly village: string;
  readonly matter: string;
  readonly kind: StoredWord['kind'] | 'objection';
  readonly text: string;
  readonly name: string;
  readonly contact: string;
  readonly formToken: string;
}

const channelOf: Readonly<Record<StoredWord['kind'], Channel>> = {
  'sign-up': 'meeting',
  comment: 'comment',
  query: 'query',
};

/** A query waits in the inbox of the village's supervision committee until it is answered. */
const tellSupervisors = async (deps: Deps, tx: Tx, word: { matter: string; division: string; due: string }) => {
  const directory = await directoryFor(deps, tx.context.county);
  for (const body of directory.bodiesOf({ body: supervising }, word.division, 'village')) {
    if (body.division !== word.division) continue;
    await tx.run(
      `insert into lx.inbox_item (county, id, division, body, matter, kind, what, due, recorded_at)
       values ($1, $2, $3, $4, $5, 'supervision-query', $6, $7, $8)`,
      [
        tx.context.county,
        tx.makers.newId(),
        word.division,
        body.id,
        word.matter,
        '群众向监督委员会询问，请答复',
        word.due,
        tx.makers.clock(),
      ],
    );
  }
};

/**
 * A resident signs up for a meeting 报名旁听, comments 提意见 or asks the supervision committee 监督询问 about a decision that is public; the use is
 * counted in the same transaction. What was said is public and names nobody; a name that was left is sealed. An objection 提异议 to a posting is an
 * act on the matter itself, which holds the posting open until it is answered.
 *
 * Refuses `form-expired`, `not-found`, `field-missing`, `personal-data-found` with the place, `no-meeting-ahead` where nobody can sit in, and an
 * objection as the rule of the posting does.
 */
export const sayOnDecision = async (deps: Deps, commandId: string, input: Said): Promise<Answer> => {
  const token = checkFormToken(deps.keys.keyFor('form-token'), input.formToken, deps.clock());
  if (!token.ok) return { status: 410, faults: token.faults, repeated: false };
  const decision = await findDecision(deps, input.village, input.matter);
  const county = input.village.slice(0, 6);
  // A visitor may write nothing of this: the page does it for him, once for each form.
  const actor = { key: `system:form:${input.formToken}`, context: systemContext(county) };
  // A name does not go into the kept command either: what decides the outcome is that one was left.
  const { name, contact, ...body } = input;
  return runCommand(deps, { actor, commandId, route: 'POST /v/{code}/decisions/{id}', body }, async (tx) => {
    if (decision === undefined) return { faults: [fault('not-found')] };
    const text = input.kind === 'sign-up' ? '' : input.text.trim().slice(0, 500);
    if (text === '' && input.kind !== 'sign-up') return { faults: [fault('field-missing', { field: '内容' })] };
    if (input.kind === 'sign-up' && decision.next === undefined) return { faults: [fault('no-meeting-ahead')] };
    const faults = faultsOfText({ 内容: text });
    if (faults.length > 0) return { faults };
    if (input.kind === 'objection') {
      const wanted = { matter: input.matter, act: 'object', fields: { objection: text }, commandId };
      const done = await actAsVisitor(deps, tx, wanted);
      return done.ok ? { status: 201, body: { id: input.matter, due: null } } : { faults: done.faults };
    }
    const id = tx.makers.newId();
    const due = input.kind === 'query' ? addDays(countyDate(tx.makers.clock()), answerDays) : null;
    const word = { id, division: input.village, matter: input.matter, kind: input.kind, text, due };
    await addWord(tx, { ...word, meeting: input.kind === 'sign-up' ? (decision.next?.id ?? null) : null });
    if (name.trim() !== '' || contact.trim() !== '') {
      const sealed = JSON.stringify({ name: name.trim().slice(0, 40), contact: contact.trim().slice(0, 60) });
      const place = { county, matter: input.matter, field: id };
      const key = deps.keys.keyFor('decision-sender');
      await addSender(tx, id, input.village, sealContact(key, place, sealed, deps.random(12)));
    }
    await countUse(tx, input.village, input.matter, channelOf[input.kind]);
    if (due !== null) await tellSupervisors(deps, tx, { ...word, due });
    writeJournal(tx, {
      kind: 'board.work',
      division: input.village,
      commandId,
      commitFields: { matter: input.matter, what: input.kind, word: id, text },
    });
    return { status: 201, body: { id, due } };
  });
};
