import { countyDate, deriveProgress, type Progress } from '@lianxin/domain';
import { matterFiles, type MatterDeps, type ReportedFile } from '../matters/index.js';
import type { PackedProcedure } from '../policy-packs/index.js';
import type { Tx } from '../storage/index.js';
import { rowsIn, type Scope } from './reports.store.js';

/** A matter with all that its acts say, for figures that need more than columns. */
export interface Case {
  readonly file: ReportedFile;
  readonly packed: PackedProcedure;
  readonly progress: Progress;
}

/** Matters of one report that are read whole; more than this is a longer period than a page can show. */
const mostCases = 20_000;
const batch = 500;

/** Every case of a scope, oldest first, in batches, so that memory does not grow with the county. */
export const eachCase = async (deps: MatterDeps, tx: Tx, scope: Scope, visit: (one: Case) => void): Promise<number> => {
  let after: { at: string; id: string } | null = null;
  let count = 0;
  for (;;) {
    const ids: { id: string; opened_at: string }[] = await rowsIn<{ id: string; opened_at: string }>(
      tx,
      scope,
      (where, next) =>
        `select m.id, m.opened_at from lx.matter m where ${where}
           and ($${next}::timestamptz is null or (m.opened_at, m.id) > ($${next}::timestamptz, $${next + 1}::uuid))
         order by m.opened_at, m.id limit ${batch}`,
      [after?.at ?? null, after?.id ?? null],
    );
    const last = ids.at(-1);
    if (last === undefined || count >= mostCases) return count;
    for (const { file, packed, calendar } of await matterFiles(
      deps,
      tx,
      ids.map((one) => one.id),
    )) {
      visit({ file, packed, progress: deriveProgress(packed.procedure, file.record, calendar, deps.clock()) });
      count += 1;
    }
    after = { at: last.opened_at, id: last.id };
  }
};

/** County day of a moment. */
export const dayOf = (moment: string): string => countyDate(moment as Parameters<typeof countyDate>[0]);
