import type {
  bindLogInRoute,
  closeLogInRoute,
  LogInRow,
  reopenLogInRoute,
  resetSecondFactorRoute,
  unlockLogInRoute,
} from '@lianxin/contract';
import { RefusedError } from '@lianxin/contract/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLogInWords } from './log-in-words.js';

type What = 'closing' | 'reopening' | 'unlocking' | 'second-factor' | 'sign-on';

/** What there is to do about a log-in as it stands now. */
const whatsFor = (standing: NonNullable<LogInRow['standing']>): readonly What[] => [
  ...(standing.lockedUntil === null ? [] : (['unlocking'] as const)),
  standing.closed ? 'reopening' : 'closing',
  ...(standing.secondFactor || standing.passkeys > 0 ? (['second-factor'] as const) : []),
  'sign-on',
];

interface Asked {
  readonly what: What;
  readonly person: string;
  readonly reason: string;
  readonly subject: string;
  readonly commandId: string;
}

const ask = ({ what, person, reason, subject, commandId }: Asked): Promise<unknown> => {
  const input = { params: { person }, json: { reason }, commandId };
  if (what === 'closing') return call<typeof closeLogInRoute>('post', '/api/log-ins/{person}/closing', input);
  if (what === 'reopening') return call<typeof reopenLogInRoute>('post', '/api/log-ins/{person}/reopening', input);
  if (what === 'unlocking') return call<typeof unlockLogInRoute>('post', '/api/log-ins/{person}/unlocking', input);
  if (what === 'sign-on')
    return call<typeof bindLogInRoute>('post', '/api/log-ins/{person}/sign-on', {
      ...input,
      json: { reason, subject },
    });
  return call<typeof resetSecondFactorRoute>('post', '/api/accounts/{person}/second-factor-reset', input);
};

/** Closes, reopens, unlocks, resets or binds a log-in (账号办理), with the reason that the journal keeps. */
export function LogInChanges({ row }: { readonly row: LogInRow }) {
  const said = useLogInWords();
  const client = useQueryClient();
  const whats = row.standing === null ? [] : whatsFor(row.standing);
  const [chosen, setChosen] = useState<What>();
  const [reason, setReason] = useState('');
  const [subject, setSubject] = useState('');
  const [commandId, setCommandId] = useState(newCommandId);
  const what = chosen !== undefined && whats.includes(chosen) ? chosen : (whats[0] ?? 'closing');
  const change = useMutation({
    mutationFn: () => ask({ what, person: row.person, reason, subject, commandId }),
    onSuccess: async () => {
      setReason('');
      setSubject('');
      await client.invalidateQueries({ queryKey: ['log-ins'] });
    },
    // Once the answer is known, what is asked next is another command; after a lost line it is the same one.
    onSettled: (_, error) => {
      if (!(error instanceof RefusedError && error.status === 0)) setCommandId(newCommandId());
    },
  });
  const id = `change-${row.person}`;
  return (
    <details>
      <summary>{said.more}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Faults error={change.error} />
        {change.isSuccess ? (
          <p role="status" className="told">
            {said.done}
          </p>
        ) : null}
        <div className="field">
          <label htmlFor={`${id}-what`}>{said.what}</label>
          <select id={`${id}-what`} value={what} onChange={(event) => setChosen(event.target.value as What)}>
            {whats.map((each) => (
              <option key={each} value={each}>
                {said.changes[each]}
              </option>
            ))}
          </select>
        </div>
        {what === 'sign-on' ? (
          <div className="field">
            <label htmlFor={`${id}-subject`}>{said.subject}</label>
            <Input
              id={`${id}-subject`}
              required
              maxLength={255}
              value={subject}
              onChange={(event) => setSubject(event.target.value)}
            />
          </div>
        ) : null}
        <div className="field">
          <label htmlFor={`${id}-reason`}>{said.reason}</label>
          <Input
            id={`${id}-reason`}
            required
            minLength={2}
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        <Button htmlType="submit" loading={change.isPending}>
          {said.submit}
        </Button>
      </form>
    </details>
  );
}
