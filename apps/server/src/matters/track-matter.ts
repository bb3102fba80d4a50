import { countyDate, deriveProgress, fault, ok, refuse, scopeOf, type Locale, type Result } from '@lianxin/domain';
import type { Tracking } from '@lianxin/contract';
import { publicContext, inContext } from '../storage/index.js';
import type { MatterDeps } from './act-context.js';
import { contextFor, pinnedTo } from './act-on-matter.js';
import { unnamedResident } from './actors.js';
import { momentOf, recordOf, sealedMark, type MatterFile } from './matter-file.js';
import { readFileByReceipt } from './matters.store.js';
import { actView, clockViews, kindTitle, resultTitle, rowView, stageTitle, stationViews } from './matters.view.js';
import { nextActViews } from './next-act-views.js';
import { readReceiptCode } from './receipt.js';
import { isConfirming } from './sense.js';

/** Receipt and log state of an entry; the log's own feature answers it. */
export type LogState = (county: string, journal: string) => Promise<Tracking['log']>;

/** What the office says was done, while it waits for the resident's word. */
const claimedOf = (file: MatterFile, confirming: boolean): Tracking['claimed'] => {
  const claim = confirming ? file.acts.findLast((act) => act.sense === 'claim') : undefined;
  if (claim === undefined) return null;
  const words = Object.values(claim.body)
    .filter((value): value is string => typeof value === 'string' && value !== sealedMark)
    .toSorted((a, b) => b.length - a.length)[0];
  return { at: momentOf(claim.occurred_at), text: words ?? '' };
};

/**
 * A matter as the holder of its receipt follows it (凭条查询): each step, which office holds it, until when; no names of people.
 * Refuses `receipt-code-wrong` before any look-up, `not-found` for a code that belongs to nothing.
 */
export const trackMatter = async (
  deps: MatterDeps,
  code: string,
  locale: Locale,
  logState: LogState,
): Promise<Result<Tracking>> => {
  const receipt = readReceiptCode(code);
  if (!receipt.ok) return receipt;
  const { county, hash } = receipt.value;
  const wide = `${county}000000`;
  const found = await inContext(deps, { ...publicContext(wide), ...scopeOf(wide), county }, async (tx) => {
    const file = await readFileByReceipt(tx, hash);
    if (file === undefined) return undefined;
    const context = await contextFor(deps, tx, file);
    const packed = pinnedTo(context, file);
    const { procedure } = packed;
    const { directory, calendar, now } = context;
    const { matter } = file;
    const progress = deriveProgress(procedure, recordOf(file), calendar, now);
    const today = countyDate(now);
    const row = rowView(matter, packed, directory, today);
    const holder = progress.holder?.office ?? matter.holder_body;
    const view: Omit<Tracking, 'log'> = {
      number: row.number,
      division: row.division,
      divisionName: row.divisionName,
      procedure: row.procedure,
      procedureTitle: row.procedureTitle,
      kind: row.kind,
      kindTitle: kindTitle(procedure, matter.kind),
      subject: row.subject,
      state: progress.state,
      stageTitle: stageTitle(procedure, progress.stage),
      resultTitle: resultTitle(procedure, progress.result ?? null),
      holder: holder === null ? null : (directory.body(holder)?.name ?? null),
      contact: progress.holder?.post === undefined ? null : (directory.postTitle(progress.holder.post) ?? null),
      openedAt: row.openedAt,
      due: row.due,
      provisional: row.provisional,
      overdueDays: row.overdueDays,
      version: row.version,
      acts: file.acts.map((act) => actView(act, procedure, new Map(), directory, () => false)),
      clocks: clockViews(progress, today),
      stations: stationViews(progress, directory),
      nextActs: nextActViews(context, packed, file, [unnamedResident(true)], locale, true).filter(
        (act) => !act.needsSecret || matter.confirm_hash !== null,
      ),
      claimed: claimedOf(file, isConfirming(procedure, progress.stage)),
      rating: progress.rating?.level ?? null,
    };
    return { view, journal: matter.journal };
  });
  if (found === undefined) return refuse(fault('not-found'));
  const log =
    found.journal === null
      ? { state: 'received' as const, index: null, verify: null }
      : await logState(county, found.journal);
  return ok({ ...found.view, log });
};
