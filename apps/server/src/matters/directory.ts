import { isWithin, levelOf, scopeOf, type MatterLevel, type Who } from '@lianxin/domain';
import type { Pool } from 'pg';
import { inContext, systemContext, type ContextDeps, type Tx } from '../storage/index.js';

/** A division as matters need it. */
export interface KnownDivision {
  readonly code: string;
  readonly name: string;
  readonly level: string;
}

/** A body that may hold matters. */
export interface KnownBody {
  readonly id: string;
  readonly division: string;
  readonly kind: string;
  readonly code: string | null;
  readonly name: string;
}

/** Directory (通讯录) of a county: its divisions and bodies, as routing and pages need them. Institutions only, no persons. */
export interface Directory {
  readonly division: (code: string) => KnownDivision | undefined;
  readonly nameOf: (code: string) => string;
  readonly body: (id: string) => KnownBody | undefined;
  readonly postTitle: (id: string) => string | undefined;
  /** Bodies a party of a rule stands for, over a place at a level; the level in question first, then the nearest. */
  readonly bodiesOf: (who: Who, place: string, level: MatterLevel) => readonly KnownBody[];
  /** Every body of a place and of the places it lies in. */
  readonly bodiesOver: (place: string) => readonly KnownBody[];
}

const keptForMilliseconds = 10_000;
const shelves = new WeakMap<Pool, Map<string, { readonly at: number; readonly directory: Directory }>>();

/** Forgets what was read, after a change of divisions or bodies that has to show at once. */
export const forgetDirectory = (pool: Pool): void => {
  shelves.delete(pool);
};

const read = async (tx: Tx): Promise<Directory> => {
  const divisions = await tx.rows<KnownDivision & Record<string, unknown>>(
    `select code, name, level from lx.division where county = $1 and (valid_to is null or valid_to > $2::date)`,
    [tx.context.county, tx.makers.clock()],
  );
  const bodies = await tx.rows<KnownBody & Record<string, unknown>>(
    `select id, division, kind, code, name from lx.body where county = $1 and (valid_to is null or valid_to > $2::date) order by division, id`,
    [tx.context.county, tx.makers.clock()],
  );
  const posts = await tx.rows<{ id: string; title: string }>('select id, title from lx.post');
  return directoryOf(divisions, bodies, posts);
};

/** A directory from its rows; pure, so that routing can be tested without a database. */
export const directoryOf = (
  divisions: readonly KnownDivision[],
  bodies: readonly KnownBody[],
  posts: readonly { readonly id: string; readonly title: string }[] = [],
): Directory => {
  const byCode = new Map(divisions.map((one) => [one.code, one]));
  const byId = new Map(bodies.map((one) => [one.id, one]));
  const titles = new Map(posts.map((one) => [one.id, one.title]));
  const overlying = (place: string): readonly KnownBody[] =>
    bodies.filter((body) => isWithin(place, scopeOf(body.division)));
  return {
    division: (code) => byCode.get(code),
    nameOf: (code) => byCode.get(code)?.name ?? byCode.get(code.slice(0, 12))?.name ?? code,
    body: (id) => byId.get(id),
    postTitle: (id) => titles.get(id),
    bodiesOver: overlying,
    bodiesOf: (who, place, level) => {
      const word = 'body' in who ? who.body : 'office' in who ? who.office : 'post' in who ? who.of : undefined;
      if (word === undefined) return [];
      const wanted = 'at' in who && who.at !== undefined ? (who.at === 'current' ? level : who.at) : undefined;
      return overlying(place)
        .filter((body) => body.kind === word || body.code === word)
        .filter((body) => wanted === undefined || levelOf(body.division) === wanted)
        .toSorted((a, b) => {
          const atLevel = Number(levelOf(b.division) === level) - Number(levelOf(a.division) === level);
          return atLevel === 0 ? scopeOf(b.division).lo.length - scopeOf(a.division).lo.length : atLevel;
        });
    },
  };
};

/**
 * The directory of a county, read as the system and kept for ten seconds: routing must find an office that the caller himself
 * may not list, and a hot intake may not pay for it.
 */
export const directoryFor = async (deps: ContextDeps, county: string): Promise<Directory> => {
  let shelf = shelves.get(deps.pool);
  if (shelf === undefined) shelves.set(deps.pool, (shelf = new Map()));
  const known = shelf.get(county);
  if (known !== undefined && performance.now() - known.at < keptForMilliseconds) return known.directory;
  const directory = await inContext(deps, systemContext(county), read);
  shelf.set(county, { at: performance.now(), directory });
  return directory;
};
