import { fault, ok, refuse, type Result } from '@lianxin/domain';
import { findSimilar, inALine } from './find-similar.js';
import type { BodyFound, PostFound, VillageFound } from './people.store.js';

/** Finds what names in rows mean, inside the range of whoever imports. Built once a file. */
export interface NameFinder {
  /** Refuses `village-unknown` and `village-ambiguous`, each with suggestions. */
  readonly village: (entered: string) => Result<VillageFound>;
  /** The body of this name in the village, else the only one in the range; refuses `import-body-unknown`, `import-body-ambiguous`. */
  readonly body: (entered: string, village: string, kind?: string) => Result<BodyFound>;
  /** The post of this title or id that this kind of body has; refuses `post-unknown`, and `second-person-needed` for one that administers. */
  readonly post: (entered: string, body: BodyFound) => Result<PostFound>;
}

const grouped = <T>(rows: readonly T[], keysOf: (row: T) => readonly string[]): Map<string, T[]> => {
  const found = new Map<string, T[]>();
  for (const row of rows)
    for (const key of new Set(keysOf(row))) {
      const before = found.get(key);
      if (before === undefined) found.set(key, [row]);
      else before.push(row);
    }
  return found;
};

const tidy = (text: string): string => text.normalize('NFKC').replaceAll(/\s/gu, '');

/**
 * What a village is called in other papers: 甲村 is 甲村村委会 and 甲村民委员会 too, 乙社区 is 乙社区居委会.
 * A village is never taken for a community of the same name.
 */
const otherNames = (name: string): string[] => {
  const [, base = '', committee = ''] = /^(.+?)(村民委员会|村委会|居民委员会|居委会)$/u.exec(name) ?? [];
  if (base === '') return [name];
  return [name, base, `${base}${committee.startsWith('村') ? '村' : '社区'}`];
};

/** Answers once for each different question: ten thousand rows ask about some dozen villages. */
const remembered = <A extends readonly (string | undefined)[], R>(answer: (...asked: A) => R): ((...asked: A) => R) => {
  const known = new Map<string, R>();
  return (...asked) => {
    const key = asked.join('\u0000');
    if (known.has(key)) return known.get(key) as R;
    const fresh = answer(...asked);
    known.set(key, fresh);
    return fresh;
  };
};

export const nameFinder = (
  villages: readonly VillageFound[],
  bodies: readonly BodyFound[],
  posts: readonly PostFound[],
): NameFinder => {
  const byName = grouped(villages, (village) => [
    village.code,
    tidy(village.name),
    tidy(village.shortName),
    tidy(village.township + village.name),
    tidy(village.township + village.shortName),
  ]);
  const byOtherName = grouped(villages, (village) =>
    otherNames(tidy(village.name)).flatMap((name) => [name, tidy(village.township) + name]),
  );
  const called = (entered: string): readonly VillageFound[] =>
    byName.get(entered) ?? [...new Set(otherNames(entered).flatMap((name) => byOtherName.get(name) ?? []))];
  const bodiesByName = grouped(bodies, (body) => [tidy(body.name)]);
  const described = (village: VillageFound): string => `${village.code} ${village.township}${village.name}`;
  return {
    village: remembered((entered: string) => {
      const [first, ...others] = called(tidy(entered));
      const found = entered;
      if (first === undefined) {
        const near = findSimilar(
          entered,
          villages.map((one) => one.name),
        );
        return refuse(fault('village-unknown', { found, choices: inALine(near) }));
      }
      if (others.length === 0) return ok(first);
      const choices = inALine([first, ...others].slice(0, 5).map(described));
      return refuse(fault('village-ambiguous', { found, choices }));
    }),
    body: remembered((entered: string, village: string, kind?: string) => {
      const named = (bodiesByName.get(tidy(entered)) ?? []).filter((one) => kind === undefined || one.kind === kind);
      const here = named.filter((one) => one.division === village);
      const fitting = here.length > 0 ? here : named;
      const [first, ...others] = fitting;
      if (first !== undefined && others.length === 0) return ok(first);
      if (first !== undefined) return refuse(fault('import-body-ambiguous', { found: entered }));
      const near = bodies.filter((one) => kind === undefined || one.kind === kind).map((one) => one.name);
      return refuse(fault('import-body-unknown', { found: entered, choices: inALine(findSimilar(entered, near)) }));
    }),
    post: (entered, body) => {
      const offered = posts.filter((post) => post.bodyKinds.includes(body.kind));
      const post = offered.find((one) => tidy(one.title) === tidy(entered) || one.id === entered);
      // One person's file would give it alone; it is proposed by one and confirmed by another.
      if (post?.administers === true) return refuse(fault('second-person-needed'));
      if (post !== undefined) return ok(post);
      const choices = inALine(offered.slice(0, 12).map((one) => one.title));
      return refuse(fault('post-unknown', { body: body.name, found: entered, choices }));
    },
  };
};
