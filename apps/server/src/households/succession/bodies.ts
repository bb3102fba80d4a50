import type { Village, Work } from './succession.store.js';

/** Kinds of body of which a village has several; two villages' are not one. */
const several = ['grid', 'group', 'party-group'];

interface Body {
  readonly id: string;
  readonly kind: string;
  readonly code: string | null;
  readonly branchKind: string | null;
  readonly place: string | null;
  readonly name: string;
}

export const standingBodies = async ({ db, county }: Work, division: string): Promise<Body[]> => {
  const { rows } = await db.query<Body>(
    `select id, kind, code, branch_kind as "branchKind", place, name from lx.body where county = $1 and division = $2 and valid_to is null order by id`,
    [county, division],
  );
  return rows;
};

const isOne = (body: Body): boolean => !several.includes(body.kind) && body.place === null && body.branchKind === null;
/** A village's committee is called otherwise in a community; for succession the two are one. */
const roleOf = (body: Body): string => body.code ?? body.kind.replace(/^(?:villagers|residents)-/, '');

/** The body that goes on where two villages had one of the kind each. */
export const counterpartOf = (body: Body, among: readonly Body[]): Body | undefined =>
  isOne(body) ? among.find((other) => isOne(other) && roleOf(other) === roleOf(body)) : undefined;

/** Calls bodies of a village by its new name, where the old one stood in theirs. */
export const renameBodies = async (
  { db, county }: Work,
  division: string,
  before: Village,
  name: string,
): Promise<void> => {
  await db.query(
    `update lx.body set name = left(replace(name, $3, $4), 80) where county = $1 and division = $2 and valid_to is null
       and not (kind = any ($5::text[])) and strpos(name, $3) > 0`,
    [county, division, before.short, name, several],
  );
};

/**
 * Ends a body in favour of another 承续: its posts end, its members and links go over, its open matters are the other's to answer.
 * Gives the posts that ended with nobody following, so that the township can appoint.
 */
export const endInFavour = async (
  work: Work,
  ended: Body,
  successor: Body,
  division: string,
): Promise<{ post: string; name: string }[]> => {
  const { db, county, on, makers } = work;
  const last = `greatest($3::date, valid_from + 1)`;
  await db.query(
    `insert into lx.body_successor (county, body, successor, division, valid_from) values ($1, $2, $3, $4, $5)`,
    [county, ended.id, successor.id, division, on],
  );
  const { rows: posts } = await db.query<{ post: string; name: string }>(
    `update lx.appointment set valid_to = ${last} where county = $1 and body = $2 and valid_to is null returning post, holder_name as name`,
    [county, ended.id, on],
  );
  const { rows: members } = await db.query<{ person: string; party_group: string | null }>(
    `update lx.party_membership set valid_to = ${last} where county = $1 and branch = $2 and valid_to is null returning person, party_group`,
    [county, ended.id, on],
  );
  for (const member of members) {
    await db.query(
      `insert into lx.party_membership (county, id, division, person, branch, party_group, valid_from, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [county, makers.newId(), division, member.person, successor.id, member.party_group, on, makers.clock()],
    );
  }
  await db.query(
    `update lx.establishment set valid_to = ${last} where county = $1 and body = $2 and valid_to is null`,
    [county, ended.id, on],
  );
  await db.query(`update lx.duty_contact set valid_to = ${last} where county = $1 and body = $2 and valid_to is null`, [
    county,
    ended.id,
    on,
  ]);
  const { rows: links } = await db.query<{ from_body: string; to_body: string; kind: string }>(
    `update lx.body_link set valid_to = ${last} where county = $1 and (from_body = $2 or to_body = $2) and valid_to is null returning from_body, to_body, kind`,
    [county, ended.id, on],
  );
  for (const link of links.filter((one) => one.to_body === ended.id && one.from_body !== successor.id)) {
    await db.query(
      `insert into lx.body_link (county, id, division, from_body, to_body, kind, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [county, makers.newId(), division, link.from_body, successor.id, link.kind, on, makers.clock()],
    );
  }
  await db.query(`update lx.body set parent = $3 where county = $1 and parent = $2 and valid_to is null`, [
    county,
    ended.id,
    successor.id,
  ]);
  await db.query(`update lx.organisation_link set branch = $3 where county = $1 and branch = $2 and valid_to is null`, [
    county,
    ended.id,
    successor.id,
  ]);
  await db.query(`update lx.body set valid_to = ${last} where county = $1 and id = $2`, [county, ended.id, on]);
  return posts;
};

/** Sets up in a new village the bodies a village has, with nobody in them yet: elections and appointments come first. */
export const setUpBodies = async (
  work: Work,
  from: Village,
  to: { readonly code: string; readonly name: string },
): Promise<number> => {
  const { db, county, on, makers } = work;
  const like = (await standingBodies(work, from.code)).filter(isOne);
  for (const body of like) {
    const id = makers.newId();
    await db.query(
      `insert into lx.body (county, id, division, kind, name, code, place_tier, valid_from, recorded_at)
       select county, $3, $4, kind, left(replace(name, $5, $6), 80), code, place_tier, $7, $8 from lx.body where county = $1 and id = $2`,
      [county, body.id, id, to.code, from.short, to.name, on, makers.clock()],
    );
    await db.query(
      `insert into lx.body_link (county, id, division, from_body, to_body, kind, valid_from, recorded_at)
       select county, gen_random_uuid(), $4, $3, to_body, kind, $5, $6 from lx.body_link
       where county = $1 and from_body = $2 and valid_to is null and kind in ('party-tree', 'liaison')`,
      [county, body.id, id, to.code, on, makers.clock()],
    );
  }
  return like.length;
};
