import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { SessionActor } from '../access/session.js';
import type { Deps } from '../deps.js';
import { inContext } from '../storage/in-context.js';
import type { Tx } from '../storage/transaction.js';
import { listFileUses, type FileRow, type FileUse } from './file.store.js';

/** Answers for one kind of subject whether this context may read it; the feature that owns the subject registers it. */
export type MayRead = (tx: Tx, use: FileUse) => Promise<boolean>;

const rules = new Map<FileUse['subjectKind'], MayRead>();

/** Registers who may read the attachments of a kind of subject; once, when the feature is set up. */
export const whoMayReadFilesOf = (kind: FileUse['subjectKind'], mayRead: MayRead): void => {
  rules.set(kind, mayRead);
};

/**
 * An attachment this actor may read: one he sent himself, or one that belongs to something he may read. Everybody else gets
 * `not-found`, whether it exists or not.
 */
export const findReadableFile = async (
  deps: Deps,
  actor: Pick<SessionActor, 'context'>,
  file: string,
): Promise<Result<FileRow>> =>
  inContext(deps, actor.context, async (tx) => {
    const row = await tx.first<FileRow & { uploaded_by: string | null }>(
      `select id, sha256, division, media_type, bytes, width, height, name, uploaded_by from lx.file
       where county = $1 and id = $2`,
      [tx.context.county, file],
    );
    if (row === undefined) return refuse(fault('not-found'));
    if (row.uploaded_by !== null && row.uploaded_by === tx.context.uid) return ok(row);
    for (const use of await listFileUses(tx, file)) {
      if ((await rules.get(use.subjectKind)?.(tx, use)) === true) return ok(row);
    }
    return refuse(fault('not-found'));
  });
