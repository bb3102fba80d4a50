import { plainDate, type PlainDate } from '../date/index.js';
import { calendarOn, CalendarYear, indexHolidays, StatutoryDays, type Calendar } from './holidays.js';

/**
 * The calendar of the tea club 茶友会: a pretend institution on which the kernels are tested, so that no test of a rule depends on a real year's notice.
 *
 * 2026 is loaded: a tea festival on Thursday 9 and Friday 10 April, for which Sunday 12 April is worked, and New Year's Day. 2025 has New Year's Day
 * only. Of 2027 the club's statutes alone are known: New Year's Day and a first-picking day on Monday 5 April.
 */
export const TEA_CLUB_HOLIDAYS = indexHolidays(
  [
    CalendarYear.parse({
      year: 2025,
      source: '茶友会 2025 年放假通知',
      holidays: [{ date: '2025-01-01', name: '元旦' }],
      worked: [],
    }),
    CalendarYear.parse({
      year: 2026,
      source: '茶友会 2026 年放假通知',
      holidays: [
        { date: '2026-01-01', name: '元旦' },
        { date: '2026-04-09', name: '新茶节' },
        { date: '2026-04-10', name: '新茶节' },
        { date: '2026-04-11', name: '新茶节' },
      ],
      worked: ['2026-04-12'],
    }),
  ],
  StatutoryDays.parse({
    source: '茶友会章程第七条',
    fixed: [{ day: '01-01', name: '元旦', inForce: { from: '2020-01-01' } }],
    dated: [{ date: '2027-04-05', name: '开采日' }],
  }),
);

/** The tea club's calendar as seen on a day; 1 March 2026 unless another is given. */
export const teaClubCalendar = (today: PlainDate = plainDate('2026-03-01')): Calendar =>
  calendarOn(TEA_CLUB_HOLIDAYS, today);
