import { ok, type Result } from '@lianxin/domain';
import type { RatingsReport, ReportQuery } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import { directoryFor, titlesOf, type MatterDeps } from '../matters/index.js';
import { inContext } from '../storage/index.js';
import { shareOf } from './percentile.js';
import { rowsIn, scopeFor } from './reports.store.js';

/** Below this many ratings nothing is shown that could point at one person. */
const least = 5;

interface Row {
  readonly [column: string]: unknown;
  readonly village: string;
  readonly procedure: string;
  readonly closed: number;
  readonly rated: number;
  readonly satisfied: number;
  readonly low: number;
  readonly sum: number;
  readonly follow_ups: number;
  readonly follow_ups_done: number;
}

/**
 * Ratings (群众满意度) per village and service [DY-71]: how many closed cases were rated, how many of the ratings were satisfied, and the follow-ups
 * that low ones opened. Rating is voluntary: the share answered is a figure, not a target. Fewer than five ratings show neither average nor share.
 */
export const readRatings = async (
  deps: MatterDeps,
  session: SessionActor,
  query: ReportQuery,
): Promise<Result<RatingsReport>> => {
  const scope = scopeFor(session, query);
  if (!scope.ok) return scope;
  return inContext(deps, session.context, async (tx): Promise<Result<RatingsReport>> => {
    const directory = await directoryFor(deps, tx.context.county);
    const titles = await titlesOf(deps, tx);
    const rows = await rowsIn<Row>(
      tx,
      scope.value,
      (where) =>
        `select m.village, m.procedure, count(*)::int as closed, count(m.rating)::int as rated,
           count(*) filter (where m.rating >= 3)::int as satisfied, count(*) filter (where m.rating <= 2)::int as low,
           coalesce(sum(m.rating), 0)::int as sum, coalesce(sum(f.opened), 0)::int as follow_ups, coalesce(sum(f.done), 0)::int as follow_ups_done
         from lx.matter m left join lateral (
           select count(*) as opened, count(f.answered_at) as done from lx.follow_up f
           where f.county = m.county and f.matter = m.id and f.cause = 'low-rating') f on true
         where ${where} and m.parent is null and m.state = 'ended' group by 1, 2 order by 1, 2`,
    );
    const add = (pick: (row: Row) => number): number => rows.reduce((sum, row) => sum + pick(row), 0);
    return ok({
      rows: rows.map((row) => {
        const suppressed = row.rated > 0 && row.rated < least;
        const shown = row.rated >= least;
        return {
          division: row.village,
          name: directory.nameOf(row.village),
          service: titles.procedure(row.procedure),
          closed: row.closed,
          rated: row.rated,
          answerShare: shareOf(row.rated, row.closed),
          satisfied: shown ? shareOf(row.satisfied, row.rated) : shareOf(0, 0),
          average: shown ? Math.round((row.sum * 100) / row.rated) / 100 : null,
          suppressed,
          low: shown ? row.low : 0,
          followUps: row.follow_ups,
          followUpsDone: row.follow_ups_done,
        };
      }),
      total: {
        closed: add((row) => row.closed),
        rated: add((row) => row.rated),
        answerShare: shareOf(
          add((row) => row.rated),
          add((row) => row.closed),
        ),
        satisfied: shareOf(
          add((row) => row.satisfied),
          add((row) => row.rated),
        ),
        low: add((row) => row.low),
        followUps: add((row) => row.follow_ups),
      },
    });
  });
};
