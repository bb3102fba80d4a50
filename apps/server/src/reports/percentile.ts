/**
 * A percentile by linear interpolation between the two nearest ranks (the usual one of spreadsheets): position `share × (n − 1)`
 * in the sorted values. Null for no values. Pure.
 */
export const percentile = (values: readonly number[], share: number): number | null => {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (position - below);
};

/** The median by the same rule. */
export const median = (values: readonly number[]): number | null => percentile(values, 0.5);

/** A share with its count and base; the percentage has one decimal and is null for an empty base. */
export const shareOf = (count: number, of: number): { count: number; of: number; percent: number | null } => ({
  count,
  of,
  percent: of === 0 ? null : Math.round((count * 1000) / of) / 10,
});
