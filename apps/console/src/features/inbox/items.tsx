import type { InboxItem } from '@lianxin/contract';
import { Link } from '@tanstack/react-router';
import { Due } from '../../app/due.js';
import { useLanguage } from '../../app/language.js';

/** What waits, once for each matter: a task and the reminder of it are one thing to do. */
const byMatter = (items: readonly InboxItem[]) => {
  const found = new Map<string, { item: InboxItem; whats: string[] }>();
  for (const item of items) {
    const known = found.get(item.matter);
    if (known === undefined) found.set(item.matter, { item, whats: [item.what] });
    else if (!known.whats.includes(item.what)) known.whats.push(item.what);
  }
  return [...found.values()];
};

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
  const matters = byMatter(items);
  return (
    <section className={`panel ${tone ?? ''}`} aria-label={title}>
      <h2>
        {title} <span className="count">{matters.length}</span>
      </h2>
      <ul className="items">
        {matters.map(({ item, whats }) => (
          <li key={item.id}>
            <Link to="/matters/$id" params={{ id: item.matter }}>
              <span className="subject">{item.subject}</span>
              <span className="what">{whats.map(term).join('；')}</span>
              <span className="quiet where">
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
