import type { Calendar, MatterRecord } from '@lianxin/domain';
import { rulesOf, type PackedProcedure } from '../policy-packs/index.js';
import type { Tx } from '../storage/index.js';
import { actContext, type MatterDeps } from './act-context.js';
import { dayOf, hexOf, recordOf, type ActRow, type MatterFile, type MatterRow } from './matter-file.js';
import { kindTitle } from './matters.view.js';

/** A matter with its acts, as reports read it; reminders are what the sweep sent. */
export interface ReportedFile {
  readonly matter: MatterRow;
  readonly acts: readonly ActRow[];
  readonly record: MatterRecord;
  readonly reminders: number;
}

/** Several files at once, under the rights of the context, oldest first. */
export const matterFiles = async (
  deps: MatterDeps,
  tx: Tx,
  ids: readonly string[],
): Promise<{ file: ReportedFile; packed: PackedProcedure; calendar: Calendar }[]> => {
  const rows = await tx.rows<{ file: MatterFile; reminders: number }>(
    `select f.file,
       (select count(*) from lx.inbox_item i where i.county = m.county and i.matter = m.id and i.kind = 'reminder')::int as reminders
     from lx.matter m join lx.matter_files f on f.county = m.county and f.id = m.id
     where m.county = $1 and m.id = any ($2::uuid[]) order by m.opened_at, m.id`,
    [tx.context.county, ids],
  );
  const context = await actContext(deps, tx, [...new Set(rows.map(({ file }) => hexOf(file.matter.pack_hash)))]);
  return rows.flatMap(({ file, reminders }) => {
    const { matter, acts } = file;
    const packed = context.rules.pinned(hexOf(matter.pack_hash), matter.procedure, dayOf(matter.opened_at));
    if (packed === undefined) return [];
    return [{ file: { matter, acts, record: recordOf(file), reminders }, packed, calendar: context.calendar }];
  });
};

/** Titles of procedures and kinds, from every version activated in the county. */
export interface Titles {
  readonly procedure: (id: string) => string;
  readonly kind: (id: string) => string;
}

export const titlesOf = async (deps: MatterDeps, tx: Tx): Promise<Titles> => {
  const rules = await rulesOf(deps.pool, tx);
  const procedures = rules.listProcedures();
  return {
    procedure: (id) => procedures.find(({ procedure }) => procedure.id === id)?.procedure.title ?? id,
    kind: (id) => {
      const found = procedures.find(({ procedure }) => procedure.forMatters.kinds.includes(id));
      return found === undefined ? id : (kindTitle(found.procedure, id) ?? id);
    },
  };
};
