/** Today in county time (UTC+8), as a date: what "in three days" is counted from. */
export const countyToday = (now: number = Date.now()): string =>
  new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);

/** The time of day in the county at a moment, `HH:MM`. */
export const countyClock = (now: number = Date.now()): string =>
  new Date(now + 8 * 3_600_000).toISOString().slice(11, 16);

/** The moment at which a clock in the county shows a time of a day. */
export const momentAt = (day: string, clock: string): string => new Date(`${day}T${clock}:00+08:00`).toISOString();

/** A day so many days away from another. */
export const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
