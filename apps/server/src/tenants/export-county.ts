import { createHash, createHmac } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import type { Deps, Makers } from '../deps.js';
import { filesFolder, openFile } from '../files/index.js';
import { recordAsOwner } from '../journal/index.js';
import { readSchema } from '../storage/migrate.js';
import { CountyFileWriter, type Header, type Manifest, type TablePart } from './county-file.js';
import { countyTables, leftOut, linesSql, type CountyTable } from './county-tables.js';
import { newSalt, passphraseSeal, type PassphraseSeal } from './passphrase-seal.js';
import { CountyFileRefused } from './refused.js';
import { comparingKey, openRow } from './secrets.js';

/** Rows read at once; what is in memory is never more than these. */
const atOnce = 500;

/** The rows of a table as lines, in the order of their key. */
export async function* rowsOf(owner: ClientBase, table: CountyTable, county: string): AsyncGenerator<string> {
  await owner.query(`declare lines no scroll cursor for ${linesSql(table).replaceAll('$1', `'${county}'`)}`);
  try {
    for (;;) {
      const { rows } = await owner.query<{ line: string }>(`fetch ${atOnce} from lines`);
      for (const { line } of rows) yield line;
      if (rows.length < atOnce) return;
      await breathe();
    }
  } finally {
    await owner.query('close lines');
  }
}

/** Reckons the part of a table from its lines as they are compared: sealed rows opened. */
export const partOf = (table: CountyTable, comparing: Buffer | undefined) => {
  const hash = table.sealed && comparing !== undefined ? createHmac('sha256', comparing) : createHash('sha256');
  let rows = 0;
  return {
    add: (line: string): void => {
      hash.update(line).update('\n');
      rows += 1;
    },
    sum: (): TablePart => {
      const sum = hash.digest('hex');
      return { name: table.name, rows, sha256: table.sealed ? null : sum, hmac: table.sealed ? sum : null };
    },
  };
};

/** The county's key, which leaves with it; nothing is made where there is none yet. */
export const logSeed = (deps: Pick<Deps, 'keys'>, county: string): Buffer | undefined => {
  try {
    return deps.keys.fileOf(`log-${county}`, () => {
      throw new RangeError('no key yet');
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const writeTable = async (
  out: CountyFileWriter,
  deps: Pick<Deps, 'keys'>,
  rows: AsyncIterable<string>,
  table: CountyTable,
  seal: { readonly with: PassphraseSeal; readonly comparing: Buffer } | undefined,
): Promise<TablePart> => {
  await out.line(JSON.stringify(['table', { name: table.name, sealed: table.sealed }]));
  const part = partOf(table, seal?.comparing);
  let at = 0;
  for await (const row of rows) {
    const line = table.sealed ? openRow(deps.keys, table.name, row) : row;
    part.add(line);
    await out.line(
      table.sealed && seal !== undefined ? JSON.stringify(seal.with.seal(`${table.name}\n${at}`, line)) : line,
    );
    at += 1;
  }
  const sum = part.sum();
  await out.line(JSON.stringify(['end', sum]));
  return sum;
};

const writeFiles = async (
  out: CountyFileWriter,
  deps: Pick<Deps, 'config'>,
  owner: ClientBase,
  county: string,
): Promise<Manifest['files']> => {
  const { rows } = await owner.query<{ sha256: Buffer }>(
    'select distinct sha256 from lx.file where county = $1 order by sha256',
    [county],
  );
  const names = createHash('sha256');
  let bytes = 0;
  for (const { sha256 } of rows) {
    const name = sha256.toString('hex');
    const file = await openFile(filesFolder(deps), county, sha256);
    if (file === undefined) throw new CountyFileRefused('attachment-missing', name);
    await out.line(JSON.stringify(['file', { sha256: name, bytes: file.size }]));
    for await (const piece of file.stream) await out.line(JSON.stringify((piece as Buffer).toString('base64')));
    names.update(`${name}\n`);
    bytes += file.size;
  }
  return { count: rows.length, bytes, sha256: names.digest('hex') };
};

/** What is asked for. */
export interface CountyExport {
  readonly county: string;
  /** Where the file goes. */
  readonly file: string;
  /** Who takes it, as the machine knows the operator; kept in the journal. */
  readonly by: string;
  /** Without it what is secret is left out. */
  readonly passphrase?: string;
}

/** What was written. */
export interface CountyExported {
  readonly rows: number;
  readonly tables: number;
  readonly files: Manifest['files'];
  readonly sealed: boolean;
}

/**
 * Writes everything of a county 整县导出 into one file: all rows of all its tables as they stood at one moment, attachments, log, manifest with counts
 * and hashes; with a passphrase also what is secret (the log's key, password hashes, contact and identity numbers), sealed.
 *
 * It reads as the owner of the tables, whom row level security does not bind: a whole county is what no office may see. The rows come from one
 * snapshot and pass through in pieces. The journal keeps who took it, when and how much. Refuses `no-such-county` and `attachment-missing`; a file that was begun is taken back.
 */
export const exportCounty = async (
  deps: Pick<Deps, 'keys' | 'config' | keyof Makers>,
  owner: ClientBase,
  { county, file, by, passphrase }: CountyExport,
): Promise<CountyExported> => {
  if (!/^\d{6}$/.test(county)) throw new CountyFileRefused('no-such-county', county);
  const out = new CountyFileWriter(file);
  await owner.query('begin isolation level repeatable read read only');
  try {
    await owner.query(`set local bytea_output = 'hex'`);
    const { rows: there } = await owner.query('select from lx.division where county = $1 limit 1', [county]);
    if (there.length === 0) throw new CountyFileRefused('no-such-county', county);
    const seed = logSeed(deps, county);
    const salt = newSalt();
    const seal =
      passphrase === undefined
        ? undefined
        : { with: passphraseSeal(passphrase, salt), comparing: comparingKey(seed ?? Buffer.alloc(0)) };
    const header: Header = {
      lianxin: 'county',
      version: 1,
      county,
      madeAt: deps.clock(),
      schema: await readSchema(owner),
      seal: seal === undefined ? null : { salt, check: seal.with.seal('check', county) },
    };
    await out.line(JSON.stringify(header));
    const tables: TablePart[] = [];
    const all = await countyTables(owner);
    const carried = all.filter((table) => !table.sealed || seal !== undefined);
    for (const table of carried) tables.push(await writeTable(out, deps, rowsOf(owner, table, county), table, seal));
    const files = await writeFiles(out, deps, owner, county);
    if (seal !== undefined && seed !== undefined)
      await out.line(JSON.stringify(['key', seal.with.seal('key', seed.toString('hex'))]));
    const secret = all
      .filter((table) => !carried.includes(table))
      .map((table) => [table.name, 'secret: needs a passphrase']);
    const manifest: Manifest = { tables, files, leftOut: { ...leftOut, ...Object.fromEntries(secret) } };
    await out.line(JSON.stringify(['manifest', manifest]));
    const sum = out.sum();
    await out.line(JSON.stringify(['whole', { sha256: sum, hmac: seal?.with.sign(sum) ?? null }]));
    await owner.query('commit');
    const rows = tables.reduce((count, table) => count + table.rows, 0);
    const sealed = seal !== undefined;
    // Written down before the file has its name: no county's data lies anywhere without an entry that says who took it.
    const bytes = await out.finish();
    const commitFields = { by, rows, bytes, attachments: files.count, sealed, sha256: sum };
    await recordAsOwner(owner, deps, county, [{ kind: 'county.export', division: `${county}000000`, commitFields }]);
    await out.publish();
    return { rows, tables: tables.length, files, sealed };
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    await out.discard();
    throw error;
  }
};
