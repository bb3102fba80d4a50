import type { listSecretBallotsRoute, SecretBallotRow } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { PageHead } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { homeOf, useMe } from '../../app/session.js';
import { Limits } from './limits.js';
import { useBallotWords } from './words.js';

/** Secret ballots of a place (无记名测评): how each stands, and what the method cannot protect from. */
export function SecretBallotsPage() {
  const said = useBallotWords();
  const me = useMe();
  const navigate = useNavigate();
  const { division: asked } = useSearch({ from: '/secret-ballots' });
  const division = asked ?? homeOf(me.data);
  const read = useQuery({
    queryKey: ['secret-ballots', division],
    queryFn: () => call<typeof listSecretBallotsRoute>('get', '/api/secret-ballots', { query: { division } }),
    enabled: division !== '',
  });
  return (
    <>
      <PageHead title={said.title}>
        <p className="quiet">{said.lead}</p>
      </PageHead>
      <p>
        <Button type="primary" onClick={() => void navigate({ to: '/secret-ballots/new', search: { division } })}>
          {said.open}
        </Button>
      </p>
      <Faults error={read.error} />
      <Records<SecretBallotRow>
        caption={said.list}
        rows={read.data?.ballots ?? []}
        loading={read.isLoading}
        keyOf={(row) => row.id}
        empty={said.none}
        columns={[
          {
            title: said.subject,
            main: true,
            render: (row) => (
              <Link to="/secret-ballots/$id" params={{ id: row.id }}>
                {row.title}
              </Link>
            ),
          },
          { title: said.days, render: (row) => `${row.opens} — ${row.closes}` },
          { title: said.entitled, figure: true, render: (row) => row.entitled },
          { title: said.state, render: (row) => said.states[row.state] },
        ]}
      />
      <Limits />
    </>
  );
}
