import type pg from 'pg';
import { capsSetting } from '../../storage/context.js';
import { scopeOf } from '@lianxin/domain';
import { places, type Asker, type Place } from './askers.js';
import { changes } from './sample-values.js';
import { asking, findOf, insertOf, placesOf, sampleRow, statesOf, type Table } from './sample-rows.js';

export const actions = ['read', 'add', 'change', 'remove'] as const;
export type Action = (typeof actions)[number];

/**
 * A function of the test's own that tries statements one by one as whoever asks, undoes each, and says how many rows it reached:
 * `1`, `0`, or the code of the error. A broken key or reference is an `1`: the policy had let the row in before it was looked at.
 */
export const addProbe = async (owner: Pick<pg.ClientBase, 'query'>): Promise<void> => {
  await owner.query(`create schema probe`);
  await owner.query(`create function probe.attempt(statements text[]) returns text[] language plpgsql as $$
    declare said text[] := '{}'; one text; reached bigint;
    begin
      foreach one in array statements loop
        begin
          execute one;
          get diagnostics reached = row_count;
          raise exception using errcode = 'LXOK1', message = reached::text;
        exception
          when sqlstate 'LXOK1' then said := said || sqlerrm;
          when unique_violation or foreign_key_violation or not_null_violation or check_violation then said := said || '1'::text;
          when insufficient_privilege then said := said || '0'::text;
        end;
      end loop;
      return said;
    end $$`);
  await owner.query('grant usage on schema probe to public; grant execute on all functions in schema probe to public');
};

/** The first code after the asker's range belongs to a real village, so that a range one too wide shows. */
const rangeOf = (asker: Asker): { lo: string; hi: string } => {
  if (asker.level === 'village') return { lo: places['same-village'], hi: places['other-village'] };
  return scopeOf(asker.level === 'township' ? places['own-township'] : places['own-county']);
};

/** Makes the transaction the asker's. */
const enterAs = async (client: pg.ClientBase, asker: Asker, caps: readonly string[]): Promise<void> => {
  const { lo, hi } = rangeOf(asker);
  const uid = ['rt_office', 'rt_resident'].includes(asker.role) ? asking : '';
  await client.query(
    `select set_config('lx.county', $1, true), set_config('lx.uid', $2, true), set_config('lx.lo', $3, true),
       set_config('lx.hi', $4, true), set_config('lx.caps', $5, true), set_config('role', $6, true)`,
    [places.self.slice(0, 6), uid, lo, hi, capsSetting(caps), asker.role],
  );
};

interface Question {
  readonly action: Action;
  readonly state: string;
  readonly place: Place;
  readonly statement: string;
}

/** Everything that is asked about a table. A column that is changed keeps its value: only whether it may be is asked. */
export const questionsAbout = (table: Table, changeable: string | undefined): readonly Question[] =>
  statesOf(table).flatMap((state) =>
    placesOf(table).flatMap((place) => {
      const row = sampleRow(table, place, state);
      const find = findOf(table, row);
      const ask = (action: Action, statement: string): Question => ({ action, state, place, statement });
      const column = changeable ?? table.columns[0]?.name;
      const changed = changes[table.name] ?? `${column} = ${column}`;
      return [
        ask('read', `select 1 from lx.${table.name} where ${find}`),
        ask('add', insertOf(table, row)),
        ask('change', `update lx.${table.name} set ${changed} where ${find}`),
        ask('remove', `delete from lx.${table.name} where ${find}`),
      ];
    }),
  );

/** Which places an asker reaches, by action and state: `read -` → places. */
export const probe = async (
  client: pg.ClientBase,
  questions: readonly Question[],
  asker: Asker,
  caps: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<Place>>> => {
  await client.query('savepoint asking');
  try {
    await enterAs(client, asker, caps);
    const { rows } = await client.query<{ said: string[] }>('select probe.attempt($1) as said', [
      questions.map((one) => one.statement),
    ]);
    const found = new Map<string, Set<Place>>();
    questions.forEach((one, at) => {
      const key = `${one.action} ${one.state}`;
      const places = found.get(key) ?? new Set<Place>();
      found.set(key, places);
      if (rows[0]?.said[at] === '1') places.add(one.place);
    });
    return found;
  } finally {
    await client.query('rollback to savepoint asking');
  }
};

/** A column of each table that some runtime role may change, so that a change is asked for where it could be. */
export const changeableColumns = async (
  owner: Pick<pg.ClientBase, 'query'>,
  role: string,
): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await owner.query<{ name: string; column: string }>(
    `select table_name as name, min(column_name::text) as column from information_schema.role_column_grants
     where table_schema = 'lx' and privilege_type = 'UPDATE' and grantee = $1 group by table_name`,
    [role],
  );
  return new Map(rows.map((row) => [row.name, row.column]));
};
