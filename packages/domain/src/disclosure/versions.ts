import type { PlainDate } from '../date/index.js';
import { fault, ok, refuse, type Result } from '../fault/index.js';

/** One published wording of a disclosure. */
export interface DisclosureVersion {
  /** 1, 2, 3 … */
  readonly version: number;
  readonly text: string;
  readonly publishedOn: PlainDate;
  /** Why it took the place of the one before; empty for the first. */
  readonly reason: string;
}

/** A version as a board shows it: the newest stands, the others stay readable beside it 已更正. */
export interface ShownVersion extends DisclosureVersion {
  readonly standing: 'current' | 'corrected';
  /** What took its place and why; null for the current one. */
  readonly corrected: { readonly by: number; readonly on: PlainDate; readonly reason: string } | null;
}

/** What is to be published next. */
export type NextVersion = Omit<DisclosureVersion, 'version'>;

/**
 * Adds a wording to those published before; none of them is touched (D4).
 * Refuses `reason-missing` for a correction without a reason, `disclosure-unchanged` for one that says what already stands (D5).
 */
export const withVersion = (
  versions: readonly DisclosureVersion[],
  next: NextVersion,
): Result<readonly DisclosureVersion[]> => {
  const last = versions.at(-1);
  if (last === undefined) return ok([{ ...next, reason: '', version: 1 }]);
  if (next.text === last.text) return refuse(fault('disclosure-unchanged', { version: last.version }));
  if (next.reason.trim() === '') return refuse(fault('reason-missing'));
  return ok([...versions, { ...next, version: last.version + 1 }]);
};

/** All versions as they are shown, newest first. */
export const shownVersions = (versions: readonly DisclosureVersion[]): readonly ShownVersion[] =>
  versions
    .map((each, at): ShownVersion => {
      const next = versions[at + 1];
      if (next === undefined) return { ...each, standing: 'current', corrected: null };
      return {
        ...each,
        standing: 'corrected',
        corrected: { by: next.version, on: next.publishedOn, reason: next.reason },
      };
    })
    .toReversed();
