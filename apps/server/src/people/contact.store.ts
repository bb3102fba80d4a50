import { clockOffOf, type Instant } from '@lianxin/domain';
import type { Tx } from '../storage/transaction.js';
import { holdsOn } from './dated-row.store.js';

/** A household in range, or the own one. */
export const householdOf = async (tx: Tx, id: string) =>
  tx.first<{ id: string; division: string; takesContact: boolean }>(
    `select id, division, takes_contact as "takesContact" from lx.household where county = $1 and id = $2 and valid_to is null`,
    [tx.context.county, id],
  );

/** The running contact of a household. */
export const contactOf = async (tx: Tx, household: string) =>
  tx.first<{ id: string; member: string; name: string }>(
    `select id, member, contact_name as name from lx.contact_assignment where county = $1 and household = $2 and valid_to is null`,
    [tx.context.county, household],
  );

/** An assignment with its household, whether or not it still runs. */
export const assignmentOf = async (tx: Tx, id: string) =>
  tx.first<{ household: string; division: string; from: string; to: string | null }>(
    `select household, division, valid_from::text as from, valid_to::text as to from lx.contact_assignment where county = $1 and id = $2`,
    [tx.context.county, id],
  );

/** Whether the acting person belongs to a household. */
export const isOwnHousehold = async (tx: Tx, household: string): Promise<boolean> =>
  (await tx.first(
    `select 1 as own from lx.household_member where county = $1 and household = $2 and person = $3 and valid_to is null`,
    [tx.context.county, household, tx.context.uid],
  )) !== undefined;

/** A visit as far as sending its need asks, with the matter it became. */
export const visitOf = async (tx: Tx, id: string) =>
  tx.first<{
    household: string;
    division: string;
    visitor: string;
    need: string | null;
    occurredAt: string;
    matter: string | null;
  }>(
    `select v.household, v.division, v.visitor, v.need, v.occurred_at as "occurredAt", n.matter
     from lx.contact_visit v left join lx.contact_need n on n.county = v.county and n.visit = v.id
     where v.county = $1 and v.id = $2`,
    [tx.context.county, id],
  );

/** The households the acting person belongs to or keeps contact with, each with its contact on a day. */
export const ownHouseholds = async (tx: Tx, on: string) =>
  tx.rows<{
    household: string;
    label: string;
    takesContact: boolean;
    assignment: string | null;
    contactName: string | null;
  }>(
    `select h.id as household, h.label, h.takes_contact as "takesContact", a.id as assignment, a.contact_name as "contactName"
     from lx.household h
     left join lx.contact_assignment a on a.county = h.county and a.household = h.id and ${holdsOn('a', 2)}
     where h.county = $1 and ${holdsOn('h', 2)} and (a.member = $3
       or h.id in (select m.household from lx.household_member m where m.county = $1 and m.person = $3 and m.valid_to is null))
     order by h.division, h.label, h.id limit 500`,
    [tx.context.county, on, tx.context.uid],
  );

/** The visits to some households, newest first, with what each became and the name its visitor was announced by. */
export const visitsTo = async (tx: Tx, households: readonly string[]) => {
  const rows = await tx.rows<{
    id: string;
    household: string;
    occurredAt: Instant;
    need: string | null;
    feedback: string | null;
    visitorName: string | null;
    matter: string | null;
    sentAt: Instant | null;
    recordedAt: Instant;
  }>(
    `select v.id, v.household, v.occurred_at as "occurredAt", v.need, v.feedback, n.matter,
       v.device_sent_at as "sentAt", v.recorded_at as "recordedAt",
       (select a.contact_name from lx.contact_assignment a where a.county = v.county and a.household = v.household and a.member = v.visitor
        order by a.valid_from desc limit 1) as "visitorName"
     from lx.contact_visit v left join lx.contact_need n on n.county = v.county and n.visit = v.id
     where v.county = $1 and v.household = any($2::uuid[]) order by v.occurred_at desc, v.id desc limit 500`,
    [tx.context.county, households],
  );
  return rows.map(({ sentAt, recordedAt, ...visit }) => ({
    ...visit,
    clockOff: sentAt === null ? null : clockOffOf({ notedAt: visit.occurredAt, sentAt, receivedAt: recordedAt }),
  }));
};
