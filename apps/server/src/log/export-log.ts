import { formatLogExportHead } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { inContext } from '../storage/index.js';
import { bestCheckpoint, logContext, newestCheckpoint, readLeaves, readYear } from './log.store.js';

/** Leaves read at once. */
const batch = 1000;

/**
 * The whole log of a year as text 整册导出, piece by piece: head, leaves, entries of days, checkpoint (docs/design/log-format.md). Nothing in it is
 * private, so it may lie on any web server or stick; `lianxin verify` checks it offline. Undefined before the first checkpoint.
 */
export const exportLog = async (
  deps: Deps,
  county: string,
  year: number,
  write: (piece: string) => void,
): Promise<{ readonly leaves: number; readonly entries: number } | undefined> =>
  inContext(deps, logContext(county), async (tx) => {
    await tx.rows("select set_config('statement_timeout', '0', true)");
    const log = await readYear(tx, county, year);
    const newest = log === undefined ? undefined : await newestCheckpoint(tx, county, year);
    if (log === undefined || newest === undefined) return undefined;
    // Where enough witnesses cosigned the newest checkpoint it is the best one anyway.
    const { tree_size: size, note } = (await bestCheckpoint(tx, county, year, newest.tree_size - 1)) ?? newest;
    const counted = await tx.first<{ count: number }>(
      'select count(*)::int as count from lx.log_private_entry where county = $1 and year = $2 and log_index < $3',
      [county, year, size],
    );
    const entries = counted?.count ?? 0;
    write(formatLogExportHead({ key: log.key, leaves: size, entries }));
    for (let from = 0; from < size; from += batch) {
      const leaves = await readLeaves(tx, county, year, from, Math.min(size, from + batch));
      write(leaves.map((row) => `${row.leaf}\n`).join(''));
    }
    for (let from = 0; from < size; from += batch) {
      const rows = await tx.rows<{ log_index: number; entry: string }>(
        `select log_index, entry from lx.log_private_entry
         where county = $1 and year = $2 and log_index >= $3 and log_index < $4 order by log_index, position`,
        [county, year, from, Math.min(size, from + batch)],
      );
      if (rows.length > 0) write(rows.map((row) => `${row.log_index} ${row.entry}\n`).join(''));
    }
    write(`\n${note}`);
    return { leaves: size, entries };
  });
