import type { ClientBase } from 'pg';
import type { Deps } from '../deps.js';
import { filesFolder, keepFile } from '../files/index.js';
import { readSchema } from '../storage/migrate.js';
import { checkCountyFile, type CheckedFile } from './check-county-file.js';
import { linesOf, type Manifest, type TablePart } from './county-file.js';
import { countyTables, insertSql, linesSql, type CountyTable } from './county-tables.js';
import { logSeed, partOf, rowsOf } from './export-county.js';
import type { PassphraseSeal } from './passphrase-seal.js';
import { CountyFileRefused } from './refused.js';
import { comparingKey, openRow, sealRow } from './secrets.js';

/** Lines staged at once. */
const atOnce = 200;

const checkSchema = async (owner: ClientBase, { header }: CheckedFile): Promise<void> => {
  const ours = new Map(await readSchema(owner));
  const theirs = new Map(header.schema);
  const differing = [...new Set([...ours.keys(), ...theirs.keys()])]
    .toSorted()
    .find((number) => ours.get(number) !== theirs.get(number));
  if (differing !== undefined) throw new CountyFileRefused('schema-differs', differing);
};

/** No table may hold anything of the county: half of one and half of another would be neither. */
const checkAbsent = async (owner: ClientBase, tables: readonly CountyTable[], county: string): Promise<void> => {
  for (const table of tables.filter((one) => !one.shared)) {
    const { rows } = await owner.query(`select from lx.${table.name} where ${table.rows} limit 1`, [county]);
    if (rows.length > 0) throw new CountyFileRefused('already-there', table.name);
  }
};

interface Receiving {
  readonly deps: Pick<Deps, 'keys' | 'config'>;
  readonly owner: ClientBase;
  readonly county: string;
  readonly seal: PassphraseSeal;
}

const stage = async ({ owner }: Receiving, lines: readonly string[]): Promise<void> => {
  if (lines.length > 0)
    await owner.query('insert into pg_temp.staged select line::json from unnest($1::text[]) line', [lines]);
};

/** Puts the staged rows into their table in one statement, so that a row may point at a later one of the same table. */
const settle = async ({ owner, county }: Receiving, table: CountyTable): Promise<void> => {
  // What a trigger counted while other rows came in gives way to the rows of the file.
  if (table.name === 'matter_count') await owner.query('delete from lx.matter_count where county = $1', [county]);
  try {
    await owner.query(insertSql(table));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505')
      throw new CountyFileRefused('name-taken', `${table.name}: ${'detail' in error ? String(error.detail) : ''}`);
    throw error;
  }
  if (table.shared) {
    const { rows } = await owner.query<{ line: string }>(
      `select s.line::text as line from pg_temp.staged s where s.line::jsonb not in (select l.line::jsonb from (${linesSql(table).replaceAll('$1', `'${county}'`)}) l) limit 1`,
    );
    if (rows[0] !== undefined)
      throw new CountyFileRefused('shared-row-differs', `${table.name} ${rows[0].line.slice(0, 120)}`);
  }
  await owner.query('truncate pg_temp.staged');
};

/** Reads the file a second time and writes as it goes: rows to their tables, attachments to their folder, the key to the keys. */
const receive = async (into: Receiving, file: string, tables: ReadonlyMap<string, CountyTable>): Promise<void> => {
  const { deps, seal, county } = into;
  let table: CountyTable | undefined;
  let waiting: string[] = [];
  let row = 0;
  let bytes: Buffer[] | undefined;
  const keep = async (): Promise<void> => {
    if (bytes !== undefined) await keepFile(filesFolder(deps), county, Buffer.concat(bytes));
    bytes = undefined;
  };
  for await (const line of linesOf(file)) {
    const begin = line[0];
    if (begin === '[') {
      await keep();
      const [what, said] = JSON.parse(line) as [string, { name: string } & string];
      if (what === 'table') {
        table = tables.get(said.name);
        if (table === undefined) throw new CountyFileRefused('schema-differs', said.name);
        row = 0;
      } else if (what === 'end' && table !== undefined) {
        await stage(into, waiting);
        waiting = [];
        await settle(into, table);
        table = undefined;
      } else if (what === 'file') bytes = [];
      else if (what === 'key') {
        const seed = Buffer.from(seal.open('key', said), 'hex');
        if (!deps.keys.fileOf(`log-${county}`, () => seed).equals(seed)) throw new CountyFileRefused('key-differs');
      }
    } else if (bytes !== undefined) bytes.push(Buffer.from(JSON.parse(line) as string, 'base64'));
    else if (table !== undefined) {
      waiting.push(
        table.sealed
          ? sealRow(deps.keys, table.name, seal.open(`${table.name}\n${row}`, JSON.parse(line) as string))
          : line,
      );
      row += 1;
      if (waiting.length < atOnce) continue;
      await stage(into, waiting);
      waiting = [];
    }
  }
};

/** The parts of every table as they stand here now, reckoned from the rows. */
const partsHere = async (into: Receiving, tables: readonly CountyTable[]): Promise<readonly TablePart[]> => {
  const comparing = comparingKey(logSeed(into.deps, into.county) ?? Buffer.alloc(0));
  const parts: TablePart[] = [];
  for (const table of tables) {
    const part = partOf(table, comparing);
    for await (const row of rowsOf(into.owner, table, into.county))
      part.add(table.sealed ? openRow(into.deps.keys, table.name, row) : row);
    parts.push(part.sum());
  }
  return parts;
};

const sumOf = (part: TablePart | undefined): string => `${part?.rows} ${part?.sha256 ?? part?.hmac}`;

const checkEqual = (tables: readonly CountyTable[], manifest: Manifest, here: readonly TablePart[]): void => {
  for (const part of manifest.tables) {
    // Of what counties share, more may be here than the file brought; each row that it brought was compared.
    if (tables.find((table) => table.name === part.name)?.shared === true) continue;
    const mine = here.find((one) => one.name === part.name);
    if (sumOf(mine) !== sumOf(part)) throw new CountyFileRefused('not-equal', part.name);
  }
};

/** What was taken in. */
export interface CountyImported {
  readonly county: string;
  readonly rows: number;
  readonly tables: number;
  readonly files: number;
}

/**
 * Takes a county in from its file 整县导入: all of it, in one transaction, or nothing. Before anything is written the file is read to its end and must be
 * as it was made; before the transaction ends every table is read back and must have the hash that the manifest names.
 *
 * It writes as the owner of the tables, whom row level security does not bind: the rows belong to every office of the county at once. It is the one
 * import without a journal entry of its own: the journal comes in with the county and must equal the file to the last row. Refuses
 * `not-a-county-file`, `altered`, `passphrase-needed`, `passphrase-wrong`, `schema-differs`, `already-there`, `name-taken`, `key-differs`,
 * `shared-row-differs`, `not-equal`.
 */
export const importCounty = async (
  deps: Pick<Deps, 'keys' | 'config'>,
  owner: ClientBase,
  { file, passphrase }: { readonly file: string; readonly passphrase?: string },
): Promise<CountyImported> => {
  const checked = await checkCountyFile(file, passphrase);
  const { header, manifest, seal } = checked;
  if (seal === undefined) throw new CountyFileRefused('passphrase-needed');
  await checkSchema(owner, checked);
  const tables = await countyTables(owner);
  const into: Receiving = { deps, owner, county: header.county, seal };
  await owner.query('begin');
  try {
    await owner.query(`set local bytea_output = 'hex'`);
    await checkAbsent(owner, tables, header.county);
    await owner.query('create temp table staged (line json) on commit drop');
    await receive(into, file, new Map(tables.map((table) => [table.name, table])));
    checkEqual(tables, manifest, await partsHere(into, tables));
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
  const rows = manifest.tables.reduce((count, part) => count + part.rows, 0);
  return { county: header.county, rows, tables: manifest.tables.length, files: manifest.files.count };
};
