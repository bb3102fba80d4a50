import { countyDate, levelOf, listAncestors, type FieldValues, type Procedure } from '@lianxin/domain';
import { inContext, systemContext } from '../storage/index.js';
import type { MatterDeps } from './act-context.js';

/** Who must never see a matter, and from which division up it may be seen. */
export interface Barring {
  readonly barred: readonly string[] | null;
  readonly division: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** The division at a level above a place, or the place itself when it is that high. */
export const divisionAt = (place: string, level: string): string =>
  [place, ...listAncestors(place)].find((code) => levelOf(code) === level) ?? place;

const levelAboveOf = (level: string): string => (level === 'township' || level === 'county' ? 'county' : 'township');

/** The higher of two levels of handling. */
const higher = (a: string, b: string): string => (a === 'county' || b === 'county' ? 'county' : 'township');

/** Named values of the fields that say whom a matter is about: fields whose id is a relation that bars. */
const accusedNamed = (procedure: Procedure, fields: FieldValues): readonly string[] =>
  (procedure.recuse ?? []).flatMap(({ relation }) => {
    const value = fields[relation];
    return typeof value === 'string' && value !== '' ? [value] : Array.isArray(value) ? value : [];
  });

/** Whether a procedure takes matters about persons: one of its barring relations is asked for in the form. */
const isAboutPersons = (procedure: Procedure): boolean =>
  (procedure.recuse ?? []).some(({ relation }) => procedure.form.some((field) => field.id === relation));

/**
 * Keeps a complaint away from the person complained about and from everybody under him (回避; LAW-XF-30, T9). The matter is
 * seen from the level above his highest office; he himself is barred by name, wherever else he sits. A person named in words is
 * looked up among those who hold an office over the place; nobody found still lifts the matter above the village.
 */
export const barringFor = async (
  deps: MatterDeps,
  county: string,
  procedure: Procedure,
  place: string,
  fields: FieldValues,
): Promise<Barring> => {
  if (!isAboutPersons(procedure)) return { barred: null, division: place };
  const named = accusedNamed(procedure, fields);
  const today = countyDate(deps.clock());
  const offices = await inContext({ ...deps, pool: deps.authPool }, systemContext(county), (tx) =>
    tx.rows<{ person: string; division: string }>('select person, division from lx.accused_offices($1, $2, $3, $4)', [
      county,
      named.filter((one) => uuid.test(one)),
      named.filter((one) => !uuid.test(one)),
      today,
    ]),
  );
  let level = higher('township', procedure.level ?? 'township');
  for (const office of offices) level = higher(level, levelAboveOf(levelOf(office.division)));
  const barred = [...new Set([...named.filter((one) => uuid.test(one)), ...offices.map((one) => one.person)])];
  return { barred, division: divisionAt(place, level) };
};
