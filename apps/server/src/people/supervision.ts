import { fault, type Fault } from '@lianxin/domain';
import type { Tx } from '../storage/transaction.js';

/** Committees whose members and near relatives the supervision committee watches. */
const watched = ['villagers-committee', 'residents-committee'];
const watching = 'supervision-committee';

interface Seat {
  readonly name: string;
  readonly body: string;
  readonly own: boolean;
}

/**
 * Why this person may not be a supervisor of a village 回避: who sits on its committee is barred, and so is who lives in one household with
 * somebody who does; the household is what is known of kinship here, nearer relatives elsewhere are for the meeting to know.
 * Undefined for every other body.
 */
export const supervisionFault = async (
  tx: Tx,
  body: { readonly kind: string; readonly division: string },
  person: { readonly id: string; readonly name: string },
  on: string,
): Promise<Fault | undefined> => {
  if (body.kind !== watching) return undefined;
  const source = { source: ['LAW-VC-37b'] };
  const seat = await tx.first<Seat & Record<string, unknown>>(
    `select a.holder_name as name, b.name as body, a.person = $3 as own
     from lx.appointment a join lx.body b on b.county = a.county and b.id = a.body
     where a.county = $1 and b.division = $2 and b.kind = any ($4) and (a.valid_to is null or a.valid_to > $5::date)
       and (a.person = $3 or exists (
         select from lx.household_member mine join lx.household_member theirs
           on theirs.county = mine.county and theirs.household = mine.household
         where mine.county = a.county and mine.person = $3 and theirs.person = a.person
           and (mine.valid_to is null or mine.valid_to > $5::date) and (theirs.valid_to is null or theirs.valid_to > $5::date)))
     order by own desc, a.id limit 1`,
    [tx.context.county, body.division, person.id, watched, on],
  );
  if (seat === undefined) return undefined;
  return seat.own
    ? fault('supervisor-barred', { name: person.name, body: seat.body }, source)
    : fault('supervisor-relative', { name: person.name, of: seat.name }, source);
};
