import type { RuleChange } from '@lianxin/contract';
import { usePackWords } from './words.js';
import './policy-packs.css';

/** Old and new of a pack in prose (新旧对照), section by section. */
export function Changes({ changes }: { readonly changes: readonly RuleChange[] }) {
  const said = usePackWords();
  if (changes.length === 0) return <p className="quiet">{said.same}</p>;
  return changes.map((change) => (
    <section key={change.rule} className="rule-change">
      <h3>{change.from === null ? said.gone(change.title) : said.from(change.title, change.from)}</h3>
      {change.sections.map((section) => (
        <div key={section.under}>
          <h4>{section.under}</h4>
          <dl className="rule-change-texts">
            <Text title={said.before} lines={section.before} />
            <Text title={said.after} lines={section.after} />
          </dl>
        </div>
      ))}
    </section>
  ));
}

function Text({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  const said = usePackWords();
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {lines.length === 0 ? <p className="quiet">{said.nothing}</p> : lines.map((line) => <p key={line}>{line}</p>)}
      </dd>
    </div>
  );
}
