import { parseLeaf, type LoggedStep } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { inContext } from '../storage/index.js';
import { logContext } from './log.store.js';

/**
 * The leaves of a decision in the order of the log 决策的册页, from the year in which it began to the one in which it ended. Throws while one of
 * them waits to be sealed: what is made from them would leave it out.
 */
export const decisionSteps = async (deps: Deps, county: string, matter: string): Promise<LoggedStep[]> =>
  inContext(deps, logContext(county), async (tx) => {
    const rows = await tx.rows<{ log_index: number | null; origin: string | null; leaf: string | null }>(
      `select j.log_index, y.origin, l.leaf from lx.journal_entry j
       left join lx.log_year y on y.county = j.county and y.year = j.log_year
       left join lx.log_leaf l on l.county = j.county and l.year = j.log_year and l.log_index = j.log_index
       where j.county = $1 and j.kind = 'decision' and j.pub ->> 'matter' = $2
       order by j.log_year, j.log_index`,
      [county, matter],
    );
    return rows.map((row) => {
      const leaf = row.leaf === null ? null : parseLeaf(row.leaf);
      if (leaf === null || leaf.k !== 'decision' || row.origin === null || row.log_index === null)
        throw new Error(`a step of decision ${matter} is not in the log yet`);
      return { origin: row.origin, index: row.log_index, leaf };
    });
  });
