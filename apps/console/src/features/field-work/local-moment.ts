import { countyClock, countyToday } from '../../app/today.js';

/** A moment in county time (UTC+8) as a date-and-time field of a form writes it, wherever the phone thinks it is. */
export const localMoment = (now: number = Date.now()): string => `${countyToday(now)}T${countyClock(now)}`;

/** What such a field says, as an instant; now when nothing was chosen. */
export const toInstant = (typed: string, now: number = Date.now()): string =>
  typed === '' ? new Date(now).toISOString() : new Date(`${typed}:00+08:00`).toISOString();
