export { Duration } from '../date/index.js';
export { clockOffOf, latestClaimable, type ClockOff } from './device-clock.js';
export { deadlineOf, isAfterDeadline, isOverdue, type Deadline } from './deadline.js';
export {
  calendarOn,
  CalendarYear,
  findStatutoryDay,
  indexHolidays,
  StatutoryDays,
  type Calendar,
  type Holidays,
} from './holidays.js';
export { findOpenPause, Pause, readClocks, runningMilliseconds, type Clocks } from './pauses.js';
export { fullDaysBetween, latestNoticeDay, waitingPeriodFrom, type WaitingPeriod } from './waiting.js';
export {
  addWorkingDays,
  findHolidayName,
  isWorkingDay,
  workingDayFrom,
  workingDaysBetween,
  type CountedDay,
  type DayStanding,
} from './working-days.js';
export { occurrencesOf, type Occurrence } from './occurrences.js';
export { readRecurrence, Recurrence } from './recurrence.js';
