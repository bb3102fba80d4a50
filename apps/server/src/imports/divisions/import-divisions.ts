import type { ClientBase } from 'pg';
import type { Makers } from '../../deps.js';
import { recordAsOwner } from '../../journal/index.js';
import { checkList, type CheckedList, type DivisionToWrite } from './check-list.js';
import type { DivisionList } from './china-division.js';
import { copyRows } from './copy-rows.js';

/** How far an import is: of how many new rows how many are sent. */
export type OnProgress = (done: number, total: number) => void;

/** What an import of divisions did. */
export interface DivisionsImported {
  readonly checked: Omit<CheckedList, 'rows'>;
  readonly added: number;
  readonly renamed: number;
  /** In both, with the same name. */
  readonly unchanged: number;
  /** Rows that are in the table and not in the list: left as they are, since what became of them the list does not say. */
  readonly notListed: number;
  /** Other names in the list of rows that began on its day or later, or have ended: what stands in the table stays. */
  readonly younger: number;
}

interface Standing {
  readonly name: string;
  readonly since: string;
  readonly ended: boolean;
}

/** What stands in the table, with the day since which each name holds. */
const readStanding = async (db: ClientBase): Promise<Map<string, Standing>> => {
  const { rows } = await db.query<Standing & { code: string }>(
    `select d.code, d.name, coalesce(n.until, d.valid_from)::text as since, d.valid_to is not null as ended
     from lx.division d left join (select code, max(valid_to) as until from lx.division_name group by code) n on n.code = d.code
     where d.level <> 'group'`,
  );
  return new Map(rows.map((row) => [row.code, row]));
};

/**
 * Switches off, where the owner of the database may, the look-up of each new row's parent: the list was checked as a whole and every
 * parent is in it. Elsewhere the database looks them up one by one, which gives the same table in more time.
 */
const trustCheckedParents = async (db: ClientBase): Promise<void> => {
  await db.query('savepoint parents');
  try {
    await db.query('set local session_replication_role = replica');
  } catch {
    await db.query('rollback to savepoint parents');
  }
};

const columns = 'code, name, short_name, level, kind, parent, county, source, valid_from';

const addNew = async (
  db: ClientBase,
  rows: readonly DivisionToWrite[],
  source: string,
  asOf: string,
  onProgress: OnProgress,
): Promise<void> => {
  function* lines(): Iterable<readonly (string | null)[]> {
    for (const row of rows)
      yield [row.code, row.name, row.shortName, row.level, row.kind, row.parent, row.county, source, asOf];
  }
  await trustCheckedParents(db);
  await copyRows(db, `copy lx.division (${columns}) from stdin`, lines(), (sent) => onProgress(sent, rows.length));
  await db.query(
    `select set_config('session_replication_role', 'origin', true) where current_setting('session_replication_role') <> 'origin'`,
  );
};

/** A name that changed stays on record with the day on which it ended; the code and everything that hangs on it stay. */
const rename = async (
  db: ClientBase,
  rows: readonly DivisionToWrite[],
  source: string,
  asOf: string,
): Promise<void> => {
  await db.query(
    `with changed as (
       select c.* from json_to_recordset($1::json) as c (code text, name text, "shortName" text)),
     kept as (
       insert into lx.division_name (code, name, short_name, source, valid_from, valid_to)
       select d.code, d.name, d.short_name, d.source,
         coalesce((select max(n.valid_to) from lx.division_name n where n.code = d.code), d.valid_from), $3::date
       from lx.division d join changed c on c.code = d.code)
     update lx.division d set name = c.name, short_name = c."shortName", source = $2 from changed c where d.code = c.code`,
    [JSON.stringify(rows), source, asOf],
  );
};

/** What of a list is new, renamed, as it was. */
const compare = (rows: readonly DivisionToWrite[], standing: ReadonlyMap<string, Standing>, asOf: string) => {
  const fresh: DivisionToWrite[] = [];
  const renamed: DivisionToWrite[] = [];
  let unchanged = 0;
  let younger = 0;
  for (const row of rows) {
    const there = standing.get(row.code);
    if (there === undefined) fresh.push(row);
    else if (there.name === row.name) unchanged += 1;
    else if (there.since < asOf && !there.ended) renamed.push(row);
    else younger += 1;
  }
  return { fresh, renamed, unchanged, younger, notListed: standing.size - (rows.length - fresh.length) };
};

/**
 * Writes into the journal of each county at work that its divisions changed, by which file and how many. A county that is not open yet has
 * no journal; there each row names its list.
 */
const recordChanges = async (
  db: ClientBase,
  makers: Makers,
  list: DivisionList,
  { fresh, renamed }: { readonly fresh: readonly DivisionToWrite[]; readonly renamed: readonly DivisionToWrite[] },
): Promise<void> => {
  const { rows } = await db.query<{ county: string }>('select county from lx.counties_at_work() as county');
  for (const { county } of rows) {
    const within = (row: DivisionToWrite): boolean => row.county === county;
    const changed = { added: fresh.filter(within).length, renamed: renamed.filter(within).length };
    if (changed.added + changed.renamed === 0) continue;
    const commitFields = {
      what: 'import divisions',
      source: list.source,
      asOf: list.asOf,
      sha256: list.sha256,
      ...changed,
    };
    await recordAsOwner(db, makers, county, [{ kind: 'record.change', division: `${county}000000`, commitFields }]);
  }
};

/**
 * Brings a published list of divisions into the table 导入区划, as the owner of the tables, in one transaction: new rows by COPY, changed
 * names as dated changes, and a journal entry in each open county that it changed. Repeating it doubles nothing and ends nothing.
 *
 * A list with problems changes nothing: `checked.problems` says which, and every other number is 0.
 */
export const importDivisions = async (
  db: ClientBase,
  makers: Makers,
  list: DivisionList,
  onProgress: OnProgress = () => undefined,
): Promise<DivisionsImported> => {
  const { rows, ...checked } = checkList(list);
  if (checked.problems.length > 0) return { checked, added: 0, renamed: 0, unchanged: 0, notListed: 0, younger: 0 };
  const source = `${list.source}, ${list.asOf}`;
  await db.query('begin');
  try {
    // Two imports at once would both find a code missing; the second one waits and then finds nothing to do.
    await db.query(`select pg_advisory_xact_lock(hashtextextended('lianxin import divisions', 0))`);
    // Sessions plan every statement anew; look-ups of parents are a million small ones and may keep their plan.
    await db.query('set local plan_cache_mode = auto');
    const { fresh, renamed, ...counts } = compare(rows, await readStanding(db), list.asOf);
    if (fresh.length > 0) await addNew(db, fresh, source, list.asOf, onProgress);
    if (renamed.length > 0) await rename(db, renamed, source, list.asOf);
    await recordChanges(db, makers, list, { fresh, renamed });
    await db.query('commit');
    return { checked, added: fresh.length, renamed: renamed.length, ...counts };
  } catch (error) {
    await db.query('rollback');
    throw error;
  }
};
