import path from 'node:path';
import { fault, isWithin, ok, refuse, type Result } from '@lianxin/domain';
import type { SessionActor } from '../access/session.js';
import type { Deps } from '../deps.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { cleanImage } from './clean-image.js';
import { acceptedTypes, extensionOf, findType, typeClaimedBy } from './content-type.js';
import { contentHash, keepFile } from './file-folder.js';
import { insertFile } from './file.store.js';

/** Bytes of one attachment. */
const mostFileBytes = 20_971_520;

/** A file as it arrives. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file after every check, ready to be kept. */
export interface CheckedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** A name for display: no folder, no control characters, not longer than a line. */
const displayName = (name: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what is removed
  (name.split(/[\\/]/).at(-1) ?? '')
    // oxlint-disable-next-line no-control-regex -- these very characters are taken out of a file's name
    .replaceAll(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .slice(-120) || '附件';

/**
 * Checks a file by its content and cleans it. Refuses `file-too-large`, `file-type-not-allowed` (neither image nor document we know),
 * `file-type-mismatch` (the name says another type) and `file-unsafe` (an image that cannot be drawn, or is a flood of pixels).
 */
export const checkFile = async (given: GivenFile): Promise<Result<CheckedFile>> => {
  if (given.bytes.length > mostFileBytes) return refuse(fault('file-too-large', { most: mostFileBytes }));
  if (given.bytes.length === 0) return refuse(fault('field-missing', { field: 'file' }));
  const found = findType(given.bytes);
  const name = displayName(given.name);
  if (found === undefined)
    return refuse(fault('file-type-not-allowed', { found: extensionOf(name), allowed: acceptedTypes }));
  const claimed = typeClaimedBy(name);
  if (claimed !== found.mediaType) {
    return refuse(fault('file-type-mismatch', { declared: extensionOf(name), found: found.extension }));
  }
  if (found.kind === 'document') {
    return ok({ name, bytes: given.bytes, mediaType: found.mediaType, width: null, height: null });
  }
  const cleaned = await cleanImage(given.bytes, found);
  return cleaned.ok ? ok({ name, mediaType: found.mediaType, ...cleaned.value }) : cleaned;
};

/** The folder of attachments. */
export const filesFolder = (deps: Pick<Deps, 'config'>): string => path.join(deps.config.data, 'files');

/** Who sends a file: a person logged in, or whoever fills in a form of the portal. */
export type FileSender = Pick<SessionActor, 'key' | 'context'>;

/**
 * Keeps an attachment: checked, cleaned, written to disk, noted in the database with a journal entry. The bytes are on disk before the row
 * commits; bytes without a row are harmless and swept. Refuses what `checkFile` refuses, and `not-found`.
 */
export const addFile = async (
  deps: Deps,
  sender: FileSender,
  commandId: string,
  division: string,
  given: GivenFile,
): Promise<Answer> => {
  const original = contentHash(given.bytes).toString('hex');
  const command = {
    actor: sender,
    commandId,
    route: 'POST /api/files',
    body: { division, original, name: given.name },
  };
  return runCommand(deps, command, async (tx) => {
    if (!isWithin(division, sender.context)) return { faults: [fault('not-found')] };
    const checked = await checkFile(given);
    if (!checked.ok) return checked;
    const { name, bytes, mediaType, width, height } = checked.value;
    const sha256 = await keepFile(filesFolder(deps), sender.context.county, bytes);
    const id = tx.makers.newId();
    await insertFile(tx, { id, sha256, division, media_type: mediaType, bytes: bytes.length, width, height, name });
    writeJournal(tx, {
      kind: 'file.add',
      division,
      commandId,
      commitFields: { sha256: sha256.toString('hex'), mediaType },
    });
    return {
      status: 201,
      body: { id, sha256: sha256.toString('hex'), mediaType, bytes: bytes.length, width, height, name },
    };
  });
};
