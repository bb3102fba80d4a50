import { createHash } from 'node:crypto';
import type { FieldView } from '@lianxin/contract';
import { scopeOf } from '@lianxin/domain';
import type { Deps } from '../../deps.js';
import { addFile } from '../../files/index.js';
import { publicContext, tenantOf } from '../../storage/index.js';
import type { Words } from '../words/index.js';
import { idOfField, isFile } from './draft.js';
import type { Draft, Problem } from './draft.js';
import { pictureTypes } from './field-input.js';

/** Bytes of a photo that a resident may send; what a phone takes is well below. */
const mostPhotoBytes = 10 * 1_048_576;

/** A command id for keeping this very photo with this form, so that a second press keeps it once. */
const photoCommand = (commandId: string, field: string, bytes: Uint8Array): string =>
  createHash('sha256').update(`${commandId}\n${field}\n`).update(bytes).digest('hex').slice(0, 40);

const kept = (draft: Draft, field: string, id: string): Draft => ({
  ...draft,
  files: { ...draft.files, [field]: [] },
  kept: { ...draft.kept, [field]: [...(draft.kept[field] ?? []), id] },
});

/**
 * Keeps the photos of a form before anything else is decided, and puts their ids in the draft.
 * Why first: a browser cannot fill in a file box again, so a form that is shown again must already have its photo.
 */
export const keepPhotos = async (
  deps: Deps,
  village: string,
  ticket: { readonly commandId: string; readonly formToken: string },
  fields: readonly FieldView[],
  draft: Draft,
  words: Words,
): Promise<{ readonly draft: Draft; readonly problems: readonly Problem[] }> => {
  const { problem } = words.request;
  const county = tenantOf(village);
  const context = { ...publicContext(village), ...scopeOf(`${county}000000`) };
  const sender = { key: `form:${ticket.formToken}`, context };
  const problems: Problem[] = [];
  let now = draft;
  for (const field of fields.filter(isFile).map(({ id }) => id))
    for (const file of draft.files[field] ?? []) {
      const refused = (code: 'photo-too-large' | 'photo-not-a-picture') =>
        problems.push({ code, message: problem[code], field: idOfField(field) });
      if (file.size > mostPhotoBytes) {
        refused('photo-too-large');
        continue;
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      const command = photoCommand(ticket.commandId, field, bytes);
      const name = pictureTypes.some((type) => type === file.type) ? file.name || '照片.jpg' : file.name;
      const answer = await addFile(deps, sender, command, village, { name, bytes });
      if ('faults' in answer) refused('photo-not-a-picture');
      else now = kept(now, field, (answer.body as { id: string }).id);
    }
  return { draft: now, problems };
};
