import type { readSecretBallotRoute, SecretBallotDetail } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Bars } from '../../app/bars.js';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { Loading, PageHead } from '../../app/page-head.js';
import { Limits } from './limits.js';
import { Roll } from './roll.js';
import { Sheets } from './sheets.js';
import { CloseBox, Publish } from './steps.js';
import './secret-ballots.css';
import { useBallotWords } from './words.js';

/** One secret ballot as its organiser sees it: what was given out, the paper, closing, opening; before the box is closed nothing of what came in. */
export function SecretBallotPage() {
  const { id } = useParams({ from: '/secret-ballots/$id' });
  const read = useQuery({
    queryKey: ['secret-ballots', 'one', id],
    queryFn: () => call<typeof readSecretBallotRoute>('get', '/api/secret-ballots/{id}', { params: { id } }),
  });
  if (read.isPending) return <Loading />;
  if (read.isError) return <Faults error={read.error} />;
  return <Ballot ballot={read.data} />;
}

const groupsOf = (name: string): string => (name.slice(0, 32).match(/.{4}/g) ?? []).join(' ');

function Ballot({ ballot }: { readonly ballot: SecretBallotDetail }) {
  const said = useBallotWords();
  const county = ballot.division.slice(0, 6);
  const manifest = `data:application/json,${encodeURIComponent(JSON.stringify(ballot.manifest))}`;
  const { online, paper } = ballot.given;
  const none = ballot.roll.filter((line) => line.channel === 'none').length;
  return (
    <>
      <PageHead title={ballot.title}>
        <p className="quiet">{said.states[ballot.state]}</p>
      </PageHead>
      <section className="panel">
        <dl className="pairs">
          <div>
            <dt>{said.days}</dt>
            <dd>
              {ballot.manifest.tokensFrom} → {ballot.opens} → {ballot.closes}
            </dd>
          </div>
          <div>
            <dt>{said.number}</dt>
            <dd>
              <code>{groupsOf(ballot.name)}</code>
            </dd>
          </div>
          <div>
            <dt>{said.log}</dt>
            <dd>{said.logged[ballot.logged]}</dd>
          </div>
          <div>
            <dt>{said.returned}</dt>
            <dd>{ballot.returned ?? said.hidden}</dd>
          </div>
        </dl>
        <Bars
          title={said.given}
          tone="good"
          bars={[
            { key: 'online', label: said.online, count: online, of: ballot.entitled },
            { key: 'paper', label: said.paper, count: paper, of: ballot.entitled },
            { key: 'none', label: said.rest, count: none, of: ballot.entitled },
          ]}
        />
        <p className="ballot-links">
          <a href={`/ballot/${county}/${ballot.id}`}>{said.page}</a>
          <a href={`/v/${ballot.division}/ballots/${ballot.id}/poster.pdf`} target="_blank" rel="noreferrer">
            {said.poster}
          </a>
          <a href={manifest} download={`manifest-${ballot.id}.json`}>
            {said.manifest}
          </a>
          <Link to="/matters/$id" params={{ id: ballot.matter }}>
            {said.matter}
          </Link>
        </p>
      </section>
      {ballot.results === null ? null : <Results ballot={ballot} county={county} />}
      {ballot.state === 'closed' ? <Publish ballot={ballot} /> : null}
      {ballot.state === 'open' ? <Sheets ballot={ballot} /> : null}
      {ballot.state === 'open' ? <CloseBox ballot={ballot} /> : null}
      <Roll ballot={ballot} />
      <Limits />
    </>
  );
}

function Results({ ballot, county }: { readonly ballot: SecretBallotDetail; readonly county: string }) {
  const said = useBallotWords();
  return (
    <section className="panel">
      <h2>{said.results}</h2>
      {ballot.manifest.questions.map(({ id, title, choices }) => {
        const result = ballot.results?.[id];
        return result !== undefined && 'counts' in result ? (
          <div key={id}>
            <Bars
              title={title}
              tone="good"
              bars={[...choices, ''].map((choice) => ({
                key: choice,
                label: choice === '' ? said.abstain : (ballot.manifest.labels?.[choice] ?? choice),
                count: result.counts[choice] ?? 0,
                of: result.valid,
              }))}
            />
            {result.invalid === 0 ? null : (
              <p className="quiet">
                {said.invalid} {result.invalid}
              </p>
            )}
          </div>
        ) : (
          <p key={id}>
            {title}：{said.suppressed}
          </p>
        );
      })}
      <p>
        <a href={`/api/public-ballots/${county}/${ballot.id}/file`}>{said.file}</a>
      </p>
      <p className="quiet">
        {said.check}：<code>lianxin verify ballot ballot-{ballot.id}.json --key KEY</code>
      </p>
    </section>
  );
}
