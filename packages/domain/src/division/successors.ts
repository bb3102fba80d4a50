import * as z from 'zod';
import { PlainDate } from '../date/index.js';
import { DivisionCode } from './division.js';

/**
 * SuccessorLink 撤并: on a day, some divisions became others. A code on both sides goes on (a village that took in its neighbour, or gave part away).
 *
 * A fact is never moved to the new code: it keeps the code it happened under, and these links find it.
 */
export const SuccessorLink = z
  .strictObject({
    kind: z.enum(['merge', 'split', 'recode']),
    on: PlainDate,
    from: z.array(DivisionCode).min(1),
    to: z.array(DivisionCode).min(1),
    source: z.string().min(1).optional(),
  })
  .refine(
    ({ kind, from, to }) =>
      (kind === 'merge' && from.length > 1 && to.length === 1) ||
      (kind === 'split' && from.length === 1 && to.length > 1) ||
      (kind === 'recode' && from.length === 1 && to.length === 1 && from[0] !== to[0]),
    { error: 'a merge makes one of several, a split several of one, a recode one of another' },
  );
export type SuccessorLink = {
  readonly kind: 'merge' | 'split' | 'recode';
  readonly on: PlainDate;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly source?: string | undefined;
};

/** Follows the links in the order given, replacing each code by what it became. */
function follow(code: string, links: readonly SuccessorLink[], ends: 'forward' | 'backward'): string[] {
  let standing = new Set([code]);
  for (const link of links) {
    const [before, after] = ends === 'forward' ? [link.from, link.to] : [link.to, link.from];
    if (!before.some((one) => standing.has(one))) continue;
    standing = new Set([...[...standing].filter((one) => !before.includes(one)), ...after]);
  }
  return [...standing].sort();
}

const byDay = (a: SuccessorLink, b: SuccessorLink): number => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0);

/**
 * The divisions that on a day stand for one named at an earlier day (`since`, the beginning if left out): itself if nothing happened.
 *
 * Links take effect at the beginning of their day; those of one day apply in the order given.
 *
 * @example successorsOf('990101001001', plainDate('2026-01-01'), []) // => ['990101001001']
 */
export function successorsOf(
  code: string,
  on: PlainDate,
  links: readonly SuccessorLink[],
  since?: PlainDate,
): string[] {
  const applied = links.filter((link) => link.on <= on && (since === undefined || link.on > since)).sort(byDay);
  return follow(code, applied, 'forward');
}

/**
 * The divisions that on an earlier day held what one standing at `asOf` (now, if left out) holds; their facts belong in its history.
 */
export function predecessorsOf(
  code: string,
  on: PlainDate,
  links: readonly SuccessorLink[],
  asOf?: PlainDate,
): string[] {
  const undone = links
    .filter((link) => link.on > on && (asOf === undefined || link.on <= asOf))
    .sort(byDay)
    .reverse();
  return follow(code, undone, 'backward');
}
