import type { DivisionScope } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';

/** A request as it is compared and listed. */
export interface RequestRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly number: string;
  readonly division: string;
  readonly place: string;
  readonly subject: string;
  readonly state: 'open' | 'paused' | 'ended';
  readonly opened_at: string;
  readonly procedure: string;
  readonly hash: string;
}

const columns = `m.id, m.number, m.division, m.place, m.subject, m.state, m.opened_at, m.procedure, encode(m.pack_hash, 'hex') as hash`;

/**
 * What may be compared at all: a request of its own, about no person. A complaint about somebody is left out, so that nobody learns from a
 * likeness what his row would not show him.
 */
const comparable = `m.barred is null and m.parent is null and m.about is null`;

/** How many requests are compared at most; the newest. What is older has faded anyway. */
const most = 1_000;

/** Open requests in the viewer's range, newest first; those within a scope where one is named. */
export const openRequests = (tx: Tx, scope?: DivisionScope): Promise<RequestRow[]> =>
  tx.rows<RequestRow>(
    `select ${columns} from lx.matter m where m.county = $1 and m.state <> 'ended' and ${comparable}
       and ($2::text is null or m.place >= $2 and m.place < $3)
     order by m.opened_at desc, m.id desc limit ${most}`,
    [tx.context.county, scope?.lo ?? null, scope?.hi ?? null],
  );

/** One matter in the viewer's range, and whether it may be compared. */
export const oneRequest = (tx: Tx, id: string): Promise<(RequestRow & { comparable: boolean }) | undefined> =>
  tx.first<RequestRow & { comparable: boolean }>(
    `select ${columns}, ${comparable} as comparable from lx.matter m where m.county = $1 and m.id = $2`,
    [tx.context.county, id],
  );

/** What was written when each was opened, by field. */
export const openingsOf = (
  tx: Tx,
  ids: readonly string[],
): Promise<{ matter: string; body: Readonly<Record<string, unknown>> }[]> =>
  tx.rows<{ matter: string; body: Readonly<Record<string, unknown>> }>(
    `select matter, body from lx.act where county = $1 and matter = any ($2::uuid[]) and sense = 'open'`,
    [tx.context.county, ids],
  );

/** What staff said about two requests. */
export interface LinkRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly one: string;
  readonly other: string;
  readonly same: boolean;
  readonly person: string;
  readonly office_body: string;
  readonly recorded_at: string;
  readonly undone_at: string | null;
  readonly division: string;
}

/** What holds today about any of these matters, oldest first. */
export const linksOf = (tx: Tx, ids: readonly string[]): Promise<LinkRow[]> =>
  tx.rows<LinkRow>(
    `select id, one, other, same, person, office_body, recorded_at, undone_at, division from lx.matter_link
     where county = $1 and undone_at is null and (one = any ($2::uuid[]) or other = any ($2::uuid[])) order by recorded_at, id`,
    [tx.context.county, ids],
  );

export const oneLink = (tx: Tx, id: string): Promise<LinkRow | undefined> =>
  tx.first<LinkRow>(
    `select id, one, other, same, person, office_body, recorded_at, undone_at, division from lx.matter_link where county = $1 and id = $2`,
    [tx.context.county, id],
  );

/** Matters by id, as far as they are seen. */
export const requestsById = (tx: Tx, ids: readonly string[]): Promise<RequestRow[]> =>
  tx.rows<RequestRow>(`select ${columns} from lx.matter m where m.county = $1 and m.id = any ($2::uuid[])`, [
    tx.context.county,
    ids,
  ]);

/** The category that holds for a matter. */
export interface CategoryRow {
  readonly [column: string]: unknown;
  readonly matter: string;
  readonly path: string[];
  readonly suggested: boolean;
  readonly person: string;
  readonly office_body: string;
  readonly recorded_at: string;
}

export const categoryOf = (tx: Tx, matter: string): Promise<CategoryRow | undefined> =>
  tx.first<CategoryRow>(
    `select matter, path, suggested, person, office_body, recorded_at from lx.matter_category
     where county = $1 and matter = $2 order by recorded_at desc, id desc limit 1`,
    [tx.context.county, matter],
  );

/** The newest settled categories in range, one a matter: what the suggestions learn from. */
export const settledCategories = (tx: Tx): Promise<CategoryRow[]> =>
  tx.rows<CategoryRow>(
    `select * from (select distinct on (matter) matter, path, suggested, person, office_body, recorded_at from lx.matter_category
       where county = $1 order by matter, recorded_at desc, id desc) c order by recorded_at desc limit 2000`,
    [tx.context.county],
  );
