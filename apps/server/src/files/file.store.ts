import type { Tx } from '../storage/transaction.js';

/** What is known of an attachment 附件. */
export interface FileRow {
  readonly id: string;
  readonly sha256: Buffer;
  readonly division: string;
  readonly media_type: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly name: string;
}

/** Notes an attachment. */
export const insertFile = async (tx: Tx, file: FileRow): Promise<void> => {
  await tx.run(
    `insert into lx.file (county, id, sha256, division, media_type, bytes, width, height, name, uploaded_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      tx.context.county,
      file.id,
      file.sha256,
      file.division,
      file.media_type,
      file.bytes,
      file.width,
      file.height,
      file.name,
      tx.context.uid,
      tx.makers.clock(),
    ],
  );
};

/** What an attachment belongs to. */
export interface FileUse {
  readonly subjectKind: 'matter' | 'disclosure' | 'record';
  readonly subject: string;
  readonly division: string;
}

/**
 * Ties an attachment to what it belongs to; who may read that may read the attachment from then on. For the feature that attaches,
 * in the transaction of its act.
 */
export const attachFile = async (tx: Tx, file: string, use: FileUse): Promise<void> => {
  await tx.run(
    `insert into lx.file_use (county, file, subject_kind, subject, division, recorded_at) values ($1, $2, $3, $4, $5, $6)`,
    [tx.context.county, file, use.subjectKind, use.subject, use.division, tx.makers.clock()],
  );
};

/** What an attachment belongs to, as far as this context may see. */
export const listFileUses = async (tx: Tx, file: string): Promise<FileUse[]> => {
  const rows = await tx.rows<{ subject_kind: FileUse['subjectKind']; subject: string; division: string }>(
    `select subject_kind, subject, division from lx.file_use where county = $1 and file = $2`,
    [tx.context.county, file],
  );
  return rows.map((row) => ({ subjectKind: row.subject_kind, subject: row.subject, division: row.division }));
};
