import { seal, unseal } from './seal.js';
import type { Shelf } from './shelf.js';

/** A draft in the pocket (随身包里的草稿): the command id belongs to the text, as in every form of the console. */
export interface HeldDraft<T> {
  readonly value: T;
  readonly commandId: string;
}

/** The form in which a refused command is put right 改一改再发. */
export const correctionForm = (refused: string): string => `correction.${refused}`;

/** The name under which a draft is kept. */
export const draftName = (form: string): string => `draft.${form}`;

/** Keeps a draft until it is sent, so that a closed app or an empty battery loses nothing that was typed. */
export async function keepDraft<T>(shelf: Shelf, key: CryptoKey, form: string, draft: HeldDraft<T>): Promise<void> {
  const name = draftName(form);
  await shelf.keep({ name, day: null, keptAt: new Date().toISOString(), sealed: await seal(key, name, draft) });
}

/** The draft of a form, if one was kept. */
export async function readDraft<T>(shelf: Shelf, key: CryptoKey, form: string): Promise<HeldDraft<T> | undefined> {
  const name = draftName(form);
  const kept = await shelf.kept(name);
  return kept === undefined ? undefined : unseal<HeldDraft<T>>(key, name, kept.sealed);
}
