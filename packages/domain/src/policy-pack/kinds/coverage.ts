import { z } from 'zod';
import { PlaceLevel, RuleId, Sources, Title, ruleHeader } from '../identifiers.js';

/** What places are counted: divisions of a level, or the records of a register. */
const Places = z.union([z.strictObject({ level: PlaceLevel }), z.strictObject({ register: RuleId })]);

/** What a place should have: a body, or a record of a register whose field `by` names the place. */
const Has = z.union([
  z.strictObject({ body: RuleId }),
  z.strictObject({ register: RuleId, by: RuleId }),
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
export type PartCount = { part: string; with: number; of: number; missing: readonly string[] };
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
      return { part: part.id, with: among.length - missing.length, of: among.length, missing };
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
