import { countyDate, workingDaysBetween, calendarOn, type Calendar, type Instant, type Result } from '@lianxin/domain';
import type { ReportQuery, Timeliness } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import type { MatterDeps } from '../matters/index.js';
import { holidaysOf } from '../policy-packs/index.js';
import { inContext, systemContext } from '../storage/index.js';
import { median, percentile } from './percentile.js';
import { rowsIn, scopeFor } from './reports.store.js';

/** When a matter was told and when it was first answered. */
export interface Answered {
  readonly filedAt: string;
  readonly repliedAt: string;
  readonly kind: string | null;
}

const milliseconds = 86_400_000;

/**
 * How long answers took (办理时效). Days are (replied − filed) ÷ 86,400 s, unrounded; percentiles by linear interpolation; the within figures are
 * counts. A working day is counted as the law counts: the day of filing is not, the day of the answer is (LAW-DC-201, LAW-DC-W3). Pure.
 * A year whose holidays are not loaded makes the working-day figure a refusal, not a guess.
 */
export const timelinessOf = (rows: readonly Answered[], calendar: Calendar): Result<Timeliness> => {
  const days = rows.map((row) => (Date.parse(row.repliedAt) - Date.parse(row.filedAt)) / milliseconds);
  let within15WorkingDays = 0;
  for (const row of rows) {
    const from = countyDate(row.filedAt as Instant);
    const to = countyDate(row.repliedAt as Instant);
    // More than 15 weeks cannot be 15 working days, so that long waits cost no counting.
    if (Date.parse(row.repliedAt) - Date.parse(row.filedAt) > 105 * milliseconds) continue;
    const worked = workingDaysBetween(calendar, from, to);
    if (!worked.ok) return worked;
    if (worked.value <= 15) within15WorkingDays += 1;
  }
  const byKind: Record<string, number> = {};
  for (const row of rows) byKind[row.kind ?? '—'] = (byKind[row.kind ?? '—'] ?? 0) + 1;
  return {
    ok: true,
    value: {
      count: rows.length,
      medianDays: median(days),
      p90Days: percentile(days, 0.9),
      within15Days: days.filter((one) => one <= 15).length,
      within60Days: days.filter((one) => one <= 60).length,
      within15WorkingDays,
      byKind,
    },
  };
};

const answeredIn = (where: string): string =>
  `select m.opened_at as "filedAt", coalesce(m.claimed_at, m.ended_at) as "repliedAt", m.kind
   from lx.matter m where ${where} and m.parent is null and coalesce(m.claimed_at, m.ended_at) is not null`;

type AnsweredRow = { filedAt: string; repliedAt: string; kind: string | null };

/**
 * Timeliness over whole counties, for the administrator's tool; of one village when it is named. What a demonstration made up is left
 * out: a figure that an installation reports of itself speaks of real requests alone.
 */
export const timelinessOfCounties = async (
  deps: MatterDeps,
  counties: readonly string[],
  village?: string,
): Promise<Result<Timeliness>> => {
  const rows: Answered[] = [];
  for (const county of counties) {
    rows.push(
      ...(await inContext(deps, systemContext(county), (tx) =>
        tx.rows<AnsweredRow>(answeredIn('m.county = $1 and not m.made_up and ($2::text is null or m.village = $2)'), [
          county,
          village ?? null,
        ]),
      )),
    );
  }
  return timelinessOf(rows, calendarOn(holidaysOf(deps.config.packs), countyDate(deps.clock())));
};

/** Timeliness of the matters of a range that have been answered: by the claim that they are done, else by their end. */
export const readTimeliness = async (
  deps: MatterDeps,
  session: SessionActor,
  query: ReportQuery,
): Promise<Result<Timeliness>> => {
  const scope = scopeFor(session, query);
  if (!scope.ok) return scope;
  const rows = await inContext(deps, session.context, (tx) => rowsIn<AnsweredRow>(tx, scope.value, answeredIn));
  const today = countyDate(deps.clock());
  return timelinessOf(rows, calendarOn(holidaysOf(deps.config.packs), today));
};
