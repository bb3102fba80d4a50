import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareShares,
  describeThreshold,
  meets,
  meetsThreshold,
  minimumCount,
  Share,
  stricterShare,
  Threshold,
} from './index.js';

const shares: readonly Share[] = [
  { moreThan: '1/2', of: 'present' },
  { atLeast: '1/2', of: 'present' },
  { moreThan: '2/3', of: 'present' },
  { atLeast: '2/3', of: 'present' },
  { atLeast: '3/4', of: 'present' },
  { atLeast: '1/10', of: 'present' },
  { moreThan: '0/1', of: 'present' },
  { atLeast: '1/1', of: 'present' },
];

/** The oracle: written by hand from the words of the law, by comparing heaps of people and never by a formula with fractions. */
const ORACLE: Readonly<Record<string, (count: number, base: number) => boolean>> = {
  'more than 1/2': (count, base) => count > base - count,
  'at least 1/2': (count, base) => count >= base - count,
  'more than 2/3': (count, base) => count > 2 * (base - count),
  'at least 2/3': (count, base) => count >= 2 * (base - count),
  'at least 3/4': (count, base) => count >= 3 * (base - count),
  'at least 1/10': (count, base) => 9 * count >= base - count,
  'more than 0/1': (count) => count > 0,
  'at least 1/1': (count, base) => count === base,
};

const nameOf = (share: Share): string =>
  'moreThan' in share ? `more than ${share.moreThan}` : `at least ${share.atLeast}`;

const everyBody = Array.from({ length: 200 }, (_, index) => index + 1);

function countByHand(share: Share, count: number, base: number): boolean {
  const byHand = ORACLE[nameOf(share)];
  if (byHand === undefined) throw new Error(`no oracle for ${nameOf(share)}`);
  return byHand(count, base);
}

describe('share 比例', () => {
  it('is not a majority at 50 of 100, and is at 51 (S1)', () => {
    expect(meets({ moreThan: '1/2', of: 'present' }, 50, 100)).toBe(false);
    expect(meets({ moreThan: '1/2', of: 'present' }, 51, 100)).toBe(true);
  });

  it('is 三分之二以上 at exactly two thirds (S1)', () => {
    expect(meets({ atLeast: '2/3', of: 'entitled' }, 20, 30)).toBe(true);
    expect(meets({ atLeast: '2/3', of: 'entitled' }, 19, 30)).toBe(false);
  });

  it('agrees with a count by hand for every body of up to 200 and every count (S1, S2)', () => {
    const differing = shares.flatMap((share) =>
      everyBody.flatMap((base) =>
        Array.from({ length: base + 1 }, (_, count) => count)
          .filter((count) => meets(share, count, base) !== countByHand(share, count, base))
          .map((count) => `${nameOf(share)}: ${count} of ${base}`),
      ),
    );
    expect(differing).toEqual([]);
  });

  it('needs exactly the minimum count for every body of up to 200 (S3)', () => {
    const wrong = shares.flatMap((share) =>
      [0, ...everyBody].filter((base) => {
        const counts = Array.from({ length: base + 1 }, (_, count) => count);
        const byTrying = counts.find((count) => meets(share, count, base));
        const least = minimumCount(share, base);
        return byTrying === undefined ? least <= base : least !== byTrying;
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('lets nobody of nobody decide, and gives nothing for more than there are (S4)', () => {
    for (const share of shares) {
      expect(meets(share, 0, 0)).toBe(false);
      expect(meets(share, 31, 30)).toBe(false);
    }
  });

  it('throws on half a person, because that is a bug and no refusal (S4)', () => {
    expect(() => meets({ moreThan: '1/2', of: 'present' }, 1.5, 3)).toThrow(RangeError);
    expect(() => minimumCount({ moreThan: '1/2', of: 'present' }, -1)).toThrow(RangeError);
  });

  it('is refused as a float, as a share above all, without a denominator, and where it could never or always be met (S2)', () => {
    const wrong = [
      { atLeast: '0.67', of: 'present' },
      { atLeast: 0.5, of: 'present' },
      { atLeast: '3/2', of: 'present' },
      { atLeast: '1/0', of: 'present' },
      { atLeast: '2/3' },
      { atLeast: '0/3', of: 'present' },
      { moreThan: '1/1', of: 'present' },
      { atLeast: '2/3', moreThan: '1/2', of: 'present' },
    ];
    expect(wrong.filter((share) => Share.safeParse(share).success)).toEqual([]);
    expect(shares.filter((share) => !Share.safeParse(share).success)).toEqual([]);
  });

  it('takes one of several ways, each against its own denominator (S5)', () => {
    const either = Threshold.parse({
      anyOf: [
        { moreThan: '1/2', of: 'entitled' },
        { atLeast: '2/3', of: 'households' },
      ],
    });
    expect(meetsThreshold(either, { entitled: { count: 40, base: 100 }, households: { count: 20, base: 30 } })).toBe(
      true,
    );
    expect(meetsThreshold(either, { entitled: { count: 50, base: 100 }, households: { count: 19, base: 30 } })).toBe(
      false,
    );
    expect(meetsThreshold(either, { present: { count: 30, base: 30 } })).toBe(false);
  });
});

const anyShare = fc
  .record({
    upper: fc.integer({ min: 1, max: 9 }),
    more: fc.integer({ min: 1, max: 9 }),
    strict: fc.boolean(),
    of: fc.constantFrom('entitled', 'present', 'voting', 'all-members', 'households', 'registered-voters'),
  })
  .map(({ upper, more, strict, of }): Share => {
    const fraction = `${upper}/${upper + more}`;
    return Share.parse(strict ? { moreThan: fraction, of } : { atLeast: fraction, of });
  });

describe('stricter share 更严比例', () => {
  it('never asks for fewer people of the same group (S6)', () => {
    fc.assert(
      fc.property(anyShare, anyShare, fc.integer({ min: 1, max: 400 }), (first, second, base) => {
        const same = Share.parse({ ...second, of: first.of });
        const standing = compareShares(first, same);
        const [a, b] = [minimumCount(first, base), minimumCount(same, base)];
        const agrees = { stricter: a >= b, looser: a <= b, same: a === b, incomparable: false };
        expect(agrees[standing]).toBe(true);
      }),
    );
  });

  it('reads the same from both sides (S6)', () => {
    const mirrored = { same: 'same', stricter: 'looser', looser: 'stricter', incomparable: 'incomparable' } as const;
    fc.assert(
      fc.property(anyShare, anyShare, (a, b) => {
        expect(compareShares(b, a)).toBe(mirrored[compareShares(a, b)]);
      }),
    );
  });

  it('holds of a larger group whatever the smaller one: who meets the stricter meets the other (S6)', () => {
    fc.assert(
      fc.property(
        anyShare,
        anyShare,
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 5, maxLength: 5 }),
        fc.nat(60),
        (a, b, sizes, inFavour) => {
          fc.pre(compareShares(a, b) === 'stricter' && a.of !== b.of);
          const [voting = 1, present = 1, entitled = 1, members = 1, registered = 1] = sizes;
          const bases = {
            voting,
            present: voting + present,
            entitled: voting + present + entitled,
            'all-members': voting + present + entitled + members,
            'registered-voters': voting + registered,
            households: 1,
          };
          const count = Math.min(inFavour, voting);
          expect(!meets(a, count, bases[a.of]) || meets(b, count, bases[b.of])).toBe(true);
        },
      ),
    );
  });

  it('does not compare households with persons, nor a higher share of a smaller group (S6)', () => {
    expect(compareShares({ atLeast: '2/3', of: 'households' }, { moreThan: '1/2', of: 'entitled' })).toBe(
      'incomparable',
    );
    expect(stricterShare({ atLeast: '2/3', of: 'present' }, { moreThan: '1/2', of: 'entitled' })).toBeUndefined();
  });

  it('keeps the stricter of two, whichever comes first (S6)', () => {
    const strict: Share = { moreThan: '1/2', of: 'entitled' };
    const loose: Share = { moreThan: '1/2', of: 'present' };
    expect(stricterShare(strict, loose)).toEqual(strict);
    expect(stricterShare(loose, strict)).toEqual(strict);
  });
});

describe('share in words', () => {
  it('speaks of whom, and keeps 以上 apart from 超过', () => {
    expect(describeThreshold({ atLeast: '2/3', of: 'entitled' }, 'zh-CN')).toBe('应到人员的三分之二以上');
    expect(describeThreshold({ moreThan: '1/2', of: 'present' }, 'zh-CN')).toBe('到会人员的过半数');
    expect(describeThreshold({ moreThan: '2/3', of: 'all-members' }, 'zh-CN')).toBe('全体成员的超过三分之二');
    expect(
      describeThreshold(
        {
          anyOf: [
            { moreThan: '1/2', of: 'entitled' },
            { atLeast: '2/3', of: 'households' },
          ],
        },
        'en',
      ),
    ).toBe('more than 1/2 of those entitled, or at least 2/3 of households');
  });
});
