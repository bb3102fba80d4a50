import { readShare, type Denominator, type Share, type Threshold } from './share.js';

function refuseFractionsOfPeople(...numbers: readonly number[]): void {
  for (const number of numbers) {
    if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`not a count of people: ${number}`);
  }
}

/**
 * Whether so many out of so many reach the share; whole numbers only, never a float.
 *
 * 以上 includes the number itself, 超过 and 过半数 do not (LAW-DC-1259). Nobody of nobody meets nothing, and a count above its base proves nothing.
 * Throws on a negative or broken number, which is a bug.
 *
 * @example meets({ moreThan: '1/2', of: 'present' }, 50, 100) // => false
 * @example meets({ atLeast: '2/3', of: 'entitled' }, 20, 30) // => true
 */
export function meets(share: Share, count: number, base: number): boolean {
  refuseFractionsOfPeople(count, base);
  if (base === 0 || count > base) return false;
  const { upper, lower, strict } = readShare(share);
  return strict ? lower * count > upper * base : lower * count >= upper * base;
}

/**
 * The smallest count that meets the share; above the base where none can.
 *
 * @example minimumCount({ atLeast: '2/3', of: 'entitled' }, 31) // => 21
 * @example minimumCount({ moreThan: '1/2', of: 'present' }, 100) // => 51
 */
export function minimumCount(share: Share, base: number): number {
  refuseFractionsOfPeople(base);
  if (base === 0) return 1;
  const { upper, lower, strict } = readShare(share);
  const product = upper * base;
  const whole = (product - (product % lower)) / lower;
  return strict || whole * lower < product ? whole + 1 : whole;
}

/** What was counted against each denominator that is known. */
export type ShareFigures = Partial<Readonly<Record<Denominator, { readonly count: number; readonly base: number }>>>;

/** Whether a threshold is met; of several ways one suffices, and a way whose denominator was not counted is not met. */
export function meetsThreshold(threshold: Threshold, figures: ShareFigures): boolean {
  const shares = 'anyOf' in threshold ? threshold.anyOf : [threshold];
  return shares.some((share) => {
    const figure = figures[share.of];
    return figure !== undefined && meets(share, figure.count, figure.base);
  });
}
