import { Link, useParams } from '@tanstack/react-router';
import { useLanguage } from '../../app/language.js';
import { PageHead } from '../../app/page-head.js';
import { Distribution } from './distribution.js';
import { FieldActs } from './field-acts.js';
import { Households } from './households.js';
import { OutboxPage } from './outbox-page.js';
import { usePocket } from './pocket/use-pocket.js';
import { usePocketWords } from './words.js';

const parts = ['households', 'outbox', 'acts', 'distribution'] as const;
type Part = (typeof parts)[number];

const pages = { households: Households, outbox: OutboxPage, acts: FieldActs, distribution: Distribution } as const;

/** Visits and field work (走访与服务), made for a phone in one hand: my households, what I did in five roles, the branch's picture. */
export function FieldPage() {
  const { words } = useLanguage();
  const { part: asked } = useParams({ strict: false });
  const pocket = usePocketWords();
  const { status } = usePocket();
  const carries = status === 'locked' || status === 'open';
  const titles = { ...words.field, outbox: pocket.outbox };
  const part: Part = parts.find((one) => one === asked) ?? 'households';
  const Part = pages[part];
  return (
    <>
      <PageHead title={titles[part]} />
      <nav aria-label={words.nav.field} className="tabs">
        {parts
          .filter((name) => name !== 'outbox' || carries || part === name)
          .map((name) => (
            <Link
              key={name}
              to="/field/$part"
              params={{ part: name }}
              {...(name === part ? { 'aria-current': 'page' as const } : {})}
            >
              {titles[name]}
            </Link>
          ))}
      </nav>
      <Part />
    </>
  );
}
