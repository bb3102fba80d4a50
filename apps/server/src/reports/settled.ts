import { describeLevel, MatterLevel, ok, type Result } from '@lianxin/domain';
import type { ReportQuery, SettledReport } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import type { MatterDeps } from '../matters/index.js';
import { inContext } from '../storage/index.js';
import { shareOf } from './percentile.js';
import { rowsIn, scopeFor } from './reports.store.js';

/**
 * Share settled at the level where a matter began (琐事不出组、小事不出村、大事不出镇) [DY-74]: of those that have ended or gone up. A resident's own way up is
 * counted as gone up and is nobody's negative mark.
 */
export const readSettled = async (
  deps: MatterDeps,
  session: SessionActor,
  query: ReportQuery,
): Promise<Result<SettledReport>> => {
  const scope = scopeFor(session, query);
  if (!scope.ok) return scope;
  const rows = await inContext(deps, session.context, (tx) =>
    rowsIn<{ level: MatterLevel; started: number; settled: number; up: number; decided: number }>(
      tx,
      scope.value,
      (where) =>
        `select m.start_level as level, count(*)::int as started,
           count(*) filter (where m.state = 'ended' and m.settled and m.level = m.start_level)::int as settled,
           count(*) filter (where m.level <> m.start_level)::int as up,
           count(*) filter (where m.state = 'ended' or m.level <> m.start_level)::int as decided
         from lx.matter m where ${where} and m.parent is null group by 1`,
    ),
  );
  return ok({
    rows: MatterLevel.options.flatMap((level) => {
      const row = rows.find((one) => one.level === level);
      if (row === undefined) return [];
      return [
        {
          level,
          title: describeLevel(level),
          started: row.started,
          settledThere: row.settled,
          handedUp: row.up,
          share: shareOf(row.settled, row.decided),
        },
      ];
    }),
  });
};
