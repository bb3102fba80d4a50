import type { closeSecretBallotRoute, publishSecretBallotRoute, SecretBallotDetail } from '@lianxin/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useMeetingCommand } from '../meetings/on-meeting.js';
import { useBallotWords } from './words.js';

/** Closing the box (封箱): possible after the last day. */
export function CloseBox({ ballot }: { readonly ballot: SecretBallotDetail }) {
  const said = useBallotWords();
  const [provisional, setProvisional] = useState('');
  const closing = useMeetingCommand((input: { provisionalCounted: number }, commandId) =>
    call<typeof closeSecretBallotRoute>('post', '/api/secret-ballots/{id}/close', {
      params: { id: ballot.id },
      json: input,
      commandId,
    }),
  );
  const waits = ballot.roll.some((line) => line.channel === 'provisional');
  return (
    <section className="panel">
      <h2>{said.close}</h2>
      <p className="quiet">{said.closeLead}</p>
      <Faults error={closing.error} />
      {waits ? (
        <div className="field">
          <label htmlFor="close-provisional">{said.provisional}</label>
          <input
            id="close-provisional"
            type="number"
            min={0}
            value={provisional}
            onChange={(event) => setProvisional(event.target.value)}
          />
        </div>
      ) : null}
      <p>
        <Button
          type="primary"
          loading={closing.isPending}
          onClick={() => closing.mutate({ provisionalCounted: Number(provisional) || 0 })}
        >
          {said.close}
        </Button>
      </p>
    </section>
  );
}

/** Opening (开票公布): two trustees enter their own keys; where too few came back nobody is asked for one. */
export function Publish({ ballot }: { readonly ballot: SecretBallotDetail }) {
  const said = useBallotWords();
  const [keys, setKeys] = useState<readonly string[]>(['', '', '']);
  const publishing = useMeetingCommand((input: { keys: { trustee: number; key: string }[] }, commandId) =>
    call<typeof publishSecretBallotRoute>('post', '/api/secret-ballots/{id}/publish', {
      params: { id: ballot.id },
      json: input,
      commandId,
    }),
  );
  const given = keys.flatMap((key, trustee) => (key.trim() === '' ? [] : [{ trustee, key: key.trim() }])).slice(0, 2);
  const may = ballot.mayOpen === true;
  return (
    <section className="panel">
      <h2>{may ? said.publish : said.withhold}</h2>
      <p className="quiet">{may ? said.publishLead : said.withholdLead}</p>
      <Faults error={publishing.error} />
      {may
        ? keys.map((key, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- trustees are known by their number
            <div className="field" key={at}>
              <label htmlFor={`publish-key-${at}`}>{said.key(at + 1)}</label>
              <input
                id={`publish-key-${at}`}
                type="password"
                autoComplete="off"
                maxLength={43}
                value={key}
                onChange={(event) => setKeys(keys.map((one, n) => (n === at ? event.target.value : one)))}
              />
            </div>
          ))
        : null}
      <p>
        <Button
          type="primary"
          loading={publishing.isPending}
          onClick={() => publishing.mutate({ keys: may ? given : [] })}
        >
          {may ? said.publish : said.withhold}
        </Button>
      </p>
    </section>
  );
}
