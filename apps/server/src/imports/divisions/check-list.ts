import { parentOf } from '@lianxin/domain';
import type { DivisionList, ListedDivision as ListedName } from './china-division.js';

/** A division ready for its table. */
export interface DivisionToWrite {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly level: string;
  readonly kind: string;
  readonly parent: string | null;
  readonly county: string | null;
}

/** One thing that is wrong with a list. */
export interface ListProblem {
  readonly problem: 'code-length' | 'name-missing' | 'wrong-level' | 'twice' | 'parent-unknown';
  readonly code: string;
  readonly name: string;
}

/** What a list holds, by level as published, and what was found in it. */
export interface CheckedList {
  readonly counts: Readonly<Record<string, number>>;
  /** Rows that have the code of the division above, as a city without counties is listed among the counties too: one row stands for both. */
  readonly sameAsAbove: readonly ListedName[];
  readonly rows: readonly DivisionToWrite[];
  readonly problems: readonly ListProblem[];
}

const twelveDigits = /^[1-9]\d{11}$/;

/** Words at the end of a name that only say what kind of committee it has. */
const committees = ['居民委员会', '居委会', '村民委员会', '村委会'] as const;

/** The name without those words; `村委会` of a village keeps its `村`. Asked a million times, hence no pattern. */
const shortName = (name: string): string => {
  const committee = committees.find((words) => name.endsWith(words));
  if (committee === undefined || committee.length === name.length) return name;
  return name.slice(0, -committee.length);
};

/** By the rule of the statistical code: villages are numbered from 200, communities below. */
const kindOf = (code: string, level: string, name: string): string => {
  if (level === 'village') return Number(code.slice(9)) < 200 ? 'community' : 'village';
  const street = level === 'township' && (name.endsWith('街道') || name.endsWith('街道办事处'));
  return street ? 'street' : level;
};

/** Where the digits of each level begin and end. */
const digitsOf: Readonly<Record<string, readonly [start: number, end: number]>> = {
  province: [0, 2],
  city: [2, 4],
  county: [4, 6],
  township: [6, 9],
  village: [9, 12],
};

/** Parents by the digits that divisions share: a million codes ask for forty thousand of them. */
const parentFinder = (): ((code: string, start: number) => string | null) => {
  const parents = new Map<string, string | null>();
  return (code, start) => {
    const shared = code.slice(0, start);
    const found = parents.get(shared);
    if (found !== undefined) return found;
    const parent = parentOf(code) ?? null;
    parents.set(shared, parent);
    return parent;
  };
};

/** The tenant: the county's six digits; townships of a city without counties carry the city's. */
const tenantOf = (code: string, level: string): string | null =>
  level === 'province' || level === 'city' ? null : code.slice(0, 6);

/**
 * Checks a list before anything is written: codes of twelve digits, of the level they are listed under, once each, with a parent in the
 * list. A list with problems is not written at all, since half a country of divisions would look like a whole one.
 */
export const checkList = (list: DivisionList): CheckedList => {
  const counts: Record<string, number> = {};
  const problems: ListProblem[] = [];
  const sameAsAbove: ListedName[] = [];
  const rows: DivisionToWrite[] = [];
  const known = new Set<string>();
  const parentBy = parentFinder();
  for (const { level, rows: listed } of list.levels) {
    counts[level] = listed.length;
    const [start, end] = digitsOf[level] ?? [0, 0];
    for (const { code, name } of listed) {
      if (!twelveDigits.test(code)) problems.push({ problem: 'code-length', code, name });
      else if (name === '' || name.length > 80) problems.push({ problem: 'name-missing', code, name });
      else if (Number(code.slice(start)) === 0 && known.has(code)) sameAsAbove.push({ code, name });
      else if (Number(code.slice(start, end)) === 0 || Number(code.slice(end)) !== 0)
        problems.push({ problem: 'wrong-level', code, name });
      else if (known.has(code)) problems.push({ problem: 'twice', code, name });
      else {
        const parent = parentBy(code, start);
        if (parent !== null && !known.has(parent)) problems.push({ problem: 'parent-unknown', code, name });
        known.add(code);
        const kind = kindOf(code, level, name);
        rows.push({ code, name, shortName: shortName(name), level, kind, parent, county: tenantOf(code, level) });
      }
    }
  }
  return { counts, sameAsAbove, rows, problems };
};
