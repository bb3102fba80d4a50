import type { PersonRow } from '@lianxin/contract';
import { countyDate, scopeOf } from '@lianxin/domain';
import type { Tx } from '../storage/transaction.js';

const pageOf = 200;

/** Persons of a division and below by id, one page at a time; a name narrows to those that begin with it. */
export const listPersons = async (
  tx: Tx,
  query: { readonly division: string; readonly name?: string | undefined; readonly after?: string | undefined },
): Promise<{ persons: PersonRow[]; next: string | null }> => {
  const { lo, hi } = scopeOf(query.division);
  const rows = await tx.rows<PersonRow>(
    `select p.id, p.division, d.name as "divisionName", p.name,
       case when p.birth_year >= $6 then null else p.sex end as sex, case when p.birth_year >= $6 then null else p.birth_year end as "birthYear", p.made_up as "madeUp"
     from lx.person p join lx.division d on d.code = p.division
     where p.county = $1 and p.division >= $2 and p.division < $3 and p.valid_to is null
       and ($4::text is null or starts_with(p.name, $4)) and ($5::uuid is null or p.id > $5)
     order by p.id limit ${pageOf + 1}`,
    // Sex and year of birth of a minor stand in the record alone, which takes an approval (LAW-MN-36).
    [
      tx.context.county,
      lo,
      hi,
      query.name ?? null,
      query.after ?? null,
      Number(countyDate(tx.makers.clock()).slice(0, 4)) - 18,
    ],
  );
  const persons = rows.slice(0, pageOf);
  return { persons, next: rows.length > pageOf ? (persons.at(-1)?.id ?? null) : null };
};
