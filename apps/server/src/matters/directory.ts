import { levelOf, listAncestors, type MatterLevel, type Who } from '@lianxin/domain';
import type { Pool } from 'pg';
import type { Deps } from '../deps.js';
import { onBodiesChanged } from '../people/index.js';
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

interface Shelved {
  at: number;
  directory: Directory;
  refreshing: boolean;
}
const shelves = new WeakMap<Pool, Map<string, Shelved>>();
const loading = new WeakMap<Pool, Map<string, Promise<Directory>>>();

/** Forgets what was read, after a change of divisions or bodies that has to show at once. */
export const forgetDirectory = (pool: Pool): void => {
  shelves.delete(pool);
};

// Whatever is told next finds the bodies as they are now, not as they were ten seconds ago.
onBodiesChanged(forgetDirectory);

/** What ended divisions and bodies became 沿革: who answers now for what stands under the old code. */
export interface Became {
  readonly divisions: readonly { readonly code: string; readonly name: string; readonly successor: string }[];
  readonly bodies: readonly { readonly body: string; readonly successor: string }[];
}

const readBecame = async (tx: Tx): Promise<Became> => ({
  divisions: await tx.rows<Became['divisions'][number] & Record<string, unknown>>(
    `select s.code, d.name, s.successor from lx.division_successor s join lx.division d on d.code = s.code
     where d.county = $1 and s.takes_files and s.valid_from <= $2::date`,
    [tx.context.county, tx.makers.clock()],
  ),
  bodies: await tx.rows<Became['bodies'][number] & Record<string, unknown>>(
    `select body, successor from lx.body_successor where county = $1 and valid_from <= $2::date`,
    [tx.context.county, tx.makers.clock()],
  ),
});

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
  return directoryOf(divisions, bodies, posts, await readBecame(tx));
};

/** A directory from its rows; pure, so that routing can be tested without a database. */
export const directoryOf = (
  divisions: readonly KnownDivision[],
  bodies: readonly KnownBody[],
  posts: readonly { readonly id: string; readonly title: string }[] = [],
  became: Became = { divisions: [], bodies: [] },
): Directory => {
  const nextBody = new Map(became.bodies.map((one) => [one.body, one.successor]));
  const formerName = new Map(became.divisions.map((one) => [one.code, one.name]));
  const successors = (code: string): readonly string[] =>
    became.divisions.filter((one) => one.code === code).map((one) => one.successor);
  /** The body itself, or whichever took over what it left. */
  const bodyNow = (id: string): KnownBody | undefined => {
    const next = nextBody.get(id);
    return byId.get(id) ?? (next === undefined ? undefined : bodyNow(next));
  };
  /** Bodies of a place; of an ended one, those of the place that took over its files. */
  const bodiesAt = (code: string): readonly KnownBody[] =>
    byDivision.get(code) ?? (byCode.has(code) ? [] : successors(code).flatMap(bodiesAt));
  const byCode = new Map(divisions.map((one) => [one.code, one]));
  const byId = new Map(bodies.map((one) => [one.id, one]));
  const titles = new Map(posts.map((one) => [one.id, one.title]));
  const byDivision = new Map<string, KnownBody[]>();
  for (const body of bodies) byDivision.set(body.division, [...(byDivision.get(body.division) ?? []), body]);
  const levels = new Map(bodies.map((body) => [body.division, levelOf(body.division)]));
  const around = new Map<string, readonly KnownBody[]>();
  /** Bodies of the place and of everything above it, nearest first; a rule asks it a dozen times for each intake. */
  const overlying = (place: string): readonly KnownBody[] => {
    const known = around.get(place);
    if (known !== undefined) return known;
    const found = listAncestors(place).flatMap(bodiesAt);
    around.set(place, found);
    return found;
  };
  return {
    division: (code) => byCode.get(code),
    nameOf: (code) =>
      byCode.get(code)?.name ?? byCode.get(code.slice(0, 12))?.name ?? formerName.get(code.slice(0, 12)) ?? code,
    body: bodyNow,
    postTitle: (id) => titles.get(id),
    bodiesOver: overlying,
    bodiesOf: (who, place, level) => {
      const word = 'body' in who ? who.body : 'office' in who ? who.office : 'post' in who ? who.of : undefined;
      if (word === undefined) return [];
      const wanted = 'at' in who && who.at !== undefined ? (who.at === 'current' ? level : who.at) : undefined;
      const found = overlying(place).filter(
        (body) =>
          (body.kind === word || body.code === word) && (wanted === undefined || levels.get(body.division) === wanted),
      );
      // Nearest first already; those of the level in question come before.
      const here = found.filter((body) => levels.get(body.division) === level);
      return here.length === 0 ? found : [...here, ...found.filter((body) => !here.includes(body))];
    },
  };
};

/** What reading a directory needs: connections of its own, so that a command that holds one never waits for another of the same pool. */
export type DirectoryDeps = ContextDeps & Pick<Deps, 'authPool'>;

const load = (deps: DirectoryDeps, county: string): Promise<Directory> =>
  inContext({ ...deps, pool: deps.authPool }, systemContext(county), read);

/** The first reading of a county: many who ask at once share one. */
const firstTime = (deps: DirectoryDeps, county: string): Promise<Directory> => {
  let mine = loading.get(deps.pool);
  if (mine === undefined) loading.set(deps.pool, (mine = new Map()));
  const running = mine.get(county);
  if (running !== undefined) return running;
  const counties = mine;
  const started = load(deps, county).finally(() => counties.delete(county));
  mine.set(county, started);
  return started;
};

/**
 * The directory of a county, read as the system and kept for ten seconds: routing must find an office that the caller himself
 * may not list, and a hot intake may not pay for it. An old one is used once more while the new one is read.
 */
export const directoryFor = async (deps: DirectoryDeps, county: string): Promise<Directory> => {
  let shelf = shelves.get(deps.pool);
  if (shelf === undefined) shelves.set(deps.pool, (shelf = new Map()));
  const known = shelf.get(county);
  if (known === undefined) {
    const directory = await firstTime(deps, county);
    shelf.set(county, { at: performance.now(), directory, refreshing: false });
    return directory;
  }
  if (performance.now() - known.at > keptForMilliseconds && !known.refreshing) {
    known.refreshing = true;
    void load(deps, county)
      .then((directory) => {
        known.directory = directory;
        known.at = performance.now();
      })
      // A failed reading leaves the old directory; the next request tries again.
      .catch(() => undefined)
      .finally(() => {
        known.refreshing = false;
      });
  }
  return known.directory;
};
