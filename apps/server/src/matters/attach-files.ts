import { fault, type Fault, type Field, type FieldValues, type Procedure } from '@lianxin/domain';
import { attachFile } from '../files/index.js';
import type { Tx } from '../storage/index.js';
import { ruleOf } from './sense.js';

const fileIds = (fields: readonly Field[], values: FieldValues): string[] =>
  fields
    .filter((field) => field.type === 'file' || field.type === 'files')
    .flatMap((field) => {
      const value = values[field.id];
      return Array.isArray(value) ? value : typeof value === 'string' && value !== '' ? [value] : [];
    });

const isId = (text: string): boolean => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text);

/** Attachments that an act, or an opening without one, carries in its fields. */
export const filesOfAct = (
  procedure: Procedure,
  act: string | null,
  stage: string | null,
  values: FieldValues,
): string[] => fileIds(act === null ? procedure.form : (ruleOf(procedure, act, stage)?.needs ?? []), values);

/**
 * Ties the attachments of an act to its matter (附件归档), in the act's own transaction: from then on, whoever may see the matter may read
 * them. Refuses `field-invalid` for an attachment that is not there or that somebody else sent.
 */
export const attachFiles = async (
  tx: Tx,
  matter: { readonly id: string; readonly division: string },
  files: readonly string[],
): Promise<readonly Fault[]> => {
  const wanted = [...new Set(files)];
  if (wanted.length === 0) return [];
  const missing = [fault('field-invalid', { field: '附件', reason: '没有找到这个附件，请重新上传' })];
  if (!wanted.every(isId)) return missing;
  const known = await tx.rows<{ id: string; used: boolean }>(
    `select f.id, exists (select from lx.file_use u where u.county = f.county and u.file = f.id and u.subject = $3 and u.subject_kind = 'matter') as used
     from lx.file f where f.county = $1 and f.id = any ($2::uuid[])`,
    [tx.context.county, wanted, matter.id],
  );
  if (known.length !== wanted.length) return missing;
  for (const { id } of known.filter((one) => !one.used)) {
    await attachFile(tx, id, { subjectKind: 'matter', subject: matter.id, division: matter.division });
  }
  return [];
};
