import type { BodyRow } from '@lianxin/contract';
import type { Tx } from '../storage/transaction.js';
import { holdsOn } from './dated-row.store.js';
import type { PartyBody, Tier, TiedPlace } from './party-tree.js';

/** A body as commands need it. */
export interface BodyFound extends PartyBody {
  readonly id: string;
  readonly division: string;
  readonly enterpriseLed: boolean;
  readonly validTo: string | null;
}

interface PlaceFound extends TiedPlace {
  readonly division: string;
}

/** A place that holds today, with its division. */
export const placeOf = async (tx: Tx, id: string): Promise<PlaceFound | undefined> =>
  tx.first<PlaceFound & Record<string, unknown>>(
    `select id, kind, parent, division from lx.place where county = $1 and id = $2 and valid_to is null`,
    [tx.context.county, id],
  );

/** A body with its place. */
export const bodyOf = async (tx: Tx, id: string): Promise<BodyFound | undefined> => {
  const row = await tx.first<{
    id: string;
    division: string;
    name: string;
    kind: string;
    tier: Tier | null;
    led: boolean;
    to: string | null;
    place: TiedPlace | null;
  }>(
    `select b.id, b.division, b.name, b.kind, b.place_tier as tier, b.enterprise_led as led, b.valid_to::text as to,
       case when p.id is null then null else json_build_object('id', p.id, 'kind', p.kind, 'parent', p.parent) end as place
     from lx.body b left join lx.place p on p.county = b.county and p.id = b.place
     where b.county = $1 and b.id = $2`,
    [tx.context.county, id],
  );
  if (row === undefined) return undefined;
  const { led, to, ...rest } = row;
  return { ...rest, enterpriseLed: led, validTo: to };
};

/** The level of a division of this county, or undefined when there is none that holds. */
export const levelOfDivision = async (tx: Tx, code: string): Promise<string | undefined> =>
  (
    await tx.first<{ level: string }>(
      `select level from lx.division where code = $1 and county = $2 and valid_to is null`,
      [code, tx.context.county],
    )
  )?.level;

/** The running link of a body in a tree that allows one. */
export const runningLink = async (
  tx: Tx,
  body: string,
  kind: 'party-tree' | 'liaison',
): Promise<{ id: string; toBody: string; from: string } | undefined> =>
  tx.first(
    `select id, to_body as "toBody", valid_from::text as from from lx.body_link
     where county = $1 and from_body = $2 and kind = $3 and valid_to is null`,
    [tx.context.county, body, kind],
  );

/** Columns of a body row as the contract sends it; `$1` county, `$2` day. */
const bodyColumns = `b.id, b.division, d.name as "divisionName", b.kind, b.name, b.code, b.parent,
  up.id as "partyParent", up.name as "partyParentName", b.place, p.name as "placeName", b.place_tier as "placeTier",
  b.branch_kind as "branchKind", b.enterprise_led as "enterpriseLed", b.valid_from::text as "validFrom", b.valid_to::text as "validTo"`;
const bodyTables = `lx.body b join lx.division d on d.code = b.division
  left join lx.body_link l on l.county = b.county and l.from_body = b.id and l.kind = 'party-tree' and ${holdsOn('l', 2)}
  left join lx.body up on up.county = l.county and up.id = l.to_body
  left join lx.place p on p.county = b.county and p.id = b.place`;

/** Bodies in a range of divisions that stand on a day, widest division first. */
export const listBodyRows = async (
  tx: Tx,
  range: { lo: string; hi: string },
  on: string,
  kind: string | undefined,
): Promise<BodyRow[]> =>
  tx.rows<BodyRow>(
    `select ${bodyColumns} from ${bodyTables}
     where b.county = $1 and b.division >= $3 and b.division < $4 and ($5::text is null or b.kind = $5) and ${holdsOn('b', 2)}
     order by b.division, b.kind, b.name, b.id limit 5000`,
    [tx.context.county, on, range.lo, range.hi, kind ?? null],
  );

/** One body row by its id, whether or not it stands on the day. */
export const bodyRowOf = async (tx: Tx, id: string, on: string): Promise<BodyRow | undefined> =>
  tx.first<BodyRow>(`select ${bodyColumns} from ${bodyTables} where b.county = $1 and b.id = $3`, [
    tx.context.county,
    on,
    id,
  ]);

/** Links of a body other than its Party parent, both ways, that hold on a day. */
export const linksOf = async (tx: Tx, id: string, on: string) =>
  tx.rows<{ id: string; kind: string; body: string; name: string; direction: 'to' | 'from'; validFrom: string }>(
    `select l.id, l.kind, o.id as body, o.name, l.valid_from::text as "validFrom", case when l.from_body = $3 then 'to' else 'from' end as direction
     from lx.body_link l join lx.body o on o.county = l.county and o.id = case when l.from_body = $3 then l.to_body else l.from_body end
     where l.county = $1 and (l.from_body = $3 or l.to_body = $3) and ${holdsOn('l', 2)}
     order by l.kind, o.name, l.id`,
    [tx.context.county, on, id],
  );
