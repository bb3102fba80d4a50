import * as z from 'zod';

/** DivisionCode 行政区划代码: twelve digits, and below a village a named suffix (`-group-003`, `-grid-003`, `-grid-003-02`). A path is its code. */
export const DivisionCode = z
  .string()
  .regex(/^[1-9]\d{11}(?:-group-\d{3}|-grid-\d{3}(?:-\d{2})?)?$/, { error: 'a division code of twelve digits' })
  .refine((code) => !/^\d{9}000-/.test(code), { error: 'groups and grids hang under a village' })
  .refine((code) => !hasGap(code), { error: 'a level inside the code is empty' })
  .meta({ description: 'A division: twelve digits, and below a village a suffix', example: '990101001001' });
export type DivisionCode = z.infer<typeof DivisionCode>;

/** Level 层级: how high a division stands, from the province down to the grid. */
export const DivisionLevel = z.enum(['province', 'city', 'county', 'township', 'village', 'group', 'grid']);
export type DivisionLevel = z.infer<typeof DivisionLevel>;

/** Where each numbered level ends in the twelve digits: 2 + 2 + 2 + 3 + 3 (GB/T 2260 and the statistical code). */
const ENDS = [
  ['village', 12, 9],
  ['township', 9, 6],
  ['county', 6, 4],
  ['city', 4, 2],
] as const;

/** A city without counties has townships directly under it, so only a village without a township is a gap. */
function hasGap(code: string): boolean {
  return code.slice(9, 12) !== '000' && code.slice(6, 9) === '000';
}

/**
 * The level of a division, read from its code alone.
 *
 * @example levelOf('990101001005') // => 'village'
 */
export function levelOf(code: string): DivisionLevel {
  if (code.includes('-')) return code.includes('-group-') ? 'group' : 'grid';
  for (const [level, end, start] of ENDS) if (/[1-9]/.test(code.slice(start, end))) return level;
  return 'province';
}

/** The part of a code that everything below it shares. */
function prefixOf(code: string): string {
  const level = levelOf(code);
  if (level === 'group' || level === 'grid') return code;
  const row = ENDS.find(([name]) => name === level);
  return code.slice(0, row?.[1] ?? 2);
}

/**
 * Scope 范围: a half-open range of code texts, compared byte by byte, so that a subtree is one range scan of an index.
 *
 * `before` names single divisions besides: those whose files the scope's own division took over 撤并前的区划. They kept their codes,
 * which may lie anywhere, so no range could hold them.
 */
export type DivisionScope = {
  readonly lo: string;
  readonly hi: string;
  readonly before?: readonly string[] | undefined;
};

/**
 * The range of all codes at or below a division.
 *
 * `:` is the byte after `9`, so the range holds every continuation of the prefix by digits or by `-` and nothing else.
 *
 * @example scopeOf('990101001000') // => { lo: '990101001', hi: '990101001:' }
 */
export function scopeOf(code: string): DivisionScope {
  const prefix = prefixOf(code);
  return { lo: prefix, hi: `${prefix}:` };
}

/**
 * Whether a division lies in a scope, which the division a scope was made from does.
 *
 * @example isWithin('990101001005', scopeOf('990101000000')) // => true
 */
export const isWithin = (code: string, scope: DivisionScope): boolean =>
  (code >= scope.lo && code < scope.hi) || scope.before?.includes(code) === true;

/** The division directly above, or undefined for a province. A level the code leaves empty is passed over. */
export function parentOf(code: string): string | undefined {
  const dash = code.lastIndexOf('-');
  if (dash > 0) return /-grid-\d{3}-\d{2}$/.test(code) ? code.slice(0, dash) : code.slice(0, 12);
  const ends = [9, 6, 4, 2].filter((end) => end < prefixOf(code).length);
  return ends.map((end) => code.slice(0, end).padEnd(12, '0')).find((above) => above !== code);
}

/** A division and everything above it, nearest first. */
export function listAncestors(code: string): string[] {
  const above = parentOf(code);
  return above === undefined ? [code] : [code, ...listAncestors(above)];
}

/** The county a division lies in, which is its tenant; undefined above the county. */
export function countyOf(code: string): string | undefined {
  return listAncestors(code).find((above) => levelOf(above) === 'county');
}
