import { changesThatCount, effectiveOn, plainDate, type FieldValues, type RecordChange } from '@lianxin/domain';

/** What the row of a record says; it follows from the changes alone. */
export interface Standing {
  readonly fields: FieldValues;
  readonly since: string;
  readonly endedOn: string | null;
}

/** After every day there is. */
const always = plainDate('9999-12-31');

/** What a record says after all its changes; undefined when nothing entered it. */
export const standingOf = (changes: readonly RecordChange[]): Standing | undefined => {
  const standing = effectiveOn(changes, always);
  if (standing === undefined) return undefined;
  const end = changesThatCount(changes).find((each) => each.kind === 'end');
  return { fields: standing.fields, since: standing.since, endedOn: end?.on ?? null };
};
