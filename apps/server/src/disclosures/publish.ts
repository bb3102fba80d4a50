import type { Deps } from '../deps.js';
import { createHash } from 'node:crypto';
import {
  countyDate,
  fault,
  faultOfNotice,
  plainDate,
  withVersion,
  type DisclosureVersion,
  type DisclosureItem,
  type Fault,
} from '@lianxin/domain';
import type { SessionActor, Given } from '../access/index.js';
import { attachFile, contentHash, filesFolder, insertFile, keepFile } from '../files/index.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { paperText, pdfOf } from '../papers/index.js';
import type { Tx } from '../storage/index.js';
import { draftWithItem, faultsOfDraft } from './change-draft.js';
import { mayKeepBoard, mayPublish } from './disclosures.access.js';
import { takeOutDuty } from './inbox-of-duties.js';
import { bodyNameIn } from './names.js';
import { dutyOfDraft, oneDisclosure, versionsOf, type DraftRow, type VersionRow } from './disclosures.store.js';
import { paperOf } from './paper-of.js';

/** Days a board must stand by law at the least; a catalogue may ask for more. */
const daysOf = (item: DisclosureItem): number => ('days' in item.noticePeriod ? item.noticePeriod.days : 0);
const leastDays = 15;

const asVersion = (row: VersionRow): DisclosureVersion => ({
  version: row.version,
  text: row.text,
  publishedOn: plainDate(row.publishedOn),
  reason: row.reason,
});

const boardNames = { party: '党务公开', village: '村务公开', finance: '财务公开' } as const;

/** The line that carries the disclosure: a new one, or the one that is corrected. */
const lineOf = async (
  tx: Tx,
  draft: DraftRow,
): Promise<{ id: string; versions: VersionRow[] } | { faults: Fault[] }> => {
  if (draft.corrects === null) return { id: tx.makers.newId(), versions: [] };
  const before = await oneDisclosure(tx, draft.corrects);
  if (before === undefined) return { faults: [fault('not-found')] };
  if (before.withdrawnOn !== null) return { faults: [fault('disclosure-withdrawn', { on: before.withdrawnOn })] };
  return { id: before.id, versions: await versionsOf(tx, before.id) };
};

const putLine = async (tx: Tx, id: string, draft: DraftRow, item: DisclosureItem, version: number): Promise<void> => {
  const now = tx.makers.clock();
  const today = countyDate(now);
  if (version === 1) {
    await tx.run(
      `insert into lx.disclosure (county, id, division, item, board, scope, title, period_from, period_to, notice_days, version,
         published_on, recorded_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $12, $12)`,
      [
        tx.context.county,
        id,
        draft.division,
        item.id,
        item.board,
        item.scope,
        draft.title,
        draft.periodFrom,
        draft.periodTo,
        daysOf(item),
        today,
        now,
      ],
    );
    return;
  }
  // A correction hangs for its own full days: the wall counts anew.
  await tx.run(
    `update lx.disclosure set title = $3, version = $4, published_on = $5, posted_on = null, updated_at = $6 where county = $1 and id = $2`,
    [tx.context.county, id, draft.title, version, today, now],
  );
};

/**
 * Publishes a draft that was agreed to 公布: the print and its text are hashed, the hashes become a leaf of the public log, and the wording
 * can never be changed again. The day is the server's.
 *
 * Refuses `not-found`, `capability-missing`, `disclosure-not-checked`, `stale-version`, `posting-too-short`, `personal-data-found` for
 * every place, `disclosure-unchanged` and `reason-missing` for corrections, `disclosure-withdrawn`.
 */
export const publishDraft = (
  deps: Deps,
  { actor, commandId, input }: Given<{ id: string; version: number }>,
): Promise<Answer> =>
  runCommand(
    deps,
    { actor, commandId, route: 'POST /api/disclosures/drafts/{id}/publish', body: input },
    async (tx) => {
      const found = await draftWithItem(deps, tx, input.id);
      if ('faults' in found) return found;
      const { draft, applied } = found;
      const { item } = applied;
      const strange = mayPublish(tx, actor, item, draft.division);
      if (strange !== undefined) return { faults: [strange] };
      if (draft.state !== 'agreed') {
        const checker = await bodyNameIn(tx, draft.division, item.checkedBy);
        return { faults: [fault('disclosure-not-checked', { checker }, { source: [item.source].flat() })] };
      }
      if (draft.version !== input.version) return { faults: [fault('stale-version')] };
      const short = faultOfNotice(daysOf(item), leastDays, item.source);
      const faults = [...(short === undefined ? [] : [short]), ...(await faultsOfDraft(tx, draft))];
      if (faults.length > 0) return { faults };
      const line = await lineOf(tx, draft);
      if ('faults' in line) return line;
      return publishVersion(deps, tx, { actor, commandId, draft, item, line, pack: applied });
    },
  );

interface Publishing {
  readonly actor: SessionActor;
  readonly commandId: string;
  readonly draft: DraftRow;
  readonly item: DisclosureItem;
  readonly line: { readonly id: string; readonly versions: readonly VersionRow[] };
  readonly pack: { readonly pack: string; readonly packHash: string };
}

const publishVersion = async (deps: Deps, tx: Tx, publishing: Publishing) => {
  const { actor, commandId, draft, item, line, pack } = publishing;
  const now = tx.makers.clock();
  const publishedOn = countyDate(now);
  const version = line.versions.length + 1;
  const issuer = actor.office?.bodyName ?? '';
  const paper = paperOf({
    title: draft.title,
    issuer,
    content: draft.content,
    publishedOn,
    version,
    reason: draft.reason,
  });
  // What is compared is what people wrote, not the number of the version printed under it.
  const text = paperText(
    paperOf({ title: draft.title, issuer, content: draft.content, publishedOn, version: 1, reason: '' }),
  );
  const judged = withVersion(
    line.versions.map((row) => ({ ...asVersion(row), text: bare(row.text) })),
    { text: bare(text), publishedOn, reason: draft.reason },
  );
  if (!judged.ok) return judged;
  const whole = paperText(paper);
  const print = await pdfOf(paper);
  const file = tx.makers.newId();
  await putLine(tx, line.id, draft, item, version);
  await keepPrint(deps, tx, { file, division: draft.division, title: draft.title, print, disclosure: line.id });
  const text_sha256 = createHash('sha256').update(whole).digest('hex');
  const doc_sha256 = contentHash(print).toString('hex');
  const { journalId } = writeJournal(tx, {
    kind: 'board.publish',
    division: draft.division,
    commandId,
    pub: {
      board: boardNames[item.board],
      title: draft.title,
      doc_sha256,
      text_sha256,
      version,
      period: { from: draft.periodFrom, to: draft.periodTo },
    },
    commitFields: {
      drafter: draft.draftedBy,
      publisher: tx.context.uid ?? '',
      disclosure: line.id,
      reason: draft.reason,
    },
  });
  await tx.run(
    `insert into lx.disclosure_version (county, disclosure, version, division, scope, title, issuer, content, text, text_sha256,
       doc_sha256, file, pack, pack_hash, reason, published_on, journal, person, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, decode($10, 'hex'), decode($11, 'hex'), $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      tx.context.county,
      line.id,
      version,
      draft.division,
      item.scope,
      draft.title,
      issuer,
      JSON.stringify(draft.content),
      whole,
      text_sha256,
      doc_sha256,
      file,
      pack.pack,
      pack.packHash,
      version === 1 ? '' : draft.reason,
      publishedOn,
      journalId,
      tx.context.uid,
      now,
    ],
  );
  // What was told, drafted or checked under an earlier name of the item is done with it.
  for (const name of new Set([item.id, draft.item, ...(item.formerly ?? [])]))
    await takeOutDuty(tx, { ...dutyOfDraft(draft), item: name });
  await tx.run(
    `update lx.disclosure_draft set state = 'published', version = version + 1, updated_at = $3 where county = $1 and id = $2`,
    [tx.context.county, draft.id, now],
  );
  return { status: 201, body: { id: line.id } };
};

/** A text without the lines that differ from version to version by themselves: its number, its reason, its day. */
const bare = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !/^(?:第 \d+ 版。|本次为第 \d+ 版|\d{4}年\d{1,2}月\d{1,2}日$)/u.test(line))
    .join('\n');

const keepPrint = async (
  deps: Deps,
  tx: Tx,
  print: { file: string; division: string; title: string; print: Uint8Array; disclosure: string },
): Promise<void> => {
  const sha256 = await keepFile(filesFolder(deps), tx.context.county, print.print);
  await insertFile(tx, {
    id: print.file,
    sha256,
    division: print.division,
    media_type: 'application/pdf',
    bytes: print.print.length,
    width: null,
    height: null,
    name: `${print.title}.pdf`,
  });
  await attachFile(tx, print.file, { subjectKind: 'disclosure', subject: print.disclosure, division: print.division });
};

/**
 * Takes a disclosure down 撤下; its versions stay readable, marked with the reason. Refuses `not-found`, `capability-missing`,
 * `reason-missing`, `disclosure-withdrawn`, and `personal-data-found` in the reason, which is public.
 */
export const withdraw = (
  deps: Deps,
  { actor, commandId, input }: Given<{ id: string; reason: string }>,
): Promise<Answer> =>
  runCommand(deps, { actor, commandId, route: 'POST /api/disclosures/{id}/withdraw', body: input }, async (tx) => {
    const row = await oneDisclosure(tx, input.id);
    if (row === undefined) return { faults: [fault('not-found')] };
    const strange = await mayKeepBoard(deps, tx, actor, row);
    if (strange !== undefined) return { faults: [strange] };
    if (row.withdrawnOn !== null) return { faults: [fault('disclosure-withdrawn', { on: row.withdrawnOn })] };
    if (input.reason === '') return { faults: [fault('reason-missing')] };
    const faults = await faultsOfDraft(tx, {
      title: input.reason,
      division: row.division,
      content: { paragraphs: [], table: null, bars: [], gaps: [] },
    });
    if (faults.length > 0) return { faults };
    const now = tx.makers.clock();
    await tx.run(
      `update lx.disclosure set withdrawn_on = $3, withdrawn_because = $4, updated_at = $5 where county = $1 and id = $2`,
      [tx.context.county, row.id, countyDate(now), input.reason, now],
    );
    writeJournal(tx, {
      kind: 'board.withdraw',
      division: row.division,
      commandId,
      pub: { board: boardNames[row.board], title: row.title, version: row.version, reason: input.reason },
      commitFields: { publisher: tx.context.uid ?? '', disclosure: row.id },
    });
    return { status: 201, body: { id: row.id } };
  });
