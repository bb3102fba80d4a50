import type pg from 'pg';
import { askers, placesWithin, reachOf, type Reach } from './askers.js';
import { dutiesOf, readPosts } from './duties.js';
import { lineOf, type MatrixRow } from './matrix.js';
import { addProbe, changeableColumns, probe, questionsAbout } from './probe.js';
import { addSampleRows, placesOf, readTables, type Table } from './sample-rows.js';

/** What is needed to ask the tables: sample rows everywhere, the duties of each column, what may be changed at all. */
export interface TableDesk {
  readonly tables: readonly Table[];
  readonly duties: ReadonlyMap<string, readonly string[]>;
  readonly changeable: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Fills the test's database and makes it ready for questions. */
export const openDesk = async (owner: pg.Pool): Promise<TableDesk> => {
  const tables = await readTables(owner);
  await addSampleRows(owner, tables);
  await addProbe(owner);
  const posts = readPosts();
  const changeable = new Map<string, ReadonlyMap<string, string>>();
  for (const { role } of askers) if (!changeable.has(role)) changeable.set(role, await changeableColumns(owner, role));
  return { tables, duties: new Map(askers.map((asker) => [asker.id, dutiesOf(asker, posts)])), changeable };
};

/** A place where the database and the matrix differ. */
export interface Difference {
  readonly what: string;
  readonly says: Reach;
  readonly does: string;
}

const questions = new Map<string, ReturnType<typeof questionsAbout>>();

/**
 * Asks one table as every column of the matrix and gives the differences; stops at the first one when only a verdict is wanted.
 * `observed` collects the line that would describe what the database does.
 */
export const askTable = async (
  client: pg.ClientBase,
  desk: TableDesk,
  table: Table,
  matrix: ReadonlyMap<string, MatrixRow>,
  { once = false, observed }: { once?: boolean; observed?: Map<string, Record<string, Reach>> } = {},
): Promise<readonly Difference[]> => {
  const differences: Difference[] = [];
  for (const asker of askers) {
    const column = desk.changeable.get(asker.role)?.get(table.name);
    const key = `${table.name} ${column ?? ''}`;
    const asked = questions.get(key) ?? questionsAbout(table, column);
    questions.set(key, asked);
    for (const [about, found] of await probe(client, asked, asker, desk.duties.get(asker.id) ?? [])) {
      const says = matrix.get(`${table.name} ${about}`)?.cells[asker.id] ?? 'none';
      const places = placesOf(table);
      const does = reachOf(found, places);
      if (observed !== undefined) observed.set(about, { ...observed.get(about), [asker.id]: does ?? 'none' });
      const same = places.every((place) => found.has(place) === (says !== '-' && placesWithin[says].includes(place)));
      if (same) continue;
      differences.push({
        what: `${asker.id}: ${table.name} ${about}`,
        says: says === '-' ? 'none' : says,
        does: does ?? [...found].join('+'),
      });
      if (once) return differences;
    }
  }
  return differences;
};

/** The rows about tables, by `table action state`. */
export const tableRows = (rows: readonly MatrixRow[]): ReadonlyMap<string, MatrixRow> =>
  new Map(rows.filter((row) => row.kind === 'table').map((row) => [`${row.resource} ${row.action} ${row.state}`, row]));

/** Lines for a table that has none, as the database behaves today: to be read as policy before they are added. */
export const linesFor = (table: string, observed: ReadonlyMap<string, Record<string, Reach>>): readonly string[] =>
  [...observed]
    .filter(([, cells]) => Object.values(cells).some((cell) => cell !== 'none'))
    .map(([about, cells]) => {
      const [action = '', state = ''] = about.split(' ');
      return lineOf({ kind: 'table', resource: table, action, state, title: '（名称）', otherwise: '-', cells });
    });
