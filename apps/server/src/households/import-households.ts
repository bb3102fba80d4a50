import { createHash } from 'node:crypto';
import { countyDate, explainFault, fault, type Fault } from '@lianxin/domain';
import type { Datum, HouseholdImport } from '@lianxin/contract';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { decideAlone, mayWrite, type Change } from '../people/index.js';
import { readSheet, sheetOf, type SheetCell, type SheetRows } from '../sheets/index.js';
import type { ContextDeps, Tx } from '../storage/index.js';
import { positionFrom } from './geometry/datum.js';
import type { Position } from './geometry/plane.js';
import { householdsOn, putIntoGrid, putPoint, standingGrids } from './grid-map.store.js';
import { gridAt } from './locate-household.js';

/** Rows of one import. */
const mostRows = 5_000;
const heads = ['门牌', '网格代码', '经度', '纬度'] as const;

/** A sheet as sent. */
export interface HouseholdSheet {
  readonly division: string;
  readonly datum: Datum;
  readonly dryRun: boolean;
  readonly bytes: Uint8Array;
}

interface Row {
  readonly label: string;
  readonly grid: string | undefined;
  readonly position: Position | undefined;
}
interface Problem {
  readonly row: number;
  readonly column: string;
  readonly fault: Fault;
}

/** An empty sheet with its heads and one line to copy. */
export const householdTemplate = (): Promise<Uint8Array> =>
  sheetOf(
    '住户',
    heads.map((title, at) => ({ title, width: 18, value: (row: readonly string[]) => row[at] ?? null })),
    [],
  );

const text = (cell: SheetCell | undefined): string => String(cell ?? '').trim();
const degrees = (cell: SheetCell | undefined, most: number): number | undefined => {
  const value = typeof cell === 'number' ? cell : Number(text(cell));
  return text(cell) === '' || !Number.isFinite(value) || Math.abs(value) > most ? undefined : value;
};

/** Every row against the village as it stands: one line a door, a grid that exists or holds the door. */
const judge = async (
  tx: Tx,
  sheet: SheetRows,
  input: HouseholdSheet,
): Promise<{ rows: Row[]; problems: Problem[] }> => {
  const at = heads.map((head) => sheet.head.indexOf(head));
  const standing = await householdsOn(tx, input.division, countyDate(tx.makers.clock()));
  const grids = await standingGrids(tx, input.division);
  const find = await gridAt(tx, input.division);
  const seen = new Set(standing.map((one) => one.label));
  const rows: Row[] = [];
  const problems: Problem[] = [];
  for (const [index, cells] of sheet.rows.entries()) {
    if (cells.every((cell) => text(cell) === '')) continue;
    const row = index + 2;
    const say = (column: string, found: Fault): void => void problems.push({ row, column, fault: found });
    const [label, code, east, north] = at.map((column) => (column < 0 ? null : cells[column]));
    const door = text(label);
    if (door === '' || door.length > 40) say('门牌', fault('field-invalid', { field: '门牌', reason: '1 到 40 个字' }));
    else if (seen.has(door)) say('门牌', fault('already-exists', { what: door }));
    seen.add(door);
    const placed = text(east) !== '' || text(north) !== '';
    const [longitude, latitude] = [degrees(east, 180), degrees(north, 90)];
    const position =
      longitude === undefined || latitude === undefined ? undefined : positionFrom([longitude, latitude], input.datum);
    if (placed && position === undefined)
      say('经度', fault('field-invalid', { field: '经度、纬度', reason: '以度为单位的数字' }));
    const named = grids.find((grid) => grid.code === text(code))?.id;
    if (text(code) !== '' && named === undefined)
      say('网格代码', fault('field-invalid', { field: '网格代码', reason: `本村没有网格 ${text(code)}` }));
    const held = position === undefined ? undefined : find?.(position);
    if (position !== undefined && find !== null && held === undefined)
      say('经度', fault('household-outside-grids', { count: 1, labels: door }));
    rows.push({ label: door, grid: held ?? named, position });
  }
  return { rows, problems };
};

const write = async (tx: Tx, rows: readonly Row[], input: HouseholdSheet): Promise<void> => {
  const on = countyDate(tx.makers.clock());
  const { division, datum } = input;
  for (const row of rows) {
    const household = tx.makers.newId();
    await tx.run(
      `insert into lx.household (county, id, division, label, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6)`,
      [tx.context.county, household, division, row.label, on, tx.makers.clock()],
    );
    if (row.position !== undefined) await putPoint(tx, { household, division, position: row.position, datum, on });
    if (row.grid !== undefined) await putIntoGrid(tx, { household, division, grid: row.grid, on });
  }
};

/**
 * Reads households from a workbook 导入住户: all of its rows or none. With a problem anywhere, or as a dry run, the answer is the report
 * by row (200) and nothing is kept; otherwise each row is a household from today (201).
 */
export const importHouseholds = async (
  deps: ContextDeps,
  { actor, commandId, input }: Change<HouseholdSheet>,
  language: 'zh-CN' | 'en',
): Promise<Answer> => {
  const sheet = await readSheet(input.bytes, mostRows);
  const { division, datum, dryRun } = input;
  const sha256 = createHash('sha256').update(input.bytes).digest('hex');
  const body = { division, datum, dryRun, sha256 };
  return runCommand(deps, { actor, commandId, route: 'POST /api/households/import', body }, async (tx) => {
    const strange = mayWrite(tx.context, 'keep-places', division);
    if (strange !== undefined) return { faults: [strange] };
    if (sheet === undefined) return { faults: [fault('sheet-unreadable', { most: mostRows })] };
    const missing = sheet.head.includes('门牌') ? undefined : fault('sheet-column-missing', { column: '门牌' });
    if (missing !== undefined) return { faults: [missing] };
    await decideAlone(tx, `households of ${division}`);
    const { rows, problems } = await judge(tx, sheet, input);
    const imports = problems.length === 0 && !dryRun && rows.length > 0;
    if (imports) {
      await write(tx, rows, input);
      writeJournal(tx, {
        kind: 'record.change',
        division,
        commandId,
        commitFields: { table: 'household', what: 'import', rows: rows.length, sha256 },
      });
    }
    const report: HouseholdImport = {
      rows: rows.length,
      imported: imports ? rows.length : 0,
      problems: problems.map(({ row, column, fault: found }) => {
        const { what, cure } = explainFault(found, language);
        return { row, column, what, cure };
      }),
    };
    return { status: imports ? 201 : 200, body: report };
  });
};
