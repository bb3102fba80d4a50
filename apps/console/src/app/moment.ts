/** A moment in county time (UTC+8), to the minute; the same wherever the machine stands. In English the month is written out: 11/12 is read in two ways. */
export function moment(instant: string, language: string): string {
  const english = language === 'en';
  return new Intl.DateTimeFormat(english ? 'en-GB' : language, {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: english ? 'short' : '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(new Date(instant));
}
