import { Link, useParams } from '@tanstack/react-router';
import { useLanguage } from '../../app/language.js';
import { PageHead } from '../../app/page-head.js';
import { Distribution } from './distribution.js';
import { FieldActs } from './field-acts.js';
import { Households } from './households.js';

const parts = ['households', 'acts', 'distribution'] as const;
type Part = (typeof parts)[number];

/** Visits and field work (走访与服务), made for a phone in one hand: my households, what I did in five roles, the branch's picture. */
export function FieldPage() {
  const { words } = useLanguage();
  const { part: asked } = useParams({ strict: false });
  const part: Part = parts.find((one) => one === asked) ?? 'households';
  return (
    <>
      <PageHead title={words.field[part]} />
      <nav aria-label={words.nav.field} className="tabs">
        {parts.map((name) => (
          <Link
            key={name}
            to="/field/$part"
            params={{ part: name }}
            {...(name === part ? { 'aria-current': 'page' as const } : {})}
          >
            {words.field[name]}
          </Link>
        ))}
      </nav>
      {part === 'households' ? <Households /> : part === 'acts' ? <FieldActs /> : <Distribution />}
    </>
  );
}
