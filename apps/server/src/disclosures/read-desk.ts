import type { Deps } from '../deps.js';
import type { DisclosureDesk, DisclosureOverview, DutyView, PublishedRow, UnpublishedResult } from '@lianxin/contract';
import {
  countyDate,
  fault,
  noticeStanding,
  ok,
  plainDate,
  refuse,
  scopeOf,
  timelinessOf,
  titleOfPeriod,
  type Result,
} from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import { listUnpublishedResults } from '../matters/index.js';
import { findDivision, listDivisionsBelow } from '../people/index.js';
import type { Tx } from '../storage/index.js';
import { catalogueFor, itemNamed, type AppliedCatalogue } from './catalogue.js';
import { checks, publishes, within } from './disclosures.access.js';
import {
  checksOf,
  copiesOf,
  listDisclosures,
  listDrafts,
  openQuestions,
  type DisclosureRow,
  type DraftRow,
} from './disclosures.store.js';
import { dutiesIn, dutiesOf, factsFor } from './duties.js';
import { bodyNameIn, postTitles } from './names.js';

/** How a disclosure stands on its boards today. */
export const standingOfRow = (row: DisclosureRow, today: string) => {
  const { until, daysLeft } = noticeStanding(
    {
      publishedOn: plainDate(row.publishedOn),
      postedOn: row.postedOn === null ? null : plainDate(row.postedOn),
      days: row.noticeDays,
    },
    plainDate(today),
  );
  return { until, daysLeft };
};

const dutyViews = async (
  tx: Tx,
  catalogue: AppliedCatalogue,
  actor: SessionActor,
  division: string,
): Promise<DutyView[]> => {
  const titles = await postTitles(tx);
  const items = new Map(catalogue.items.map(({ item }) => [item.id, item]));
  return (await dutiesIn(tx, catalogue, division)).flatMap((duty) => {
    const item = items.get(duty.item);
    if (item === undefined) return [];
    return [
      {
        item: item.id,
        title: item.title,
        board: item.board,
        scope: item.scope,
        periodTitle: titleOfPeriod(duty.period),
        from: duty.period.from,
        to: duty.period.to,
        dueBy: duty.dueBy,
        state: duty.state,
        daysLate: duty.daysLate,
        publishedOn: duty.publishedOn,
        responsible: titles(item.responsible.post),
        cut: item.from !== undefined,
        drafts: publishes(actor, item, division),
      },
    ];
  });
};

const draftViews = async (tx: Tx, catalogue: AppliedCatalogue, actor: SessionActor, division: string) => {
  const drafts = await listDrafts(tx, division);
  const said = await checksOf(
    tx,
    drafts.map((draft) => draft.id),
  );
  const views = [];
  for (const draft of drafts) {
    const item = itemNamed(catalogue.items, draft.item)?.item;
    if (item === undefined) continue;
    const mine = publishes(actor, item, division);
    views.push({
      ...viewOf(draft),
      checker: await bodyNameIn(tx, division, item.checkedBy),
      checks: said
        .filter((one) => one.draft === draft.id)
        .map(({ agrees, note, by, at }) => ({ agrees, note, by, at })),
      may: {
        edit: mine && draft.state !== 'published',
        check: checks(actor, item, division) && draft.state === 'submitted' && draft.draftedBy !== tx.context.uid,
        publish: mine && draft.state === 'agreed',
      },
    });
  }
  return views;
};

const viewOf = (draft: DraftRow) => ({
  id: draft.id,
  division: draft.division,
  item: draft.item,
  title: draft.title,
  periodTitle: titleOfPeriod({ from: plainDate(draft.periodFrom), to: plainDate(draft.periodTo) }),
  content: draft.content,
  state: draft.state,
  version: draft.version,
  corrects: draft.corrects,
  reason: draft.reason,
});

const publishedRows = async (tx: Tx, division: string): Promise<PublishedRow[]> => {
  const today = countyDate(tx.makers.clock());
  const { lo, hi } = scopeOf(division);
  const rows = await listDisclosures(tx, lo, hi);
  const copies = new Map((await copiesOf(tx, division)).map((one) => [one.disclosure, one.copies]));
  const open = await openQuestions(tx, lo, hi);
  return rows.map((row) => ({
    id: row.id,
    item: row.item,
    title: row.title,
    board: row.board,
    from: row.periodFrom,
    to: row.periodTo,
    version: row.version,
    publishedOn: row.publishedOn,
    postedOn: row.postedOn,
    ...standingOfRow(row, today),
    withdrawnOn: row.withdrawnOn,
    copies: copies.get(row.id) ?? 0,
    open: open.filter((one) => one.disclosure === row.id).length,
  }));
};

/** The matters of a range whose result is owed to the board, with the village each is of. */
const unpublishedIn = async (
  deps: Deps,
  tx: Tx,
  division: string,
  villages: readonly { readonly code: string; readonly name: string }[],
): Promise<UnpublishedResult[]> => {
  const names = new Map(villages.map((village) => [village.code, village.name]));
  return (await listUnpublishedResults(deps, tx, division)).map(({ place, ...one }) => ({
    ...one,
    divisionName: names.get(place.slice(0, 12)) ?? '',
  }));
};

/** The month-end page of a village for an office over it: what is owed, drafts, what is out, what was asked. */
export const readDesk = async (
  deps: Deps,
  tx: Tx,
  actor: SessionActor,
  division: string,
): Promise<Result<DisclosureDesk>> => {
  if (!within(tx, actor, division)) return refuse(fault('not-found'));
  const village = await findDivision(tx, division);
  if (village?.level !== 'village') return refuse(fault('unknown-division', { code: division }));
  const catalogue = await catalogueFor(deps, tx, division);
  const { lo, hi } = scopeOf(division);
  return ok({
    division,
    divisionName: village.name,
    duties: await dutyViews(tx, catalogue, actor, division),
    drafts: await draftViews(tx, catalogue, actor, division),
    published: await publishedRows(tx, division),
    questions: (await openQuestions(tx, lo, hi)).map(({ id, disclosure, title, kind, entry, text, due, answer }) => ({
      id,
      disclosure,
      title,
      kind,
      entry,
      text,
      due,
      answer,
    })),
    anytime: catalogue.items
      .filter(({ item }) => item.every === undefined)
      .map(({ item }) => ({ item: item.id, title: item.title, drafts: publishes(actor, item, division) })),
    unpublished: await unpublishedIn(deps, tx, division, [village]),
  });
};

/** How every village below a division stands, for townships and the county: late ones with what is late. */
export const readOverview = async (
  deps: Deps,
  tx: Tx,
  actor: SessionActor,
  division: string,
): Promise<Result<DisclosureOverview>> => {
  if (!within(tx, actor, division)) return refuse(fault('not-found'));
  const here = await findDivision(tx, division);
  if (here === undefined) return refuse(fault('unknown-division', { code: division }));
  const below = await listDivisionsBelow(tx, division);
  const villages =
    here.level === 'village'
      ? [here]
      : here.level === 'township'
        ? below
        : (await Promise.all(below.map((each) => listDivisionsBelow(tx, each.code)))).flat();
  const today = countyDate(tx.makers.clock());
  const catalogue = await catalogueFor(deps, tx, division);
  const facts = await factsFor(tx, catalogue, division, today);
  // Money first: it is what people ask about, and a list shows only the beginning.
  const money = new Set(catalogue.items.filter(({ item }) => item.board === 'finance').map(({ item }) => item.id));
  const { lo, hi } = scopeOf(division);
  const open = await openQuestions(tx, lo, hi);
  return ok({
    unpublished: await unpublishedIn(deps, tx, division, villages),
    villages: villages.map((village) => {
      const duties = dutiesOf(catalogue, facts, village.code, today);
      const { due, inTime, percent } = timelinessOf(duties);
      return {
        division: village.code,
        name: village.name,
        due,
        inTime,
        percent,
        late: duties
          .filter((duty) => duty.state === 'late')
          .toSorted((a, b) => Number(money.has(b.item)) - Number(money.has(a.item)))
          .map((duty) => ({
            title: `${titleOfPeriod(duty.period)}${duty.title}`,
            dueBy: duty.dueBy,
            daysLate: duty.daysLate,
          })),
        waiting: open.filter((one) => one.division === village.code).length,
      };
    }),
  });
};
