import type { MatterDetail, readMatterRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { call } from '../../app/call.js';
import { Due } from '../../app/due.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { Drawing } from './drawing.js';
import { FollowUp } from './follow-up.js';
import { NextActs } from './next-acts.js';

function Form({ matter }: { readonly matter: MatterDetail }) {
  const { words } = useLanguage();
  return (
    <section className="panel">
      <h2>{words.matters.content}</h2>
      <dl className="pairs">
        {matter.form.map((field) => (
          <div key={field.id}>
            <dt>{field.title}</dt>
            <dd>{field.hidden === null ? field.text || words.none : <span className="quiet">{field.hidden}</span>}</dd>
          </div>
        ))}
        <div>
          <dt>{words.matters.firstContact}</dt>
          <dd>{matter.firstContact?.name ?? matter.firstContact?.post ?? words.none}</dd>
        </div>
        <div>
          <dt>{words.matters.holder}</dt>
          <dd>{[matter.holderName, matter.holder?.name].filter(Boolean).join(' · ') || words.none}</dd>
        </div>
        {matter.filedBy === null ? null : (
          <div>
            <dt>{words.matters.filedBy}</dt>
            <dd>{matter.filedBy}</dd>
          </div>
        )}
      </dl>
      {matter.related.length === 0 ? null : (
        <>
          <h3>{words.matters.related}</h3>
          <ul>
            {matter.related.map((other) => (
              <li key={other.id}>
                <Link to="/matters/$id" params={{ id: other.id }}>
                  {other.number} {other.subject}
                </Link>{' '}
                <span className="quiet">
                  {[words.matters.relation[other.relation], words.matters.states[other.state], other.holderName]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Each act as it was done, oldest first: the record that every figure here is derived from. */
function History({ matter }: { readonly matter: MatterDetail }) {
  const { words, language } = useLanguage();
  return (
    <section className="panel">
      <h2>{words.matters.history}</h2>
      <ol className="timeline">
        {matter.acts.map((act) => (
          <li key={act.seq}>
            <p>
              <strong>{act.title}</strong> <time dateTime={act.occurredAt}>{moment(act.occurredAt, language)}</time>
              {act.lateEntry ? (
                <abbr className="provisional" title={moment(act.recordedAt, language)}>
                  {words.matters.lateEntry}
                </abbr>
              ) : null}
            </p>
            <p className="quiet">
              {[act.by.name, act.by.post, act.by.body].filter(Boolean).join(' · ') || words.matters.actors[act.by.kind]}
              {act.onBehalfOf === null ? null : ` · ${words.matters.onBehalfOf} ${act.onBehalfOf}`}
            </p>
            {act.fields.length === 0 ? null : (
              <dl className="pairs">
                {act.fields.map((field) => (
                  <div key={field.id}>
                    <dt>{field.title}</dt>
                    <dd>{field.text}</dd>
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

function Clocks({ matter }: { readonly matter: MatterDetail }) {
  const { words, language } = useLanguage();
  if (matter.clocks.length === 0) return null;
  return (
    <section className="panel">
      <h2>{words.matters.clocks}</h2>
      <ul className="clocks">
        {matter.clocks.map((clock) => (
          <li key={clock.id}>
            <strong>{clock.title}</strong>{' '}
            <Due due={clock.due} overdueDays={clock.overdueDays} provisional={clock.provisional} />
            <span className="quiet">
              {' '}
              {words.matters.from} {moment(clock.from, language)}
            </span>
            {clock.pauses.map((pause) => (
              <p className="quiet" key={pause.from}>
                {words.matters.pausedFor(pause.cause)}：{moment(pause.from, language)} –{' '}
                {pause.to === null ? words.matters.stillPaused : moment(pause.to, language)}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <h3>{words.matters.stations}</h3>
      <ol>
        {matter.stations.map((station) => (
          <li key={station.from}>
            {[station.body, station.post].filter(Boolean).join(' · ') || words.none}{' '}
            <span className="quiet">{moment(station.from, language)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A matter (事项): what it is, where it stands, what may be done next and by whom, and everything that was done. */
export function MatterPage() {
  const { words } = useLanguage();
  const { id } = useParams({ from: '/matters/$id' });
  const matter = useQuery({
    queryKey: ['matter', id],
    queryFn: () => call<typeof readMatterRoute>('get', '/api/matters/{id}', { params: { id } }),
  });
  if (matter.isPending) return <p role="status">{words.loading}</p>;
  if (matter.isError) return <Faults error={matter.error} />;
  const { data } = matter;
  return (
    <>
      <header className="page-head">
        <p className="quiet">
          <Link to="/matters">{words.nav.matters}</Link> / {data.number}
        </p>
        <h1>{data.subject}</h1>
        <p className="row left">
          <span className={`state ${data.state}`}>{words.matters.states[data.state]}</span>
          <span>
            {[data.kindTitle, data.procedureTitle, data.divisionName, data.stageTitle].filter(Boolean).join(' · ')}
          </span>
          {data.state === 'ended' ? null : (
            <Due due={data.due} overdueDays={data.overdueDays} provisional={data.provisional} />
          )}
          {data.lateEntry ? <abbr className="provisional">{words.matters.lateEntry}</abbr> : null}
          <button type="button" className="link no-print" onClick={() => globalThis.print()}>
            {words.print}
          </button>
        </p>
      </header>
      <div className="two">
        <div>
          <NextActs key={data.version} matter={data} />
          <Form matter={data} />
          <History matter={data} />
        </div>
        <div>
          <Clocks matter={data} />
          <FollowUp matter={data} />
          <Drawing drawing={data.drawing} title={data.procedureTitle} hash={data.procedureHash} />
        </div>
      </div>
    </>
  );
}
