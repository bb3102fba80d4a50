import type { DecisionStep, DecisionView, decisionsRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Empty, Loading, PageHead } from '../../app/page-head.js';
import { homeOf, useMe } from '../../app/session.js';
import { useVillages } from '../matters/villages.js';
import './meetings.css';
import { WaitingVotes } from './waiting-votes.js';
import { useMeetingWords } from './words.js';

function Way({ way }: { readonly way: DecisionStep['ways'][number] }) {
  const said = useMeetingWords();
  const { term } = useLanguage();
  const lines = [
    [said.decides, way.body],
    [said.attendance, way.attendance],
    [said.approval, way.approval],
    [said.notice, way.notice],
    [said.posted, way.posted],
    [said.handledBy, way.body === null ? way.by : null],
  ] as const;
  return (
    <div className="way">
      <strong>{term(way.title)}</strong>
      {lines.map(([label, text]) =>
        text === null ? null : (
          <p key={label}>
            <span className="quiet">
              {label}
              {said.colon}
            </span>
            {text}
          </p>
        ),
      )}
      {way.source.length === 0 ? null : (
        <p className="quiet">{`${said.source}${said.colon}${way.source.join('、')}`}</p>
      )}
    </div>
  );
}

/** The steps of one kind of matter, in their order. */
function Steps({ decision }: { readonly decision: DecisionView }) {
  const said = useMeetingWords();
  const { term } = useLanguage();
  return (
    <ol className="steps">
      {decision.steps.map((step, at) => (
        <li key={step.title}>
          <h3>
            <span className="quiet">{said.step(at + 1)}</span> {term(step.title)}
            {step.ways.length > 1 ? <span className="quiet">（{step.together ? said.allOf : said.oneOf}）</span> : null}
          </h3>
          <div className="ways">
            {step.ways.map((way) => (
              <Way key={way.title} way={way} />
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Decisions (议决事项): choose the kind of matter and see which bodies must decide, in which order, with which quorum; then put one forward or call the meeting. */
export function DecisionsPage() {
  const said = useMeetingWords();
  const { words, term } = useLanguage();
  const me = useMe();
  const home = homeOf(me.data);
  const search = useSearch({ from: '/decisions' });
  const navigate = useNavigate({ from: '/decisions' });
  const villages = useVillages(home);
  const division = search.division ?? (home.endsWith('000') ? (villages[0]?.code ?? '') : home);
  const read = useQuery({
    queryKey: ['decisions', division],
    queryFn: () =>
      call<typeof decisionsRoute>('get', '/api/divisions/{code}/decisions', { params: { code: division } }),
    enabled: division !== '',
  });
  // What this person may put forward comes first: it is what they came for.
  const known = (read.data?.decisions ?? []).toSorted((a, b) => Number(b.mayOpen) - Number(a.mayOpen));
  const chosen = known.find((one) => one.procedure === search.procedure) ?? known[0];
  return (
    <>
      <PageHead title={said.decisions}>
        <p className="quiet">{said.decisionsLead}</p>
      </PageHead>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        {villages.length < 2 ? null : (
          <label className="filter">
            {words.matters.place}
            <select
              value={division}
              onChange={(event) => void navigate({ search: (rest) => ({ ...rest, division: event.target.value }) })}
            >
              {villages.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <label className="filter">
          {said.choose}
          <select
            value={chosen?.procedure ?? ''}
            onChange={(event) => void navigate({ search: (rest) => ({ ...rest, procedure: event.target.value }) })}
          >
            {[true, false].map((mine) => {
              const group = known.filter((one) => one.mayOpen === mine);
              return group.length === 0 ? null : (
                <optgroup key={String(mine)} label={mine ? said.mayPut : said.putByOthers}>
                  {group.map((one) => (
                    <option key={one.procedure} value={one.procedure}>
                      {term(one.title)}
                    </option>
                  ))}
                </optgroup>
              );
            })}
          </select>
        </label>
      </form>
      {read.isPending && division !== '' ? <Loading /> : null}
      <Faults error={read.error} />
      {read.isSuccess && chosen === undefined ? <Empty text={said.noDecisions} /> : null}
      {chosen === undefined ? null : (
        <section className="panel" aria-label={chosen.title}>
          <h2>{term(chosen.title)}</h2>
          {chosen.about === null ? null : <p>{chosen.about}</p>}
          {chosen.kinds.length < 2 ? null : (
            <p className="quiet">{chosen.kinds.map((kind) => kind.title).join('、')}</p>
          )}
          <p>
            <span className="quiet">
              {said.opensBy}
              {said.colon}
            </span>
            {chosen.opensBy}
          </p>
          <Steps decision={chosen} />
          <details>
            <summary>{said.drawing}</summary>
            <img
              className="drawing"
              alt={chosen.title}
              src={`data:image/svg+xml;utf8,${encodeURIComponent(chosen.svg)}`}
            />
          </details>
          {chosen.mayOpen ? (
            <p>
              <Link
                className="button strong"
                to="/start"
                search={{ procedure: chosen.procedure, kind: chosen.kinds[0]?.id ?? '', division }}
              >
                {said.open}
              </Link>
            </p>
          ) : (
            <p className="quiet">{said.mayNotOpen(chosen.opensBy)}</p>
          )}
        </section>
      )}
      {division === '' ? null : <WaitingVotes division={division} />}
    </>
  );
}
