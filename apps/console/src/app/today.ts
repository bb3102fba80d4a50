/** Today in county time (UTC+8), as a date: what "in three days" is counted from. */
export const countyToday = (now: number = Date.now()): string =>
  new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);

/** A day so many days away from another. */
export const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
