import type { listMeetingsRoute, MatterDetail } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../app/call.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { WaitingVotes } from './waiting-votes.js';
import { useMeetingWords } from './words.js';

/** The meetings of a matter: the vote it waits for, and those that dealt with it or handed it over, with their minutes and attendance. */
export function MatterMeetings({ matter }: { readonly matter: MatterDetail }) {
  const said = useMeetingWords();
  const { language } = useLanguage();
  const division = matter.division.slice(0, 12);
  const meetings = useQuery({
    queryKey: ['meetings', division, matter.id],
    queryFn: () => call<typeof listMeetingsRoute>('get', '/api/meetings', { query: { division, matter: matter.id } }),
  });
  const rows = meetings.data?.meetings ?? [];
  return (
    <>
      {matter.state === 'open' ? <WaitingVotes division={division} matter={matter.id} /> : null}
      {rows.length === 0 ? null : (
        <section className="panel" aria-label={said.title}>
          <h2>{said.title}</h2>
          <ul className="plain">
            {rows.map((row) => (
              <li key={row.id}>
                <Link to="/meetings/$id" params={{ id: row.id }}>
                  {row.title}
                </Link>{' '}
                <span className="quiet">
                  {moment(row.meetsAt, language)} · {said.states[row.state]}
                </span>
                {row.items
                  .filter((item) => item.matter === matter.id && item.result !== null)
                  .map((item) => (
                    <p key={item.number} className={`result ${item.result}`}>
                      {said.results[item.result as keyof typeof said.results]}
                    </p>
                  ))}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
