import type { PlainDate } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';
import type { Member } from './memberships.js';

/** A roll as it was frozen. */
export interface FrozenRoll {
  readonly id: string;
  readonly body: string;
  readonly on: PlainDate;
  readonly frozenAt: string;
  readonly members: readonly Member[];
}

/** Freezes a roll for a meeting: nothing later reaches into it. */
export const freezeRoll = async (
  tx: Tx,
  meeting: { readonly id: string; readonly division: string },
  body: string,
  on: PlainDate,
  members: readonly Member[],
): Promise<void> => {
  const id = tx.makers.newId();
  const { county, uid } = tx.context;
  await tx.run(
    `insert into lx.roll (county, id, division, meeting, body, on_day, frozen_by, frozen_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [county, id, meeting.division, meeting.id, body, on, uid, tx.makers.clock()],
  );
  await tx.run(
    `insert into lx.roll_entry (county, roll, person, division, name, posts, groups, household, added_because)
     select $1, $2, e.person, $3, e.name, array(select jsonb_array_elements_text(e.posts)), array(select jsonb_array_elements_text(e.groups)), e.household, e.because
     from jsonb_to_recordset($4::jsonb) as e (person uuid, name text, posts jsonb, groups jsonb, household uuid, because text)`,
    [
      county,
      id,
      meeting.division,
      JSON.stringify(members.map(({ addedBecause, ...member }) => ({ ...member, because: addedBecause ?? null }))),
    ],
  );
};

/** The frozen roll of a meeting as the context may see it; undefined before it has begun. */
export const frozenRollOf = async (tx: Tx, meeting: string): Promise<FrozenRoll | undefined> => {
  const roll = await tx.first<Omit<FrozenRoll, 'members'>>(
    `select id, body, on_day::text as on, frozen_at as "frozenAt" from lx.roll where county = $1 and meeting = $2`,
    [tx.context.county, meeting],
  );
  if (roll === undefined) return undefined;
  const members = await tx.rows<Member & Record<string, unknown>>(
    `select person, name, posts, groups, household, added_because as "addedBecause" from lx.roll_entry
     where county = $1 and roll = $2 order by person`,
    [tx.context.county, roll.id],
  );
  return { ...roll, members };
};
