import type { RecordImport } from '@lianxin/contract';
import { RefusedError, type FaultInWords } from '@lianxin/contract/client';
import { newCommandId } from '../../app/call.js';
import { currentLanguage } from '../../app/language.js';

/** A sheet for a register of a place. */
export interface SheetToSend {
  readonly register: string;
  readonly division: string;
  readonly file: File;
  readonly dryRun: boolean;
}

const send = async ({ register, division, file, dryRun }: SheetToSend, what: string): Promise<Response> => {
  const form = new FormData();
  form.set('division', division);
  form.set('dryRun', dryRun ? 'yes' : 'no');
  form.set('file', file);
  const answer = await fetch(`/api/registers/${register}/${what}`, {
    method: 'POST',
    body: form,
    headers: { 'idempotency-key': newCommandId(), 'accept-language': currentLanguage() },
  });
  if (answer.ok) return answer;
  const { faults } = (await answer.json()) as { faults: FaultInWords[] };
  throw new RefusedError(answer.status, faults);
};

/** Checks a sheet, or reads it in: all of its rows or none 导入表格. */
export const sendSheet = async (sheet: SheetToSend): Promise<RecordImport> =>
  (await (await send(sheet, 'import')).json()) as RecordImport;

/** Fetches the row-by-row report and hands it to the browser to save. */
export const saveReport = async (sheet: SheetToSend): Promise<void> => {
  const address = URL.createObjectURL(await (await send(sheet, 'import-report.xlsx')).blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = `${sheet.register}-report.xlsx`;
  link.click();
  URL.revokeObjectURL(address);
};
