import type { CardContent, HouseholdRow } from '@lianxin/contract';
import { scopeWithin, type Tx } from '../storage/index.js';

/** Which households a list holds. */
export interface HouseholdFilter {
  readonly division: string;
  readonly grid?: string | undefined;
  readonly card?: 'with' | 'without' | undefined;
  readonly label?: string | undefined;
  readonly after?: string | undefined;
}

/** Households that stand today, by id; with `most` a page. */
export const listStoredHouseholds = (tx: Tx, filter: HouseholdFilter, most: number) => {
  const scope = scopeWithin(tx.context, filter.division);
  return tx.rows<HouseholdRow & Record<string, unknown>>(
    `select h.id, h.division, d.name as "divisionName", h.label, g.id as grid, g.name as "gridName", w.name as worker,
       p.id is not null as located, c.id as card, c.issued_on::text as "issuedOn"
     from lx.household h join lx.division d on d.code = h.division
     left join lx.grid_household i on i.county = h.county and i.household = h.id and i.valid_to is null
     left join lx.grid g on g.county = i.county and g.id = i.grid
     left join lx.duty_contact w on w.county = g.county and w.grid = g.id and w.valid_to is null and w.published_day is not null
     left join lx.household_point p on p.county = h.county and p.household = h.id and p.valid_to is null
     left join lx.household_card c on c.county = h.county and c.household = h.id and c.withdrawn_on is null
     where h.county = $1 and h.valid_to is null and (h.division >= $2 and h.division < $3 or h.division = any ($4::text[]))
       and ($5::uuid is null or i.grid = $5) and ($6::text is null or (c.id is not null) = ($6 = 'with'))
       and ($7::text is null or strpos(h.label, $7) > 0) and ($8::uuid is null or h.id > $8)
     order by h.id limit $9`,
    [
      tx.context.county,
      scope.lo,
      scope.hi,
      scope.before,
      filter.grid ?? null,
      filter.card ?? null,
      filter.label ?? null,
      filter.after ?? null,
      most,
    ],
  );
};

/** A household in range, or the own one, with where it stands. */
export const householdById = (tx: Tx, id: string) =>
  tx.first<{ id: string; division: string; label: string }>(
    `select id, division, label from lx.household where county = $1 and id = $2 and valid_to is null`,
    [tx.context.county, id],
  );

/** A card as stored, with its newest entry; content is null once it is withdrawn and the reader is an office. */
export interface StoredCard {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly household: string;
  readonly division: string;
  readonly divisionName: string;
  readonly label: string;
  readonly gridName: string | null;
  readonly issuedOn: string;
  readonly withdrawnOn: string | null;
  readonly content: CardContent | null;
  readonly entries: readonly { number: number; enteredBy: 'office' | 'household'; recordedAt: string }[];
}

const cardColumns = `c.id, c.household, c.division, d.name as "divisionName", h.label, g.name as "gridName",
  c.issued_on::text as "issuedOn", c.withdrawn_on::text as "withdrawnOn",
  (select json_build_object('staff', e.staff, 'channels', e.channels, 'needs', e.needs) from lx.household_card_entry e
   where e.county = c.county and e.card = c.id order by e.number desc limit 1) as content,
  (select coalesce(json_agg(json_build_object('number', e.number, 'enteredBy', e.entered_by,
     'recordedAt', to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by e.number), '[]'::json)
   from lx.household_card_entry e where e.county = c.county and e.card = c.id) as entries`;
const cardTables = `lx.household_card c join lx.household h on h.county = c.county and h.id = c.household
  join lx.division d on d.code = c.division
  left join lx.grid_household i on i.county = c.county and i.household = c.household and i.valid_to is null
  left join lx.grid g on g.county = i.county and g.id = i.grid`;

/** The same without the grid, which a resident reads elsewhere. */
const bareColumns = cardColumns.replace('g.name as "gridName"', 'null as "gridName"');
const bareTables = `lx.household_card c join lx.household h on h.county = c.county and h.id = c.household
  join lx.division d on d.code = c.division`;

/** The running card of a household, else undefined. */
export const cardOf = (tx: Tx, household: string): Promise<StoredCard | undefined> =>
  tx.first<StoredCard>(
    `select ${cardColumns} from ${cardTables} where c.county = $1 and c.household = $2 and c.withdrawn_on is null`,
    [tx.context.county, household],
  );

export const cardById = (tx: Tx, id: string): Promise<StoredCard | undefined> =>
  tx.first<StoredCard>(`select ${bareColumns} from ${bareTables} where c.county = $1 and c.id = $2`, [
    tx.context.county,
    id,
  ]);

/** What a card said at one of its entries. */
export const cardEntry = (tx: Tx, card: string, number: number): Promise<CardContent | undefined> =>
  tx.first<CardContent & Record<string, unknown>>(
    `select staff, channels, needs from lx.household_card_entry where county = $1 and card = $2 and number = $3`,
    [tx.context.county, card, number],
  );

/** Running cards of a division or a grid, by door label. */
export const cardsIn = (tx: Tx, division: string, grid: string | undefined, most: number): Promise<StoredCard[]> => {
  const scope = scopeWithin(tx.context, division);
  return tx.rows<StoredCard>(
    `select ${cardColumns} from ${cardTables}
     where c.county = $1 and c.withdrawn_on is null and (c.division >= $2 and c.division < $3 or c.division = any ($4::text[]))
       and ($5::uuid is null or i.grid = $5) order by g.code, h.label, c.id limit $6`,
    [tx.context.county, scope.lo, scope.hi, scope.before, grid ?? null, most],
  );
};

/** All cards of the households a person belongs to, withdrawn ones too, newest first. */
export const ownCards = (tx: Tx): Promise<StoredCard[]> =>
  tx.rows<StoredCard>(
    `select ${bareColumns} from ${bareTables} where c.county = $1 order by c.issued_on desc, c.id desc limit 20`,
    [tx.context.county],
  );

/** Appends what a card says. */
export const addEntry = (
  tx: Tx,
  entry: {
    readonly card: string;
    readonly number: number;
    readonly division: string;
    readonly content: CardContent;
    readonly enteredBy: 'office' | 'household';
  },
): Promise<number> =>
  tx.run(
    `insert into lx.household_card_entry (county, card, number, division, staff, channels, needs, entered_by, person, recorded_at)
     values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7::jsonb, $8, $9, $10)`,
    [
      tx.context.county,
      entry.card,
      entry.number,
      entry.division,
      JSON.stringify(entry.content.staff),
      JSON.stringify(entry.content.channels),
      JSON.stringify(entry.content.needs),
      entry.enteredBy,
      tx.context.uid,
      tx.makers.clock(),
    ],
  );
