import type { FirstSteps, firstStepsRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { Loading, PageHead } from '../../app/page-head.js';
import { usePeopleWords } from './words.js';
import './people.css';

/** The five first steps of a new county (开始使用), in order, each with what there is of it and the way to it. */
export function FirstStepsPage() {
  const said = usePeopleWords();
  const read = useQuery({
    queryKey: ['first-steps'],
    queryFn: () => call<typeof firstStepsRoute>('get', '/api/first-steps', {}),
  });
  const steps = (have: FirstSteps) =>
    [
      { id: 'divisions', text: said.have.divisions(have.villages), done: have.villages > 0, to: null },
      { id: 'people', text: said.have.people(have.persons), done: have.persons > 2, to: '/imports' },
      { id: 'repair', text: null, done: have.persons > 2, to: '/imports' },
      { id: 'posts', text: said.have.posts(have.bodies, have.terms), done: have.terms > 2, to: '/people' },
      {
        id: 'logIns',
        text: said.have.logIns(have.logIns, have.holders),
        done: have.holders > 2 && have.logIns >= have.holders,
        to: '/log-ins',
      },
    ] as const;
  return (
    <>
      <PageHead title={said.firstSteps}>
        <p className="quiet">{said.firstStepsLead}</p>
      </PageHead>
      {read.isPending ? <Loading /> : null}
      <Faults error={read.error} />
      {read.data === undefined ? null : (
        <ol className="first-steps">
          {steps(read.data).map(({ id, text, done, to }) => (
            <li key={id} className={done ? 'done' : ''}>
              <h2>{said.steps[id]}</h2>
              <p>
                <strong>{done ? said.done : said.todo}</strong>
                {text === null ? null : ` · ${text}`}
              </p>
              <p className="quiet">{said.stepHelp[id]}</p>
              {to === null ? null : (
                <Link className="button" to={to}>
                  {said.go}：{said.steps[id]}
                </Link>
              )}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
