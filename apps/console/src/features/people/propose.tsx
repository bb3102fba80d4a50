import type { proposeAppointmentRoute } from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { usePeopleWords } from './words.js';

/** A post that administers is not given by one alone: the same entry becomes a proposal (提名), which somebody else confirms. */
export function Propose({
  proposal,
}: {
  readonly proposal: {
    readonly person: string;
    readonly post: string;
    readonly body: string;
    readonly validFrom: string;
  };
}) {
  const said = usePeopleWords();
  const [commandId] = useState(newCommandId);
  const propose = useMutation({
    mutationFn: () =>
      call<typeof proposeAppointmentRoute>('post', '/api/appointment-proposals', { json: proposal, commandId }),
  });
  return (
    <>
      <Faults error={propose.error} />
      {propose.isSuccess ? (
        <p role="status">
          {said.proposed} <Link to="/approvals">{said.toApprovals}</Link>
        </p>
      ) : (
        <p>
          <Button onClick={() => propose.mutate()} loading={propose.isPending}>
            {said.propose}
          </Button>
        </p>
      )}
    </>
  );
}
