import { createHash } from 'node:crypto';
import type { RecordImport } from '@lianxin/contract';
import { countyDate, fault, ok, readRows, refuse, type FieldValues, type Result, type RowFault } from '@lianxin/domain';
import type { SessionActor, Given } from '../access/index.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { readSheet, sheetOf, type Column, type SheetRows } from '../sheets/index.js';
import { inContext, type Tx } from '../storage/index.js';
import { makerOf, type RecordDeps } from './enter-record.js';
import { elsewhereOf } from './elsewhere.js';
import { findRegister } from './find-register.js';
import { mayKeep, within } from './records.access.js';
import { addRecords, decideAlone, standingRecords } from './records.store.js';

/** Rows of one import. */
export const mostRows = 5_000;

/** A sheet that was sent, for a register in a division. */
export interface SheetInput {
  readonly register: string;
  readonly division: string;
  readonly bytes: Uint8Array;
}

interface Judged {
  readonly values: readonly FieldValues[];
  readonly faults: readonly RowFault[];
}

const unreadable = refuse(fault('sheet-unreadable', { most: mostRows }));

/** Access first, then every row against the register and what stands in it. */
const judge = async (
  deps: RecordDeps,
  tx: Tx,
  actor: SessionActor,
  input: SheetInput,
  sheet: SheetRows | undefined,
): Promise<Result<Judged>> => {
  if (!within(tx, actor, input.division)) return refuse(fault('not-found'));
  const found = await findRegister(deps, tx, input.division, input.register);
  if (!found.ok) return found;
  const strange = await mayKeep(tx, actor, found.value, input.division);
  if (strange !== undefined) return refuse(strange);
  if (sheet === undefined) return unreadable;
  const { register } = found.value;
  await decideAlone(tx, register.id);
  const others = await standingRecords(tx, register.id);
  const elsewhere = await elsewhereOf(deps, tx, input.division, register);
  const read = readRows(register, sheet.head, sheet.rows, countyDate(tx.makers.clock()), others, elsewhere);
  if (read.rows.length === 0 && read.faults.length === 0) return unreadable;
  return ok({ values: read.rows.map((row) => row.values), faults: read.faults });
};

const reportOf = ({ values, faults }: Judged, imported: number): RecordImport => ({
  rows: values.length,
  imported,
  faults: faults.map(({ row, column, reason, suggestion }) => ({ row, column, reason, suggestion })),
});

/**
 * Reads a spreadsheet into a register 导入: all of its rows or none. With a fault anywhere, or as a dry run, the answer is the report
 * (200) and nothing is kept; otherwise every row is entered as of today (201).
 *
 * Refuses as entering a record does, and `sheet-unreadable`.
 */
export const importRecords = async (
  deps: RecordDeps,
  { actor, commandId, input }: Given<SheetInput & { readonly dryRun: boolean }>,
): Promise<Answer> => {
  const sha256 = createHash('sha256').update(input.bytes).digest('hex');
  const { register, division, dryRun } = input;
  const sheet = await readSheet(input.bytes, mostRows);
  return runCommand(
    deps,
    {
      actor,
      commandId,
      route: 'POST /api/registers/{register}/import',
      body: { register, division, dryRun, sha256 },
    },
    async (tx) => {
      const judged = await judge(deps, tx, actor, input, sheet);
      if (!judged.ok) return judged;
      const { values, faults } = judged.value;
      if (dryRun || faults.length > 0) return { status: 200, body: reportOf(judged.value, 0) };
      const records = values.map((fields) => ({ id: tx.makers.newId(), change: tx.makers.newId(), fields }));
      const on = countyDate(tx.makers.clock());
      await addRecords(tx, makerOf(actor, commandId), { register, division, on, reason: '导入' }, records);
      writeJournal(tx, {
        kind: 'record.change',
        division,
        commandId,
        commitFields: { register, what: 'import', on, rows: records.length, sha256 },
      });
      return { status: 201, body: reportOf(judged.value, records.length) };
    },
  );
};

const reportColumns: readonly Column<RecordImport['faults'][number]>[] = [
  { title: '行', width: 8, value: (each) => each.row },
  { title: '栏目', width: 20, value: (each) => each.column },
  { title: '原因', width: 48, value: (each) => each.reason },
  { title: '建议', width: 48, value: (each) => each.suggestion },
];

/** The row-by-row report of a sheet as a workbook 导入核对表; nothing is kept. */
export const importReportSheet = async (
  deps: RecordDeps,
  actor: SessionActor,
  input: SheetInput,
): Promise<Result<Uint8Array>> => {
  const sheet = await readSheet(input.bytes, mostRows);
  const judged = await inContext(deps, actor.context, (tx) => judge(deps, tx, actor, input, sheet));
  if (!judged.ok) return judged;
  return ok(await sheetOf('导入核对', reportColumns, reportOf(judged.value, 0).faults));
};
