import type { Makers } from '../deps.js';
import { recordAsOwner } from '../journal/index.js';

/** The owner's connection. */
export interface EraseSql {
  query(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>;
}

/** What stands where something about an erased person stood. */
export const erasedMark = '（已依法删除）';

/** What an erasure changed, or why it may not be done yet. */
export type Erasure =
  | {
      readonly erased: true;
      readonly entries: number;
      readonly matters: number;
    }
  | { readonly erased: false; readonly reason: 'not-found' | 'holds-office' | 'matter-open' };

/**
 * Journal entries that are the person's own: what he told as a resident and what was written down about him. What he did in an office is the
 * office's record and stays for as long as archives must (LAW-VC-39); only his name goes.
 */
const ownEntries = `j.county = $1 and j.erased_at is null and (
    (j.person = $2 and j.kind in ('matter.open', 'matter.act', 'account.change', 'file.add', 'record.change')
      and not exists (select from lx.act a where a.county = j.county and a.id::text = j.private ->> 'act' and a.office_post is not null))
    or (j.kind = 'person.change' and j.private ->> 'person' = $2::text and j.private ->> 'what' is distinct from 'erase'))`;

const ownMatters = `select id from lx.matter where county = $1 and filer = $2 and not on_behalf`;

/**
 * Erases a person 依法删除 (LAW-PI-47): values and seeds of the own journal entries, names, numbers, contact data and log-in, in one transaction, with a
 * journal entry that says that it was done. The leaves stay as they are: without the seed their commitments are values that nobody can
 * link, and every other receipt still verifies. Copies in backups go when the backups do.
 *
 * Refuses while the person holds an office or has a matter that is still open.
 */
export const erasePerson = async (
  owner: EraseSql,
  makers: Makers,
  county: string,
  person: string,
): Promise<Erasure> => {
  await owner.query('begin');
  try {
    const erasure = await eraseIn(owner, makers, county, person);
    await owner.query(erasure.erased ? 'commit' : 'rollback');
    return erasure;
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
};

const eraseIn = async (owner: EraseSql, makers: Makers, county: string, person: string): Promise<Erasure> => {
  const key = [county, person];
  const now = makers.clock();
  const found = await owner.query('select division from lx.person where county = $1 and id = $2 for update', key);
  const division = found.rows[0]?.['division'];
  if (typeof division !== 'string') return { erased: false, reason: 'not-found' };
  const office = await owner.query(
    `select from lx.appointment where county = $1 and person = $2 and (valid_to is null or valid_to > $3::date) limit 1`,
    [...key, now],
  );
  if (office.rows.length > 0) return { erased: false, reason: 'holds-office' };
  const open = await owner.query(`${ownMatters} and state <> 'ended' limit 1`, key);
  if (open.rows.length > 0) return { erased: false, reason: 'matter-open' };

  const entries = await owner.query(
    `update lx.journal_entry j set private = '{}', seed = null, person = null, erased_at = $3 where ${ownEntries}`,
    [...key, now],
  );
  // Words go; ids of choices, days and numbers stay, so that what became of the matter can still be counted.
  await owner.query(
    `update lx.act a set body = (select coalesce(jsonb_object_agg(f.key, case
         when jsonb_typeof(f.value) = 'string' and f.value #>> '{}' !~ '^[a-z0-9-]{1,64}$' then to_jsonb($3::text)
         when jsonb_typeof(f.value) = 'array' then '[]'::jsonb
         else f.value end), '{}') from jsonb_each(a.body) f)
     where a.county = $1 and a.matter in (${ownMatters}) and a.office_post is null`,
    [...key, erasedMark],
  );
  await owner.query(`delete from lx.matter_contact where county = $1 and matter in (${ownMatters})`, key);
  await owner.query(`update lx.matter_place set subject = $3 where county = $1 and matter in (${ownMatters})`, [
    ...key,
    erasedMark,
  ]);
  const matters = await owner.query(
    `update lx.matter set subject = $3, filer = null, receipt_hash = null, confirm_hash = null
     where county = $1 and filer = $2 and not on_behalf`,
    [...key, erasedMark],
  );
  for (const table of ['person_identity', 'household_member', 'inbox_item', 'account'])
    await owner.query(`delete from lx.${table} where county = $1 and person = $2`, key);
  await owner.query('update lx.person set name = $3, sex = null, birth_year = null where county = $1 and id = $2', [
    ...key,
    erasedMark,
  ]);
  await recordAsOwner(owner, makers, county, [
    {
      kind: 'person.change',
      division,
      commitFields: { what: 'erase', person, entries: entries.rowCount ?? 0, matters: matters.rowCount ?? 0 },
    },
  ]);
  return { erased: true, entries: entries.rowCount ?? 0, matters: matters.rowCount ?? 0 };
};
