import { useLanguage } from './language.js';
import { countyToday } from './today.js';

const dayNumber = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000);

/** A due date (时限) in words and colour, with the date itself, and 暂定 where the year's holidays are not announced yet. */
export function Due({
  due,
  overdueDays,
  provisional,
  today = countyToday(),
}: {
  readonly due: string | null;
  readonly overdueDays: number;
  readonly provisional: boolean;
  readonly today?: string;
}) {
  const { words } = useLanguage();
  if (due === null) return <span className="due quiet">{words.due.none}</span>;
  const left = dayNumber(due) - dayNumber(today);
  const tone = overdueDays > 0 ? 'late' : left <= 1 ? 'soon' : 'calm';
  const text =
    overdueDays > 0
      ? words.due.overdue(overdueDays)
      : left === 0
        ? words.due.today
        : left < 0
          ? words.due.by(due)
          : words.due.inDays(left);
  return (
    <span className={`due ${tone}`}>
      <time dateTime={due} title={due}>
        {text}
      </time>
      {provisional ? (
        <abbr className="provisional" title={words.due.provisionalHint}>
          {words.due.provisional}
        </abbr>
      ) : null}
    </span>
  );
}
