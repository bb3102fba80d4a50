import { z } from 'zod';
import { Condition, evaluateCondition } from '../../condition/index.js';
import type { PlainDate } from '../../date/index.js';
import type { FieldValues } from '../../procedure/index.js';
import { PlaceLevel, RuleId, Sources, Title, ruleHeader } from '../identifiers.js';

/** What places are counted: divisions of a level, or the records of a register. */
const Places = z.union([z.strictObject({ level: PlaceLevel }), z.strictObject({ register: RuleId })]);

/** What a place should have: a body, or a record of a register whose field `by` names the place, of those that `only` lets count. */
const Has = z.union([
  z.strictObject({ body: RuleId }),
  z.strictObject({ register: RuleId, by: RuleId, only: Condition.optional() }),
  z.strictObject({ field: RuleId }),
]);

/** Coverage part 覆盖项: one thing each place should have, and at least how many of it. */
export const CoveragePart = z.strictObject({
  id: RuleId,
  title: Title,
  has: Has,
  atLeast: z.int().min(1).default(1),
  source: Sources.optional(),
});
export type CoveragePart = z.infer<typeof CoveragePart>;

/** Coverage report 覆盖情况: counts places with and without each part and lists the gaps; it judges nobody. */
export const CoverageReport = z.strictObject({
  kind: z.literal('coverage'),
  ...ruleHeader,
  places: Places,
  groupBy: RuleId.optional().describe('按登记簿的哪个字段分组'),
  parts: z.array(CoveragePart).min(1),
});
export type CoverageReport = z.infer<typeof CoverageReport>;

/** A place as counted: its code, its name, its group, and how many of each part it has. */
export type CountedPlace = { code: string; title: string; group?: string; counts: Readonly<Record<string, number>> };
export type PartCount = {
  part: string;
  with: number;
  of: number;
  /** Full hundredths of the places that have it, rounded down so that nothing looks complete before it is; 100 where there is no place. */
  percent: number;
  missing: readonly string[];
};
export type CoverageCount = {
  places: number;
  complete: number;
  parts: readonly PartCount[];
  byGroup: Readonly<Record<string, readonly PartCount[]>>;
};

/**
 * Counts, for each part, the places that have it and names those that do not.
 *
 * A part of which nothing was recorded counts as missing everywhere: absence of a record is shown as a gap, not hidden.
 */
export function countCoverage(coverage: CoverageReport, places: readonly CountedPlace[]): CoverageCount {
  const has = (place: CountedPlace, part: CoveragePart): boolean => (place.counts[part.id] ?? 0) >= part.atLeast;
  const countParts = (among: readonly CountedPlace[]): PartCount[] =>
    coverage.parts.map((part) => {
      const missing = among.filter((place) => !has(place, part)).map((place) => place.code);
      const having = among.length - missing.length;
      const percent = among.length === 0 ? 100 : Math.floor((having * 100) / among.length);
      return { part: part.id, with: having, of: among.length, percent, missing };
    });
  const groups = new Map<string, CountedPlace[]>();
  for (const place of places) {
    if (place.group === undefined) continue;
    groups.set(place.group, [...(groups.get(place.group) ?? []), place]);
  }
  return {
    places: places.length,
    complete: places.filter((place) => coverage.parts.every((part) => has(place, part))).length,
    parts: countParts(places),
    byGroup: Object.fromEntries([...groups].map(([group, among]) => [group, countParts(among)])),
  };
}

/** A record as coverage counts it: which register it stands in, and what it says. */
export type CountedRecord = { readonly register: string; readonly fields: FieldValues };

/** What stands in a place besides records: kinds of body, each as often as there is one. */
export type PlaceToCount = {
  readonly code: string;
  readonly title: string;
  readonly group?: string | undefined;
  readonly bodies: readonly string[];
  readonly fields?: FieldValues | undefined;
};

/**
 * How many of each part every place has, from what stands in it and from the records that name it by code or by title.
 *
 * A record that `only` cannot judge is not counted: a gap too many is looked into, a place wrongly covered is not.
 */
export function countPlaces(
  coverage: CoverageReport,
  places: readonly PlaceToCount[],
  records: readonly CountedRecord[],
  today: PlainDate,
): CountedPlace[] {
  const counted = coverage.parts.map((part) => countPart(part, places, records, today));
  return places.map((place) => ({
    code: place.code,
    title: place.title,
    ...(place.group === undefined ? {} : { group: place.group }),
    counts: Object.fromEntries(coverage.parts.map((part, at) => [part.id, counted[at]?.get(place.code) ?? 0])),
  }));
}

function countPart(
  { has }: CoveragePart,
  places: readonly PlaceToCount[],
  records: readonly CountedRecord[],
  today: PlainDate,
): Map<string, number> {
  const counts = new Map<string, number>();
  if ('body' in has) {
    for (const { code, bodies } of places) counts.set(code, bodies.filter((each) => each === has.body).length);
    return counts;
  }
  if ('field' in has) {
    for (const { code, fields } of places) counts.set(code, isFilled(fields?.[has.field]) ? 1 : 0);
    return counts;
  }
  const named = new Map<string, number>();
  for (const { register, fields } of records) {
    if (register !== has.register || !holdsFor(has.only, fields, today)) continue;
    const name = String(fields[has.by] ?? '');
    named.set(name, (named.get(name) ?? 0) + 1);
  }
  for (const { code, title } of places) {
    counts.set(code, (named.get(code) ?? 0) + (title === code ? 0 : (named.get(title) ?? 0)));
  }
  return counts;
}

const holdsFor = (condition: Condition | undefined, fields: FieldValues, today: PlainDate): boolean => {
  if (condition === undefined) return true;
  const judged = evaluateCondition(condition, { fields, today });
  return judged.ok && judged.value;
};

const isFilled = (value: FieldValues[string] | undefined): boolean =>
  value !== undefined && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
