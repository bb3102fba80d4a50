import type { FieldValue, MatterDetail } from '@lianxin/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLanguage } from '../../app/language.js';

/** A value as it is read: attachments as links, everything else as its text. */
export function Value({ field }: { readonly field: { type: string; value: FieldValue | null; text: string } }) {
  const { words, term } = useLanguage();
  if (field.type !== 'file' && field.type !== 'files') return term(field.text) || words.none;
  const files = Array.isArray(field.value) ? field.value : typeof field.value === 'string' ? [field.value] : [];
  if (files.length === 0) return words.none;
  return files.map((file, index) => (
    <a key={file} className="file" href={`/api/files/${file}`} target="_blank" rel="noreferrer">
      {words.matters.file(index + 1)}
    </a>
  ));
}

const who = (actor: MatterDetail['holder']): string =>
  [actor?.body, actor?.post, actor?.name].filter(Boolean).join(' ');

function Related({ matter }: { readonly matter: MatterDetail }) {
  const { words } = useLanguage();
  if (matter.related.length === 0) return null;
  return (
    <>
      <h3>{words.matters.related}</h3>
      <ul>
        {matter.related.map((other) => (
          <li key={other.id}>
            <Link to="/matters/$id" params={{ id: other.id }}>
              {words.matters.relation[other.relation]}
              {words.colon}
              {other.holderName ?? other.number} {other.subject}
            </Link>{' '}
            <span className="quiet">{words.matters.states[other.state]}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the matter is about (事项内容): the form as it stands, with a word in the place of what this viewer may not see. */
export function Content({ matter }: { readonly matter: MatterDetail }) {
  const { words, term } = useLanguage();
  const pair = (title: string, value: ReactNode) =>
    value === '' || value === null ? null : (
      <div key={title}>
        <dt>{title}</dt>
        <dd>{value}</dd>
      </div>
    );
  return (
    <section className="panel">
      <h2>{words.matters.content}</h2>
      <dl className="pairs">
        {matter.form.map((field) => (
          <div key={field.id}>
            <dt>{term(field.title)}</dt>
            <dd>{field.hidden === null ? <Value field={field} /> : <span className="quiet">{field.hidden}</span>}</dd>
          </div>
        ))}
        {pair(words.matters.places, matter.places.map((place) => place.name).join('、'))}
        {pair(words.matters.channel, words.matters.channels[matter.channel])}
        {pair(words.matters.filer, matter.filer)}
        {pair(words.matters.filedBy, matter.filedBy)}
        {pair(words.matters.firstContact, who(matter.firstContact))}
        {pair(words.matters.holder, who(matter.holder) || matter.holderName || words.none)}
        {pair(words.matters.rating, matter.rating === null ? null : words.matters.stars(matter.rating))}
      </dl>
      <Related matter={matter} />
      {matter.overdueDays > 0 ? (
        <p className="no-print">
          <Link
            to="/start"
            search={{ kind: 'accountability-check', about: matter.id, division: matter.division }}
            className="button"
          >
            {words.matters.openCheck}
          </Link>
        </p>
      ) : null}
    </section>
  );
}
