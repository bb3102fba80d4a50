import type { Given } from '../access/index.js';
import type { Deps } from '../deps.js';
import type { CheckDraft, EditDraft } from '@lianxin/contract';
import { fault, faultsOfText, type Fault } from '@lianxin/domain';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import type { Tx } from '../storage/index.js';
import { catalogueFor, itemNamed, type AppliedItem } from './catalogue.js';
import { textsOf } from './content.js';
import { mayCheck, mayPublish } from './disclosures.access.js';
import { bodiesOf, putDutyItem, takeOutDuty } from './inbox-of-duties.js';
import { dutyOfDraft, namesOnTheRoll, oneDraft, putDraft, type DraftRow } from './disclosures.store.js';

/** A draft with its item, or why it is not there. */
export const draftWithItem = async (
  deps: Deps,
  tx: Tx,
  id: string,
): Promise<{ draft: DraftRow; applied: AppliedItem } | { faults: Fault[] }> => {
  // Drafts are an office's: a resident holds no grant on them, so he is answered before the database is asked.
  if (tx.context.role !== 'rt_office') return { faults: [fault('not-found')] };
  const draft = await oneDraft(tx, id);
  if (draft === undefined || draft.state === 'published') return { faults: [fault('not-found')] };
  const { items } = await catalogueFor(deps, tx, draft.division);
  const applied = itemNamed(items, draft.item);
  return applied === undefined
    ? { faults: [fault('disclosure-item-unknown', { item: draft.item })] }
    : { draft, applied };
};

/** Why a text may not go on a board: personal data, with field and place. */
export const faultsOfDraft = async (
  tx: Tx,
  draft: Pick<DraftRow, 'title' | 'content' | 'division'>,
): Promise<readonly Fault[]> =>
  faultsOfText(textsOf(draft.title, draft.content), await namesOnTheRoll(tx, draft.division));

const stale = (): { faults: Fault[] } => ({ faults: [fault('stale-version')] });

/** A draft waits for the one whose turn it is: for the committee once it was submitted, for whoever drew it up once it was checked. */
const turnTo = async (
  tx: Tx,
  draft: DraftRow,
  turn: { readonly checker: string } | { readonly agrees: boolean } | null,
): Promise<void> => {
  const duty = dutyOfDraft(draft);
  await takeOutDuty(tx, duty, ['disclosure-check', 'disclosure-checked']);
  if (turn === null) return;
  if ('checker' in turn) {
    const said = { kind: 'disclosure-check', what: `请审核：${draft.title}`, due: null } as const;
    for (const { id } of await bodiesOf(tx, draft.division, [turn.checker]))
      await putDutyItem(tx, { body: id }, duty, said);
    return;
  }
  const what = `${turn.agrees ? '审核同意，可以公布' : '退回修改'}：${draft.title}`;
  await putDutyItem(tx, { person: draft.draftedBy }, duty, { kind: 'disclosure-checked', what, due: null });
};

/**
 * Changes the words of a draft, and submits it for the check 送审 where asked. A table cut from a ledger cannot be typed over: what is
 * wrong in it is put right in the ledger and cut anew. Whatever was agreed to before no longer counts.
 *
 * Refuses `not-found`, `capability-missing`, `stale-version`, and on submitting `personal-data-found` for every place.
 */
export const editDraft = (
  deps: Deps,
  { actor, commandId, input }: Given<EditDraft & { id: string }>,
): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/disclosures/drafts/{id}/text', body: input }, async (tx) => {
    const found = await draftWithItem(deps, tx, input.id);
    if ('faults' in found) return found;
    const { draft, applied } = found;
    const strange = mayPublish(tx, actor, applied.item, draft.division);
    if (strange !== undefined) return { faults: [strange] };
    if (draft.version !== input.version) return stale();
    const next = { ...draft, title: input.title, content: { ...draft.content, paragraphs: [...input.paragraphs] } };
    if (input.submit) {
      const faults = await faultsOfDraft(tx, next);
      if (faults.length > 0) return { faults };
    }
    if (!(await putDraft(tx, draft, { ...next, state: input.submit ? 'submitted' : 'draft' }))) return stale();
    await turnTo(tx, next, input.submit ? { checker: applied.item.checkedBy } : null);
    writeJournal(tx, {
      kind: 'board.work',
      division: draft.division,
      commandId,
      commitFields: { draft: draft.id, what: input.submit ? 'submit' : 'edit', title: input.title },
    });
    return { status: 201, body: { id: draft.id } };
  });

/**
 * The committee agrees to a draft, or sends it back with what it found 审核.
 *
 * Refuses `not-found`, `capability-missing` for any office but the committee of this village, `check-own-work`, `stale-version`,
 * `disclosure-not-checked` for a draft that was not submitted, `reason-missing` for sending back without a word.
 */
export const checkDraft = (
  deps: Deps,
  { actor, commandId, input }: Given<CheckDraft & { id: string }>,
): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/disclosures/drafts/{id}/check', body: input }, async (tx) => {
    const found = await draftWithItem(deps, tx, input.id);
    if ('faults' in found) return found;
    const { draft, applied } = found;
    const strange = mayCheck(tx, actor, applied.item, draft.division);
    if (strange !== undefined) return { faults: [strange] };
    if (draft.draftedBy === tx.context.uid) return { faults: [fault('check-own-work')] };
    if (draft.version !== input.version || draft.state !== 'submitted') return stale();
    if (!input.agrees && input.note === '') return { faults: [fault('reason-missing')] };
    if (!(await putDraft(tx, draft, { ...draft, state: input.agrees ? 'agreed' : 'sent-back' }))) return stale();
    await turnTo(tx, draft, { agrees: input.agrees });
    const id = tx.makers.newId();
    await tx.run(
      `insert into lx.disclosure_check (county, id, division, draft, draft_version, agrees, note, person, office_body, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        tx.context.county,
        id,
        draft.division,
        draft.id,
        draft.version,
        input.agrees,
        input.note,
        tx.context.uid,
        actor.office?.body,
        tx.makers.clock(),
      ],
    );
    writeJournal(tx, {
      kind: 'board.work',
      division: draft.division,
      commandId,
      commitFields: { draft: draft.id, what: 'check', agrees: input.agrees, note: input.note },
    });
    return { status: 201, body: { id } };
  });
