import type { InboxItem } from '@lianxin/contract';
import { Link } from '@tanstack/react-router';
import { Due } from '../../app/due.js';
import { useLanguage } from '../../app/language.js';

/** A list of what waits, each line a link to its matter. Nothing is shown when nothing waits. */
export function InboxItems({
  title,
  items,
  date,
  tone,
}: {
  readonly title: string;
  readonly items: readonly InboxItem[];
  readonly date?: string;
  readonly tone?: string;
}) {
  const { term } = useLanguage();
  if (items.length === 0) return null;
  return (
    <section className={`panel ${tone ?? ''}`} aria-label={title}>
      <h2>
        {title} <span className="count">{items.length}</span>
      </h2>
      <ul className="items">
        {items.map((item) => (
          <li key={item.id}>
            <Link to="/matters/$id" params={{ id: item.matter }}>
              <span className="what">{term(item.what)}</span>
              <span className="subject">{item.subject}</span>
              <span className="quiet">
                {item.divisionName} · <span className="number">{item.number}</span>
              </span>
              <Due
                due={item.due}
                overdueDays={item.overdueDays}
                provisional={item.provisional}
                {...(date === undefined ? {} : { today: date })}
              />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
