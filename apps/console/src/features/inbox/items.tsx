import type { InboxItem } from '@lianxin/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Due } from '../../app/due.js';
import { useDisclosureWords } from '../disclosures/words.js';
import { useNotices } from './notices.js';

/** What a line is about: a matter, a record, or all that a village has not published, which is done on one page. */
const thingOf = ({ id, kind, matter, record, division }: InboxItem): string =>
  matter ?? record ?? (kind === 'disclosure-late' ? `${kind} ${division}` : id);

/** What waits, once for each thing: a task and the reminder of it are one thing to do. */
const byThing = (items: readonly InboxItem[]) => {
  const found = new Map<string, { item: InboxItem; whats: string[] }>();
  for (const item of items) {
    const known = found.get(thingOf(item));
    if (known === undefined) found.set(thingOf(item), { item, whats: [item.what] });
    else if (!known.whats.includes(item.what)) known.whats.push(item.what);
  }
  return [...found.values()];
};

/** Where one goes to do it: the matter, the record that is objected to, or the month-end page of the village whose disclosure is late. */
function ItemLink({ item, children }: { readonly item: InboxItem; readonly children: ReactNode }) {
  if (item.record !== null)
    return (
      <Link to="/records/$id" params={{ id: item.record }}>
        {children}
      </Link>
    );
  return item.matter === null ? (
    <Link to="/disclosures" search={{ division: item.division }}>
      {children}
    </Link>
  ) : (
    <Link to="/matters/$id" params={{ id: item.matter }}>
      {children}
    </Link>
  );
}

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
  const notices = useNotices();
  const said = useDisclosureWords();
  if (items.length === 0) return null;
  const things = byThing(items);
  return (
    <section className={`panel ${tone ?? ''}`} aria-label={title}>
      <h2>
        {title} <span className="count">{things.length}</span>
      </h2>
      <ul className="items">
        {things.map(({ item, whats }) => (
          <li key={item.id}>
            <ItemLink item={item}>
              <span className="subject">{item.matter === null ? notices(whats.slice(0, 1)) : item.subject}</span>
              {item.matter !== null ? (
                <span className="what">{notices(whats)}</span>
              ) : whats.length > 1 ? (
                <span className="what">{said.more(whats.length - 1)}</span>
              ) : null}
              <span className="quiet where">
                {item.divisionName}
                {item.number === '' ? null : (
                  <>
                    {' · '}
                    <span className="number">{item.number}</span>
                  </>
                )}
              </span>
              <Due
                due={item.due}
                overdueDays={item.overdueDays}
                provisional={item.provisional}
                {...(date === undefined ? {} : { today: date })}
              />
            </ItemLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
