import type { Language } from '../components/language.js';

/** How a moment is shown: words for people, the exact value for machines. */
export interface ShownTime {
  readonly text: string;
  readonly exact: string;
}

const zone = 'Asia/Shanghai';
const locales = { 'zh-CN': 'zh-CN', en: 'en-GB' } as const;

const dayFormat = (language: Language): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locales[language], { timeZone: zone, year: 'numeric', month: 'long', day: 'numeric' });

const momentFormat = (language: Language): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locales[language], {
    timeZone: zone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });

/** A day (`YYYY-MM-DD`) in words; read as a day of the county, whatever the server's own zone. */
export const showDay = (day: string, language: Language): ShownTime => ({
  text: dayFormat(language).format(new Date(`${day}T12:00:00+08:00`)),
  exact: day,
});

/** A moment in county time. */
export const showMoment = (instant: string, language: Language): ShownTime => ({
  text: momentFormat(language).format(new Date(instant)),
  exact: instant,
});

/** Only the day of a moment, in county time. */
export const showDayOf = (instant: string, language: Language): ShownTime => ({
  text: dayFormat(language).format(new Date(instant)),
  exact: instant,
});
