import type { Given } from '../access/index.js';
import type { Deps } from '../deps.js';
import type { CutDraft, DisclosureContent } from '@lianxin/contract';
import { fault, periodAt, plainDate, titleOfPeriod, type DisclosurePeriod, type PlainDate } from '@lianxin/domain';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { findDivision } from '../people/index.js';
import { findRegister, standingIn } from '../records/index.js';
import type { Tx } from '../storage/index.js';
import { catalogueFor, itemNamed, type AppliedItem } from './catalogue.js';
import { cutContent } from './content.js';
import { mayPublish } from './disclosures.access.js';
import { listDrafts, oneDisclosure } from './disclosures.store.js';

/** The content of a draft: from its ledger where the item has one, else what was written. */
export const contentFor = async (
  deps: Deps,
  tx: Tx,
  applied: AppliedItem,
  division: string,
  period: DisclosurePeriod,
  paragraphs: readonly string[],
): Promise<DisclosureContent> => {
  const { item } = applied;
  if (item.from === undefined) return { paragraphs: [...paragraphs], table: null, bars: [], gaps: [] };
  const found = await findRegister(deps, tx, division, item.from.register);
  if (!found.ok) return { paragraphs: [...paragraphs], table: null, bars: [], gaps: [] };
  const cut = cutContent(item, found.value.register, await standingIn(tx, item.from.register, division), period);
  return { ...cut, paragraphs: [...cut.paragraphs, ...paragraphs] };
};

/** The item's own period, a shorter one where the item has one and it was asked for, or the one day of what just happened. */
const periodOfDraft = ({ item }: AppliedItem, from: PlainDate, to: PlainDate | undefined): DisclosurePeriod => {
  const periods = [item.every, item.often?.every]
    .filter((every) => every !== undefined)
    .map((every) => periodAt(every, from));
  return periods.find((period) => period.to === to) ?? periods[0] ?? { from, to: from };
};

/**
 * Draws up a draft 拟稿: cut from the item's ledger for the period, or written; with `corrects`, to take the place of what was published.
 *
 * Refuses `not-found`, `disclosure-item-unknown`, `capability-missing`, `reason-missing` for a correction without a reason,
 * `already-exists` while another draft of the same item and period waits, `field-missing` for a written item without words.
 */
export const cutDraft = (deps: Deps, { actor, commandId, input }: Given<CutDraft>): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/disclosures/drafts', body: input }, async (tx) => {
    const { items } = await catalogueFor(deps, tx, input.division);
    const applied = items.find(({ item }) => item.id === input.item);
    if (applied === undefined) return { faults: [fault('disclosure-item-unknown', { item: input.item })] };
    const { item } = applied;
    const strange = mayPublish(tx, actor, item, input.division);
    if (strange !== undefined) return { faults: [strange] };
    const from = plainDate(input.from);
    const period: DisclosurePeriod = periodOfDraft(
      applied,
      from,
      input.to === undefined ? undefined : plainDate(input.to),
    );
    if (input.corrects !== undefined) {
      const before = await oneDisclosure(tx, input.corrects);
      if (before === undefined || before.division !== input.division || itemNamed(items, before.item) !== applied) {
        return { faults: [fault('not-found')] };
      }
      if (before.withdrawnOn !== null) return { faults: [fault('disclosure-withdrawn', { on: before.withdrawnOn })] };
      if ((input.reason ?? '') === '') return { faults: [fault('reason-missing')] };
    }
    const waiting = (await listDrafts(tx, input.division)).find(
      (draft) =>
        itemNamed(items, draft.item) === applied &&
        draft.periodFrom === period.from &&
        draft.periodTo === period.to &&
        item.every !== undefined,
    );
    if (waiting !== undefined) return { faults: [fault('already-exists', { what: waiting.title })] };
    const content = await contentFor(deps, tx, applied, input.division, period, input.paragraphs ?? []);
    if (content.table === null && content.paragraphs.length === 0) {
      return { faults: [fault('field-missing', { field: '正文' })] };
    }
    const village = await findDivision(tx, input.division);
    const title =
      input.title ?? `${village?.name ?? ''}${item.every === undefined ? '' : titleOfPeriod(period)}${item.title}公布`;
    const id = tx.makers.newId();
    await tx.run(
      `insert into lx.disclosure_draft (county, id, division, item, title, period_from, period_to, content, corrects, reason, state,
         version, drafted_by, office_body, recorded_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'draft', 1, $11, $12, $13, $13)`,
      [
        tx.context.county,
        id,
        input.division,
        item.id,
        title,
        period.from,
        period.to,
        JSON.stringify(content),
        input.corrects ?? null,
        input.reason ?? '',
        tx.context.uid,
        actor.office?.body,
        tx.makers.clock(),
      ],
    );
    writeJournal(tx, {
      kind: 'board.work',
      division: input.division,
      commandId,
      commitFields: { draft: id, what: 'draft', item: item.id, from: period.from },
    });
    return { status: 201, body: { id } };
  });
