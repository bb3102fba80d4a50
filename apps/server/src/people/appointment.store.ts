import type { HolderRow } from '@lianxin/contract';
import type { Tx } from '../storage/transaction.js';
import { holdsOn } from './dated-row.store.js';

/** What picks holders: one body, or a range of divisions, or one person; and the day. */
export interface HolderQuery {
  readonly on: string;
  readonly body?: string;
  readonly person?: string;
  readonly post?: string | undefined;
  readonly range?: { readonly lo: string; readonly hi: string };
}

const holderColumns = `a.id as appointment, a.post, p.title as "postTitle", a.body, b.name as "bodyName", a.division,
       d.name as "divisionName", a.person, a.holder_name as name, a.grid, a.valid_from::text as "validFrom", a.valid_to::text as "validTo"`;
const holderTables = `lx.appointment a join lx.post p on p.id = a.post join lx.body b on b.county = a.county and b.id = a.body
       join lx.division d on d.code = a.division`;

/** Who held a post of a body before a day 历任, latest first, with the name as announced then. */
export const formerHoldersOf = async (tx: Tx, body: string, on: string): Promise<HolderRow[]> =>
  tx.rows<HolderRow & Record<string, unknown>>(
    `select ${holderColumns} from ${holderTables}
     where a.county = $1 and a.body = $3 and a.valid_to <= $2::date order by a.valid_to desc, a.id limit 500`,
    [tx.context.county, on, body],
  );

/** The posts a kind of body has, with how many seats are fixed and taken on a day 职数. */
export const seatsOfBody = async (
  tx: Tx,
  body: { readonly id: string; readonly kind: string },
  on: string,
): Promise<{ post: string; postTitle: string; seats: number | null; taken: number }[]> =>
  tx.rows<{ post: string; postTitle: string; seats: number | null; taken: number }>(
    `select p.id as post, p.title as "postTitle",
       (select e.seats from lx.establishment e where e.county = $1 and e.body = $3 and e.post = p.id and ${holdsOn('e', 2)}) as seats,
       (select count(*)::int from lx.appointment a where a.county = $1 and a.body = $3 and a.post = p.id and ${holdsOn('a', 2)}) as taken
     from lx.post p where $4 = any (p.body_kind || p.also_in) order by p.id`,
    [tx.context.county, on, body.id, body.kind],
  );

/** Who holds which post on a day, with the name as announced. */
export const holdersOf = async (tx: Tx, query: HolderQuery): Promise<HolderRow[]> =>
  tx.rows<HolderRow & Record<string, unknown>>(
    `select ${holderColumns} from ${holderTables}
     where a.county = $1 and ${holdsOn('a', 2)} and ($3::uuid is null or a.body = $3) and ($4::uuid is null or a.person = $4)
       and ($5::text is null or a.post = $5) and ($6::text is null or (a.division >= $6 and a.division < $7))
     order by a.division, b.name, a.post, a.valid_from, a.id limit 5000`,
    [
      tx.context.county,
      query.on,
      query.body ?? null,
      query.person ?? null,
      query.post ?? null,
      query.range?.lo ?? null,
      query.range?.hi ?? null,
    ],
  );

/** A post of the catalogue. */
export interface PostFound {
  readonly id: string;
  readonly title: string;
  readonly bodyKinds: readonly string[];
  /** Whether it administers the system: nobody gives such a post alone. */
  readonly administers: boolean;
}

export const postOf = async (tx: Tx, id: string): Promise<PostFound | undefined> =>
  tx.first<PostFound & Record<string, unknown>>(
    `select id, title, body_kind || also_in as "bodyKinds", 'administer' = any (capabilities) as administers from lx.post where id = $1`,
    [id],
  );

/** How many seats a post of a body has (null: not fixed) and how many are taken on a day. */
export const seatsOf = async (tx: Tx, body: string, post: string, on: string) =>
  tx.first<{ seats: number | null; taken: number }>(
    `select (select e.seats from lx.establishment e where e.county = $1 and e.body = $3 and e.post = $4 and ${holdsOn('e', 2)}) as seats,
       (select count(*)::int from lx.appointment a where a.county = $1 and a.body = $3 and a.post = $4 and ${holdsOn('a', 2)}) as taken`,
    [tx.context.county, on, body, post],
  );

/** A person in range, or the own row. */
export const personOf = async (
  tx: Tx,
  id: string,
): Promise<{ id: string; name: string; division: string } | undefined> =>
  tx.first(`select id, name, division from lx.person where county = $1 and id = $2 and valid_to is null`, [
    tx.context.county,
    id,
  ]);

/** The catalogue of posts. */
export const listPosts = async (tx: Tx) =>
  tx.rows<{ id: string; title: string; titleEn: string; bodyKinds: string[]; level: string }>(
    `select id, title, title_en as "titleEn", body_kind || also_in as "bodyKinds", level from lx.post order by level, id`,
  );
