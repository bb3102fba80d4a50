import type { MatterDetail } from '@lianxin/contract';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { Value } from './content.js';

/** Each act as it was done (办理记录), oldest first: the record that every figure here is derived from. */
export function History({ matter }: { readonly matter: MatterDetail }) {
  const { words, language, term } = useLanguage();
  return (
    <section className="panel">
      <h2>{words.matters.history}</h2>
      <ol className="timeline">
        {matter.acts.map((act) => (
          <li key={act.seq}>
            <p>
              <strong>{term(act.title)}</strong>{' '}
              {act.stageTitle === null || act.stageTitle === act.title ? null : (
                <span className="quiet">{term(act.stageTitle)}</span>
              )}{' '}
              <time dateTime={act.occurredAt}>{moment(act.occurredAt, language)}</time>
              {act.lateEntry ? (
                <abbr className="provisional" title={moment(act.recordedAt, language)}>
                  {words.matters.lateEntry}
                </abbr>
              ) : null}
            </p>
            <p className="quiet">
              {[act.by.name, act.by.post, act.by.body].filter(Boolean).join(' · ') || words.matters.actors[act.by.kind]}
              {act.onBehalfOf === null ? null : ` · ${act.onBehalfOf}`}
            </p>
            {act.fields.length === 0 ? null : (
              <dl className="pairs">
                {act.fields.map((field) => (
                  <div key={field.id}>
                    <dt>{term(field.title)}</dt>
                    <dd>
                      <Value field={field} />
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
