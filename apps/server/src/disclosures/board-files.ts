import type { PaperTableView } from '@lianxin/contract';
import type { z } from '@hono/zod-openapi';
import { buffer } from 'node:stream/consumers';
import { countyDate, plainDate } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { filesFolder, openFile } from '../files/index.js';
import { logRootOf } from '../log/index.js';
import { bookletOf, docxOf, paperDate, wallSheetOf, type Paper, type PaperCode } from '../papers/index.js';
import { safeCell, sheetOf } from '../sheets/index.js';
import { inContext, publicContext } from '../storage/index.js';
import { newestVersions, type VersionRow } from './disclosures.store.js';
import { askHere, blocksOfVersion, paperOf } from './paper-of.js';
import { readBoardPage, readVillageBoard } from './read-board.js';

/** A file of a board, ready to be sent. */
export interface BoardFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

const pdf = 'application/pdf';
const types = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const;

type Table = z.infer<typeof PaperTableView>;

const emptyTable: Table = { kind: 'table', head: [], rows: [] };

/** A table as comma-separated values: a mark for spreadsheets that it is UTF-8, quoted cells, none of them a formula. */
export const csvOf = (table: Table): Uint8Array => {
  const line = (cells: readonly string[]): string =>
    cells.map((cell) => `"${safeCell(cell).replaceAll('"', '""')}"`).join(',');
  return new TextEncoder().encode(`\uFEFF${[table.head, ...table.rows].map(line).join('\r\n')}\r\n`);
};

const xlsxOf = (title: string, table: Table): Promise<Uint8Array> =>
  sheetOf(
    title,
    table.head.map((head, at) => ({
      title: head,
      value: (row: readonly string[]) =>
        table.right?.includes(at) === true && /^-?\d+(?:\.\d+)?$/u.test(row[at] ?? '') ? Number(row[at]) : row[at],
    })),
    table.rows,
  );

/** Under a sheet: the root of the public log, so that a photograph of the wall can be held against it. */
const noteFor = async (deps: Deps, division: string): Promise<string | undefined> => {
  const root = await logRootOf(deps, division.slice(0, 6));
  return root === undefined ? undefined : `公开册 ${root.origin}，共 ${root.size} 页，册根 ${root.digits}`;
};

const codeOf = (deps: Deps, path: string): PaperCode => ({
  text: `${deps.config.origin}${path}`,
  caption: '扫码看原文和以前的版本，提问、提异议',
});

/** The newest version of one disclosure as a file; undefined where there is none for this visitor. */
export const boardFile = async (
  deps: Deps,
  division: string,
  id: string,
  kind: 'print.pdf' | 'wall.pdf' | 'paper.docx' | 'table.xlsx' | 'table.csv',
): Promise<BoardFile | undefined> => {
  const page = await inContext(deps, publicContext(division), (tx) => readBoardPage(tx, division, id));
  const newest = page?.versions[0];
  if (newest === undefined) return undefined;
  const { title } = newest;
  const code = codeOf(deps, `/v/${division}/board/${id}`);
  switch (kind) {
    case 'print.pdf': {
      // The very bytes whose hash stands in the log, not a new print of the same words.
      const file = await openFile(filesFolder(deps), division.slice(0, 6), Buffer.from(newest.docSha256, 'hex'));
      return file === undefined ? undefined : { name: `${title}.pdf`, type: pdf, bytes: await buffer(file.stream) };
    }
    case 'wall.pdf':
      return {
        name: `${title}-张贴.pdf`,
        type: pdf,
        bytes: await wallSheetOf(paperOf(newest, code, await noteFor(deps, division))),
      };
    case 'paper.docx':
      return { name: `${title}.docx`, type: types.docx, bytes: await docxOf(paperOf(newest, code)) };
    case 'table.xlsx':
      return {
        name: `${title}.xlsx`,
        type: types.xlsx,
        bytes: await xlsxOf(title, newest.content.table ?? emptyTable),
      };
    case 'table.csv':
      return { name: `${title}.csv`, type: types.csv, bytes: csvOf(newest.content.table ?? emptyTable) };
  }
};

/** What a village's newest booklet and sheet are made of: the same text, dates and versions, and the same words around them, for both. */
const editionFor = async (deps: Deps, division: string) => {
  const { edition, versions } = await inContext(deps, publicContext(division), async (tx) => ({
    edition: (await readVillageBoard(deps, tx, division)).edition,
    versions: await newestVersions(tx, division, 60),
  }));
  const note = await noteFor(deps, division);
  return {
    edition,
    versions,
    date: plainDate(versions[0]?.publishedOn ?? countyDate(deps.clock())),
    code: codeOf(deps, `/v/${division}/board`),
    ...(note !== undefined && { note }),
  };
};

const nothingYet: Paper['blocks'][number] = { kind: 'paragraph', text: '现在还没有公布的内容。' };

const chapterOf = (version: VersionRow): Paper => ({
  title: version.title,
  issuer: version.issuer,
  date: plainDate(version.publishedOn),
  blocks: [...blocksOfVersion(version), { kind: 'paragraph', text: `第 ${version.version} 版。` }],
});

/** 村务一册通: everything that is published now, for a household without a phone. */
export const bookletFor = async (deps: Deps, division: string, village: string): Promise<BoardFile> => {
  const { edition, versions, ...around } = await editionFor(deps, division);
  const empty: Paper = { title: '村务公开', issuer: village, date: around.date, blocks: [nothingYet] };
  const bytes = await bookletOf({
    ...around,
    title: '村务一册通',
    issuer: village,
    version: edition === 0 ? '' : `第 ${edition} 版`,
    chapters: versions.length === 0 ? [empty] : versions.map(chapterOf),
  });
  return { name: `${village}村务一册通.pdf`, type: pdf, bytes };
};

/** 村务一栏通: the same on sheets of A3 for the wall. */
export const wallFor = async (deps: Deps, division: string, village: string): Promise<BoardFile> => {
  const { edition, versions, ...around } = await editionFor(deps, division);
  const blocks = versions.flatMap((version): Paper['blocks'] => [
    { kind: 'heading', level: 1, text: version.title },
    ...blocksOfVersion(version),
    {
      kind: 'paragraph',
      text: `${version.issuer}，${paperDate(plainDate(version.publishedOn))}公布，第 ${version.version} 版。`,
    },
  ]);
  const bytes = await wallSheetOf({
    ...around,
    title: `${village}村务一栏通${edition === 0 ? '' : `（第 ${edition} 版）`}`,
    issuer: village,
    blocks: versions.length === 0 ? [nothingYet] : [...blocks, { kind: 'paragraph', text: askHere }],
  });
  return { name: `${village}村务一栏通.pdf`, type: pdf, bytes };
};

/** Everything a village has published, as one list with the sentence of each. */
export const boardListFor = async (deps: Deps, division: string, village: string): Promise<BoardFile> => {
  const { lines } = await inContext(deps, publicContext(division), (tx) => readVillageBoard(deps, tx, division));
  const bytes = await sheetOf(
    `${village}公开目录`,
    [
      { title: '标题', width: 50, value: (line: (typeof lines)[number]) => line.title },
      { title: '类别', value: (line) => ({ party: '党务', village: '村务', finance: '财务' })[line.board] },
      { title: '公布日期', value: (line) => line.publishedOn },
      { title: '公布到', value: (line) => line.until },
      { title: '版本', value: (line) => line.version },
      { title: '撤下日期', value: (line) => line.withdrawn?.on ?? '' },
    ],
    lines,
  );
  return { name: `${village}公开清单.xlsx`, type: types.xlsx, bytes };
};
