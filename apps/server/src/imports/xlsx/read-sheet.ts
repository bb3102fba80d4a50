import { fault } from '@lianxin/domain';
import { FileRefused } from './file-refused.js';
import { readXml } from './read-xml.js';
import { openZip, type Zip } from './zip.js';

/** A cell 单元格 as entered; a formula is told, never worked out. */
export interface Cell {
  readonly kind: 'text' | 'number' | 'formula' | 'error';
  readonly text: string;
}

/** A row of a sheet: its number as a spreadsheet program shows it, and its filled cells by column from 0. */
export interface SheetRow {
  readonly row: number;
  readonly cells: ReadonlyMap<number, Cell>;
}

/** What is read of a workbook. */
export interface SheetRead {
  readonly rows: readonly SheetRow[];
  /** Whether days are counted from 1904, as old programs of one maker do. */
  readonly from1904: boolean;
}

/** What a sheet may be at most. */
export const sheetLimits = {
  rows: 20_000,
  emptyRows: 200_000,
  columns: 60,
  characters: 2000,
  strings: 500_000,
} as const;

const tooMany = (what: string, most: number): FileRefused => new FileRefused(fault('import-too-large', { what, most }));

const unwanted: readonly (readonly [RegExp, string])[] = [
  [/vbaProject\.bin$|macrosheets\//iu, '宏 macros'],
  [/^xl\/externalLinks\//iu, '对其他文件的链接 links to other files'],
  [/^xl\/(?:embeddings|activeX)\//iu, '嵌入的对象 embedded objects'],
];

/** The path of the wanted sheet, or of the first one. */
const findSheet = async (zip: Zip, wanted: string): Promise<{ path: string; from1904: boolean }> => {
  const sheets: { name: string; id: string }[] = [];
  const targets = new Map<string, string>();
  let from1904 = false;
  await readXml(zip.open('xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name === 'sheet') {
        const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
        sheets.push({ name: attributes.name ?? '', id });
      } else if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
    },
  });
  await readXml(zip.open('xl/_rels/workbook.xml.rels'), {
    open: (name, attributes) => {
      if (name === 'Relationship') targets.set(attributes.Id ?? '', attributes.Target ?? '');
    },
  });
  const sheet = sheets.find((one) => one.name === wanted) ?? sheets[0];
  const target = targets.get(sheet?.id ?? '');
  if (target === undefined) throw new FileRefused(fault('import-file-unreadable', { reason: '没有工作表 no sheet' }));
  return { path: target.startsWith('/') ? target.slice(1) : `xl/${target}`, from1904 };
};

/** Texts that cells share, by number. Longer ones are cut a little above the limit, so that the row still says that it is too long. */
const readStrings = async (zip: Zip): Promise<string[]> => {
  const strings: string[] = [];
  if (!zip.names.includes('xl/sharedStrings.xml')) return strings;
  let text = '';
  let within = 0;
  let phonetic = 0;
  await readXml(zip.open('xl/sharedStrings.xml'), {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic += 1;
      if (name === 't') within += 1;
    },
    close: (name) => {
      if (name === 'rPh') phonetic -= 1;
      if (name === 't') within -= 1;
      if (name === 'si' && strings.push(text) > sheetLimits.strings)
        throw tooMany('不同文字 texts', sheetLimits.strings);
    },
    text: (piece) => {
      if (within > 0 && phonetic === 0 && text.length <= sheetLimits.characters)
        text += piece.slice(0, sheetLimits.characters + 1);
    },
  });
  return strings;
};

/** The column of an address as `AB12`, from 0. */
const columnOf = (address: string): number => {
  const letters = /^[A-Z]{1,3}/u.exec(address)?.[0];
  if (letters === undefined) return -1;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
};

/** A cell while it is being read. */
interface Reading {
  readonly column: number;
  readonly type: string;
  text: string;
  formula: boolean;
}

const finished = (cell: Reading, strings: readonly string[]): Cell | undefined => {
  if (cell.formula) return { kind: 'formula', text: '' };
  if (cell.type === 'e') return { kind: 'error', text: cell.text };
  const number = cell.type === '' || cell.type === 'n';
  const text = (cell.type === 's' ? (strings[Number(cell.text)] ?? '') : cell.text).trim();
  if (text === '') return undefined;
  return { kind: number ? 'number' : 'text', text };
};

const readRows = async (zip: Zip, path: string, strings: readonly string[]): Promise<SheetRow[]> => {
  const rows: SheetRow[] = [];
  let number = 0;
  let seen = 0;
  let next = 0;
  let cells = new Map<number, Cell>();
  let cell: Reading | undefined;
  let value = false;
  await readXml(zip.open(path), {
    open: (name, attributes) => {
      if (name === 'row') {
        seen += 1;
        if (seen > sheetLimits.emptyRows) throw tooMany('行数 rows', sheetLimits.rows);
        number = Number(attributes.r ?? number + 1);
        cells = new Map();
        next = 0;
      } else if (name === 'c') {
        const column = attributes.r === undefined ? next : columnOf(attributes.r);
        next = column + 1;
        cell = { column, type: attributes.t ?? '', text: '', formula: false };
      } else if (name === 'f' && cell !== undefined) cell.formula = true;
      else if (name === 'v' || name === 't') value = true;
    },
    text: (piece) => {
      if (value && cell !== undefined && cell.text.length <= sheetLimits.characters)
        cell.text += piece.slice(0, sheetLimits.characters + 1);
    },
    close: (name) => {
      if (name === 'v' || name === 't') value = false;
      else if (name === 'c' && cell !== undefined) {
        const done = finished(cell, strings);
        if (done !== undefined) {
          if (cell.column < 0 || cell.column >= sheetLimits.columns) throw tooMany('列数 columns', sheetLimits.columns);
          cells.set(cell.column, done);
        }
        cell = undefined;
      } else if (name === 'row' && cells.size > 0 && rows.push({ row: number, cells }) > sheetLimits.rows + 1) {
        throw tooMany('行数 rows', sheetLimits.rows);
      }
    },
  });
  return rows;
};

/**
 * Reads the filled rows of one sheet of an xlsx workbook 读表格 — the one with the wanted name, else the first — within limits of bytes,
 * rows, columns and text, whatever the file claims about itself. Nothing is written to disk, nothing is fetched.
 *
 * Throws `FileRefused` with `import-not-xlsx`, `import-too-large`, `import-file-unsafe`, `import-file-unreadable` or `bad-encoding`.
 */
export const readSheet = async (bytes: Uint8Array, wanted: string): Promise<SheetRead> => {
  const zip = openZip(bytes);
  if (!zip.names.includes('xl/workbook.xml'))
    throw new FileRefused(fault('import-not-xlsx', { found: '其他压缩包 another archive' }));
  for (const [pattern, what] of unwanted)
    if (zip.names.some((name) => pattern.test(name))) throw new FileRefused(fault('import-file-unsafe', { what }));
  const { path, from1904 } = await findSheet(zip, wanted);
  return { rows: await readRows(zip, path, await readStrings(zip)), from1904 };
};
