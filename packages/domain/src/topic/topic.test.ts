import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '../date/index.js';
import {
  classifierOf,
  corpusOf,
  groupTopics,
  likenessOf,
  sharedPhrases,
  similarTo,
  thresholds,
  traitsOf,
  type CategoryPath,
  type Told,
} from './index.js';

/** Words of the tea club: cut at spaces. */
const wordsOf = (text: string): string[] => text.split(' ');
const day = plainDate('2026-03-01');
const told = (id: string, title: string, text: string, place = '990101001001', at = day): Told => ({
  id,
  title,
  text,
  place,
  day: at,
  traits: traitsOf(title, text, wordsOf),
});

const anyWords = fc
  .array(
    fc.constantFrom('茶室', '漏水', '屋顶', '水壶', '坏了', '修理', '茶叶', '太贵', '门口', '积水', '请问', '何时'),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((words) => words.join(' '));
const anyPlace = fc.constantFrom('990101001001', '990101001002', '990101002001', '');
const anyTold = fc
  .record({ title: anyWords, text: anyWords, place: anyPlace, after: fc.nat(400) })
  .map(({ title, text, place, after }) => told('', title, text, place, addDays(day, after)));
const anyRequests = fc
  .array(anyTold, { minLength: 2, maxLength: 14 })
  .map((all) => all.map((one, at) => ({ ...one, id: `r${String(at).padStart(2, '0')}` })));
const anyShuffled = anyRequests.chain((all) =>
  fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
);
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new Error('no such entry');
  return found;
};

describe('likeness 相似', () => {
  it('is between 0 and 1, the same from both sides, and 1 for the same words at one place on one day (T1)', () => {
    fc.assert(
      fc.property(anyRequests, (all) => {
        const corpus = corpusOf(all);
        const [one, other] = [at(all, 0), at(all, 1)];
        const there = likenessOf(corpus, one, other);
        expect(likenessOf(corpus, other, one)).toEqual(there);
        expect(there.score).toBeGreaterThanOrEqual(0);
        expect(there.score).toBeLessThanOrEqual(1);
        const twin = { ...one, id: 'twin' };
        expect(likenessOf(corpusOf([...all, twin]), one, twin).score).toBeCloseTo(1, 9);
        expect(likenessOf(corpusOf([...all, twin]), one, twin).nearDuplicate).toBe(true);
      }),
    );
  });

  it('does not hang on the order in which requests are given (T2)', () => {
    fc.assert(
      fc.property(anyShuffled, ([all, shuffled]) => {
        const idsOf = (requests: readonly Told[]): string[][] =>
          groupTopics(corpusOf(requests), []).map((topic) => topic.members.map((one) => one.id));
        expect(idsOf(shuffled)).toEqual(idsOf(all));
        const nearest = (requests: readonly Told[]): string[] =>
          similarTo(corpusOf(requests), at(all, 0)).map((one) => one.told.id);
        expect(nearest(shuffled)).toEqual(nearest(all));
      }),
    );
  });

  it('never rises with the distance of place or time (T3)', () => {
    fc.assert(
      fc.property(anyRequests, fc.nat(300), fc.nat(300), (all, few, more) => {
        const one = at(all, 0);
        const corpus = corpusOf(all);
        const score = (place: string, after: number): number =>
          likenessOf(corpus, { ...one, place: '990101001001', day }, { ...at(all, 1), place, day: addDays(day, after) })
            .score;
        expect(score('990101001001', few + more)).toBeLessThanOrEqual(score('990101001001', few));
        expect(score('990101001002', few)).toBeLessThanOrEqual(score('990101001001', few));
        expect(score('990101002001', few)).toBeLessThanOrEqual(score('990101001002', few));
      }),
    );
  });

  it('offers nothing below the threshold and never a request to itself, with phrases that stand in both texts (T4, T5)', () => {
    fc.assert(
      fc.property(anyRequests, (all) => {
        const corpus = corpusOf(all);
        const one = at(all, 0);
        for (const { told: other, likeness } of similarTo(corpus, one)) {
          expect(other.id).not.toBe(one.id);
          expect(likeness.score).toBeGreaterThanOrEqual(thresholds.alike);
          for (const phrase of sharedPhrases(corpus, one, other, wordsOf)) {
            expect(`${one.title}\n${one.text}`.replaceAll(' ', '')).toContain(phrase);
            expect(`${other.title}\n${other.text}`).toContain(phrase);
          }
        }
      }),
    );
  });

  it('tells one leak at one house from the same complaint about another house', () => {
    const leak = told('a', '东楼 茶室 屋顶 漏水', '东楼 茶室 的 屋顶 下雨 就 漏水 请 修理');
    const again = told('b', '茶室 还在 漏水', '东楼 茶室 屋顶 下雨 漏水 何时 修理');
    const price = told('c', '茶叶 太贵', '柜台 的 茶叶 太贵 请 降价');
    const other = told('d', '西园 水壶 坏了', '西园 的 水壶 坏了 三天 没人 修理');
    const corpus = corpusOf([leak, again, price, other]);
    expect(similarTo(corpus, leak).map((one) => one.told.id)).toEqual(['b']);
    expect(sharedPhrases(corpus, leak, again, wordsOf)).toContain('漏水');
  });
});

describe('topics 热点', () => {
  it('puts each request into one topic at most (T6)', () => {
    fc.assert(
      fc.property(anyRequests, (all) => {
        const members = groupTopics(corpusOf(all), []).flatMap((topic) => topic.members.map((one) => one.id));
        expect(new Set(members).size).toBe(members.length);
      }),
    );
  });

  it('keeps together what staff called the same and apart what they called different, whatever the words are (T7)', () => {
    fc.assert(
      fc.property(anyRequests, fc.boolean(), (all, same) => {
        const [one, other] = [at(all, 0).id, at(all, 1).id];
        const topics = groupTopics(corpusOf(all), [{ one, other, same }]);
        const together = topics.some(
          (topic) =>
            topic.members.some((member) => member.id === one) && topic.members.some((member) => member.id === other),
        );
        expect(together).toBe(same);
      }),
    );
  });

  it('puts the largest first and names it by the request most like the others', () => {
    const requests = [
      told('a', '茶室 屋顶 漏水', '茶室 屋顶 漏水 请 修理'),
      told('b', '茶室 屋顶 漏水 何时 修理', '茶室 屋顶 漏水'),
      told('c', '屋顶 漏水', '茶室 屋顶 又 漏水', '990101001001', addDays(day, 3)),
      told('d', '茶叶 太贵', '茶叶 太贵 请 降价'),
      told('e', '柜台 茶叶 太贵', '茶叶 太贵'),
    ];
    const topics = groupTopics(corpusOf(requests), []);
    expect(topics.map((topic) => topic.members.map((one) => one.id))).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
    expect(topics[0]).toMatchObject({ from: day, to: addDays(day, 3), places: ['990101001001'] });
  });
});

describe('suggested categories 分类建议', () => {
  const tree: CategoryPath[] = [
    ['房屋', '屋顶', '漏水'],
    ['房屋', '门窗', '损坏'],
    ['买卖', '茶叶', '价格'],
    ['买卖', '茶具', '损坏'],
  ];
  it('suggests only what is in the tree, each top once, whatever was settled and in whatever order (T8)', () => {
    fc.assert(
      fc.property(
        anyWords,
        fc.array(fc.record({ text: anyWords, category: fc.constantFrom(...tree, ['别处', '没有']) }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 3 }),
        (text, settled, most) => {
          const known = settled.map((one) => ({ traits: traitsOf('', one.text, wordsOf), category: one.category }));
          const traits = traitsOf('', text, wordsOf);
          const suggested = classifierOf(tree, known, wordsOf).suggest(traits, most);
          expect(suggested.length).toBeLessThanOrEqual(most);
          for (const one of suggested) {
            expect(tree).toContainEqual(one.category);
            for (const word of one.words) expect(traits.has(word)).toBe(true);
          }
          expect(new Set(suggested.map((one) => one.category[0])).size).toBe(suggested.length);
          const again = classifierOf(tree.toReversed(), known.toReversed(), wordsOf).suggest(traits, most);
          expect(again.map((one) => one.category)).toEqual(suggested.map((one) => one.category));
        },
      ),
    );
  });

  it('goes by the names of the tree before anybody settled one, and by what people settled afterwards', () => {
    const traits = traitsOf('', '东楼 屋顶 漏水', wordsOf);
    expect(classifierOf(tree, [], wordsOf).suggest(traits, 1)[0]).toMatchObject({
      category: ['房屋', '屋顶', '漏水'],
      words: ['屋顶', '漏水'],
    });
    const pot = traitsOf('', '水壶 坏了', wordsOf);
    const settled = ['水壶 坏了 三天', '水壶 又 坏了', '水壶 坏了'].map((text) => ({
      traits: traitsOf('', text, wordsOf),
      category: ['买卖', '茶具', '损坏'],
    }));
    expect(classifierOf(tree, settled, wordsOf).suggest(pot, 1)[0]?.category).toEqual(['买卖', '茶具', '损坏']);
  });
});
