import { scopeOf, type DivisionCode } from '@lianxin/domain';
import type { Tx } from '../storage/transaction.js';

/** A division 行政区划 as anybody may read it. */
export interface DivisionRow {
  readonly code: string;
  readonly name: string;
  readonly level: string;
  /** Village or community, township or street. */
  readonly kind: string;
  readonly parent: string | null;
}

const columns = 'code, name, level, kind, parent';
const today = `(valid_to is null or valid_to > $1::date)`;

/** Counties in which Lianxin is at work, by code: those with a pack in force or a body, whatever the table of divisions holds. */
export const listCounties = async (tx: Tx): Promise<DivisionRow[]> =>
  tx.rows<DivisionRow & Record<string, unknown>>(
    `select ${columns} from lx.division where level = 'county' and ${today} and county in (select lx.counties_at_work()) order by code`,
    [tx.makers.clock()],
  );

/** What lies directly below a division, by code; groups and grids are not listed. */
export const listDivisionsBelow = async (tx: Tx, parent: string): Promise<DivisionRow[]> =>
  tx.rows<DivisionRow & Record<string, unknown>>(
    `select ${columns} from lx.division where parent = $2 and level in ('township', 'village') and ${today} order by code`,
    [tx.makers.clock(), parent],
  );

/** One division that stands today; undefined for a code that none has. */
export const findDivision = async (tx: Tx, code: string): Promise<DivisionRow | undefined> =>
  tx.first<DivisionRow & Record<string, unknown>>(`select ${columns} from lx.division where code = $2 and ${today}`, [
    tx.makers.clock(),
    code,
  ]);

/** A village found by name, with the township it lies in. */
export interface VillageFound extends DivisionRow {
  readonly township: string;
  readonly countyName: string;
}

/** Villages and communities with a piece of text in their name, at most `most`, by name. */
export const searchVillages = async (tx: Tx, name: string, most: number): Promise<VillageFound[]> =>
  tx.rows<VillageFound & Record<string, unknown>>(
    `select v.code, v.name, v.level, v.kind, v.parent, t.name as township, c.name as "countyName"
     from lx.division v join lx.division t on t.code = v.parent join lx.division c on c.code = t.parent
     where v.level = 'village' and strpos(v.name, $2) > 0 and (v.valid_to is null or v.valid_to > $1::date)
     order by v.name, v.code limit $3`,
    [tx.makers.clock(), name, most],
  );

/** A division and everything in it down to villages, widest first; `level` narrows to one level. */
export const listDivisionsWithin = async (tx: Tx, within: DivisionCode, level?: string): Promise<DivisionRow[]> => {
  const { lo, hi } = scopeOf(within);
  return tx.rows<DivisionRow & Record<string, unknown>>(
    `select ${columns} from lx.division
     where code >= $2 and code < $3 and level in ('county', 'township', 'village') and ($4::text is null or level = $4) and ${today}
     order by case level when 'county' then 1 when 'township' then 2 else 3 end, code`,
    [tx.makers.clock(), lo, hi, level ?? null],
  );
};
