import * as z from 'zod';

const PATTERN = /^\d{1,4}\/[1-9]\d{0,3}$/;

function isFraction(text: string): boolean {
  return PATTERN.test(text) && termsOf(text).upper <= termsOf(text).lower;
}

/** Fraction 分数: two whole numbers written `2/3`, at most one; exact, because 66.7 % of 30 is not 20 people. */
export const Fraction = z
  .string()
  .refine(isFraction, { error: 'a fraction of at most one, written 2/3' })
  .meta({ description: 'An exact fraction', example: '2/3' });
export type Fraction = z.infer<typeof Fraction>;

/**
 * Denominator 分母: of whom a share is taken. Two thirds of the members entitled and two thirds of those present are different rules
 *, so a share never comes without it.
 */
export const Denominator = z.enum(['entitled', 'present', 'voting', 'all-members', 'households', 'registered-voters']);
export type Denominator = z.infer<typeof Denominator>;

const AtLeastShare = z
  .strictObject({ atLeast: Fraction, of: Denominator })
  .refine((share) => !/^0+\//.test(share.atLeast), { error: 'at least none is no threshold' });
const MoreThanShare = z
  .strictObject({ moreThan: Fraction, of: Denominator })
  .refine((share) => !isFraction(share.moreThan) || termsOf(share.moreThan).upper < termsOf(share.moreThan).lower, {
    error: 'more than all can never be met',
  });

/** Share 比例: 三分之二以上 is `{ atLeast: '2/3' }`, 过半数 is `{ moreThan: '1/2' }`, each of a named denominator. */
export const Share = z.union([AtLeastShare, MoreThanShare]);
export type Share =
  | { readonly atLeast: Fraction; readonly of: Denominator }
  | { readonly moreThan: Fraction; readonly of: Denominator };

/** Threshold 门槛: a share, or several of which one suffices (a majority of the adults, or two thirds of the households). */
export const Threshold = z.union([Share, z.strictObject({ anyOf: z.array(Share).min(2) })]);
export type Threshold = Share | { readonly anyOf: readonly Share[] };

/** The two whole numbers of a fraction. */
export function termsOf(fraction: string): { readonly upper: number; readonly lower: number } {
  const slash = fraction.indexOf('/');
  const upper = Number(fraction.slice(0, slash));
  const lower = Number(fraction.slice(slash + 1));
  if (slash < 1 || !Number.isInteger(upper) || !Number.isInteger(lower) || lower < 1) {
    throw new RangeError(`not a fraction: ${fraction}`);
  }
  return { upper, lower };
}

/** A share as numbers, with its strictness. */
export function readShare(share: Share): { upper: number; lower: number; strict: boolean; of: Denominator } {
  const strict = 'moreThan' in share;
  return { ...termsOf(strict ? share.moreThan : share.atLeast), strict, of: share.of };
}
