import { hostileValues } from './hostile.js';

/** One way in which a good value is broken at one place 改坏. */
export interface Spoiling {
  readonly kind: 'replace' | 'drop' | 'add' | 'wrap';
  /** Which place, counted through the whole value; wraps around. */
  readonly at: number;
  readonly value: number;
}

type Place = readonly (string | number)[];

const placesOf = (value: unknown, here: Place = []): Place[] => {
  const inside = Array.isArray(value)
    ? value.slice(0, 20).flatMap((one, at) => placesOf(one, [...here, at]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, one]) => placesOf(one, [...here, key]))
      : [];
  return [here, ...inside];
};

const changeAt = (value: unknown, [key, ...rest]: Place, change: (old: unknown) => unknown): unknown => {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) return value.map((one: unknown, at) => (at === key ? changeAt(one, rest, change) : one));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, one]) => [name, name === key ? changeAt(one, rest, change) : one]),
  );
};

const without = (value: unknown, place: Place): unknown => {
  const key = place.at(-1);
  return changeAt(value, place.slice(0, -1), (old) =>
    Array.isArray(old)
      ? old.filter((_, at) => at !== key)
      : Object.fromEntries(Object.entries(old as object).filter(([name]) => name !== key)),
  );
};

/** The value with one thing wrong. */
export const spoil = (value: unknown, { kind, at, value: which }: Spoiling): unknown => {
  const places = placesOf(value);
  const place = places[at % places.length] ?? [];
  const hostile = hostileValues[which % hostileValues.length];
  if (kind === 'drop' && place.length > 0) return without(value, place);
  if (kind === 'wrap') return changeAt(value, place, (old) => [old]);
  if (kind === 'add')
    return changeAt(value, place, (old) =>
      typeof old === 'object' && old !== null && !Array.isArray(old)
        ? { ...old, [`extra${which % 3}`]: hostile }
        : hostile,
    );
  return changeAt(value, place, () => hostile);
};
