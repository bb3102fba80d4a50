import type { WaitingVote, waitingVotesRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { Empty } from '../../app/page-head.js';
import './meetings.css';
import { useMeetingWords } from './words.js';

/** The votes that matters of a place wait for. */
export const useWaitingVotes = (division: string, matter?: string) =>
  useQuery({
    queryKey: ['waiting-votes', division, matter ?? ''],
    queryFn: () =>
      call<typeof waitingVotesRoute>('get', '/api/divisions/{code}/waiting-votes', {
        params: { code: division },
        query: matter === undefined ? {} : { matter },
      }),
    enabled: division !== '',
  });

function Vote({ vote }: { readonly vote: WaitingVote }) {
  const said = useMeetingWords();
  const barred = vote.faults.filter((fault) => fault.code !== 'wrong-convener');
  return (
    <li>
      <p>
        <Link to="/matters/$id" params={{ id: vote.matter }}>
          {vote.subject}
        </Link>{' '}
        <span className="quiet">{vote.number}</span>
      </p>
      <p>
        <strong>{vote.title}</strong> · {vote.body}
        <span className="quiet">
          （{[vote.attendance, vote.approval].filter((part) => part !== null).join('；')}
          {vote.notice === null ? '' : `；${said.notice} ${vote.notice}`}）
        </span>
      </p>
      {vote.demand === null ? null : (
        <p>
          <strong>{said.mustCall(vote.demand.by, vote.convener)}</strong>
          <span className="quiet">（{vote.demand.source.join('、')}）</span>
        </p>
      )}
      {barred.map((fault) => (
        <p key={fault.code} className="quiet" data-fault={fault.code}>
          {fault.what} {fault.cure}
        </p>
      ))}
      {vote.mine && barred.length === 0 ? (
        <p>
          <Link
            className="button strong"
            to="/meetings/new"
            search={{ division: vote.division, roll: vote.roll, matter: vote.matter }}
          >
            {said.call}
          </Link>
        </p>
      ) : vote.mine ? null : (
        <p className="quiet">{said.notMine(vote.convener)}</p>
      )}
    </li>
  );
}

/** Matters that wait for a vote (待表决), each with its body, its figures, and the button that calls the meeting. */
export function WaitingVotes({ division, matter }: { readonly division: string; readonly matter?: string }) {
  const said = useMeetingWords();
  const waiting = useWaitingVotes(division, matter);
  const votes = waiting.data?.votes ?? [];
  if (matter !== undefined && votes.length === 0) return null;
  return (
    <section className="panel no-print" aria-label={said.waiting}>
      <h2>{said.waiting}</h2>
      <Faults error={waiting.error} />
      {waiting.isSuccess && votes.length === 0 ? <Empty text={said.noWaiting} /> : null}
      <ul className="plain">
        {votes.map((vote) => (
          <Vote key={`${vote.matter} ${vote.stage}`} vote={vote} />
        ))}
      </ul>
    </section>
  );
}
