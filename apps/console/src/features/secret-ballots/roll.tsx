import type { ballotSlipsRoute, changeChannelRoute, SecretBallotDetail } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { Records } from '../../app/records.js';
import { useMeetingCommand } from '../meetings/on-meeting.js';
import { useBallotWords } from './words.js';

type Line = SecretBallotDetail['roll'][number];

/** The one roll (参与名单): who has tokens or paper; paper is given out here, and nobody gets two. */
export function Roll({ ballot }: { readonly ballot: SecretBallotDetail }) {
  const said = useBallotWords();
  const [slips, setSlips] = useState(false);
  const changing = useMeetingCommand(
    (input: { person: string; change: 'take-paper' | 'surrender' | 'lose-phone' }, commandId) =>
      call<typeof changeChannelRoute>('post', '/api/secret-ballots/{id}/channel', {
        params: { id: ballot.id },
        json: input,
        commandId,
      }),
  );
  const button = (line: Line, change: 'take-paper' | 'surrender' | 'lose-phone', text: string) => (
    <Button key={change} size="small" onClick={() => changing.mutate({ person: line.person, change })}>
      {text}
    </Button>
  );
  return (
    <section className="panel">
      <h2>{said.roll}</h2>
      <Faults error={changing.error} />
      {ballot.state === 'open' ? (
        <p>
          <Button onClick={() => setSlips(!slips)}>{said.slips}</Button>
        </p>
      ) : null}
      {slips ? <Slips id={ballot.id} /> : null}
      <Records<Line>
        caption={said.roll}
        rows={ballot.roll}
        keyOf={(line) => line.person}
        empty=""
        columns={[
          { title: '№', figure: true, render: (line) => line.number },
          { title: said.person, main: true, render: (line) => line.name },
          { title: said.channel, render: (line) => said.channels[line.channel] },
          ...(ballot.state === 'open'
            ? [
                {
                  title: '',
                  render: (line: Line) => (
                    <span className="ballot-links">
                      {line.channel === 'none' ? button(line, 'take-paper', said.give) : null}
                      {line.channel === 'online' ? button(line, 'surrender', said.surrender) : null}
                      {line.channel === 'online' ? button(line, 'lose-phone', said.lose) : null}
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
    </section>
  );
}

function Slips({ id }: { readonly id: string }) {
  const said = useBallotWords();
  const read = useQuery({
    queryKey: ['secret-ballots', 'slips', id],
    queryFn: () => call<typeof ballotSlipsRoute>('get', '/api/secret-ballots/{id}/slips', { params: { id } }),
  });
  return (
    <div className="ballot-slips">
      <Faults error={read.error} />
      <p className="quiet">{said.slipsLead}</p>
      {(read.data?.slips ?? []).map(({ number, name, code }) => (
        <p key={number}>
          {number} {name}
          <br />
          {said.code}：<code>{code}</code>
        </p>
      ))}
    </div>
  );
}
