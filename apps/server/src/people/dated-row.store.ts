import { fault } from '@lianxin/domain';
import type { Tx } from '../storage/transaction.js';
import { found, refuseIf } from './carry-out.js';

/** The registers whose rows are added and ended alike; every row has county, id, division and a period of validity. */
export type DatedTable =
  | 'person'
  | 'body'
  | 'body_link'
  | 'place'
  | 'service_room'
  | 'grid'
  | 'grid_party_group'
  | 'duty_contact'
  | 'establishment'
  | 'appointment'
  | 'party_membership'
  | 'village_standing'
  | 'organisation'
  | 'organisation_link'
  | 'convenience_station'
  | 'office_management'
  | 'household'
  | 'grid_household'
  | 'contact_assignment';

/** The other registers of people: rows that are added once and not ended. */
type OtherTable = 'service_room_task' | 'contact_visit' | 'contact_need' | 'field_act' | 'household_member';

type Value = string | number | boolean | null | undefined;

/** Adds a row with the county of the context and the server's time; absent values are left to the table's defaults. */
export const addRow = async (
  tx: Tx,
  table: DatedTable | OtherTable,
  row: Readonly<Record<string, Value>>,
): Promise<void> => {
  const full = { county: tx.context.county, ...row, recorded_at: tx.makers.clock() };
  const given = Object.entries(full).filter(([, value]) => value !== undefined);
  const columns = given.map(([column]) => column).join(', ');
  const holders = given.map((_, at) => `$${at + 1}`).join(', ');
  await tx.run(
    `insert into lx.${table} (${columns}) values (${holders})`,
    given.map(([, value]) => value),
  );
};

/** Adds a row under a new id and gives the id. */
export const addNew = async (
  tx: Tx,
  table: DatedTable | 'service_room_task' | 'contact_visit' | 'field_act',
  row: Readonly<Record<string, Value>>,
): Promise<string> => {
  const id = tx.makers.newId();
  await addRow(tx, table, { id, ...row });
  return id;
};

/**
 * Ends a row on a day, which becomes the first day on which it no longer holds; on the day it began, it never held.
 * Refuses `already-done` when it has ended, `period-reversed` when it would end before it began, `not-found` when it is not in range.
 */
export const endRow = async (tx: Tx, table: DatedTable, id: string, on: string): Promise<void> => {
  const row = found(
    await tx.first<{ from: string; to: string | null }>(
      `select valid_from::text as from, valid_to::text as to from lx.${table} where county = $1 and id = $2`,
      [tx.context.county, id],
    ),
  );
  refuseIf(row.to === null ? undefined : fault('already-done'));
  refuseIf(on >= row.from ? undefined : fault('period-reversed', { from: row.from, to: on }));
  const ended = await tx.run(
    `update lx.${table} set valid_to = $3 where county = $1 and id = $2 and valid_to is null`,
    [tx.context.county, id, on],
  );
  refuseIf(ended === 1 ? undefined : fault('not-found'));
};

/**
 * Adds a row to the register in place of the one that runs for the same thing, which ends on the new row's first day; gives the new id.
 * `same` names the columns by which the two are about the same thing; whoever calls decides alone about it.
 */
export const supersedeRow = async (
  tx: Tx,
  table: DatedTable,
  same: readonly string[],
  row: Readonly<Record<string, Value>> & { readonly valid_from: string },
): Promise<string> => {
  const before = await tx.first<{ id: string }>(
    `select id from lx.${table} where county = $1 and valid_to is null ${same.map((column, at) => `and ${column} = $${at + 2}`).join(' ')}`,
    [tx.context.county, ...same.map((column) => row[column])],
  );
  if (before !== undefined) await endRow(tx, table, before.id, row.valid_from);
  return addNew(tx, table, row);
};

/**
 * Ends what somebody asks to end. On the day it began this withdraws a mistaken entry 登记有误, for which it refuses `ended-as-it-began` without a
 * reason; else as `endRow`.
 */
export const endOnDemand = async (
  tx: Tx,
  table: DatedTable,
  { id, on, reason }: { readonly id: string; readonly on: string; readonly reason?: string | undefined },
): Promise<void> => {
  const begun = await tx.first<{ from: string }>(
    `select valid_from::text as from from lx.${table} where county = $1 and id = $2 and valid_from = $3::date and valid_to is null`,
    [tx.context.county, id, on],
  );
  refuseIf(begun === undefined || reason !== undefined ? undefined : fault('ended-as-it-began', begun));
  await endRow(tx, table, id, on);
};

/** Lets one command at a time decide about a thing, so that two that each see room do not both take it. */
export const decideAlone = async (tx: Tx, thing: string): Promise<void> => {
  await tx.rows('select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || $2, 1))', [tx.context.county, thing]);
};

/** Whether a row holds on a day: SQL for the alias, with the day as the numbered parameter. */
export const holdsOn = (alias: string, parameter: number): string =>
  `${alias}.valid_from <= $${parameter}::date and (${alias}.valid_to is null or ${alias}.valid_to > $${parameter}::date)`;
