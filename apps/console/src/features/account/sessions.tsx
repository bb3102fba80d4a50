import type { endSessionRoute, SessionRow } from '@lianxin/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { moment } from '../../app/moment.js';
import { useLanguage } from '../../app/language.js';
import { lockScreen } from '../session/idle-lock.js';
import { useAccountWords } from './words.js';

/** Which browser and system a session is from, as far as a person recognises it. */
const deviceOf = (agent: string | null): string | undefined => {
  if (agent === null) return undefined;
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(agent)?.[0];
  const browser = /MicroMessenger|Edg|Firefox|Chrome|Safari/.exec(agent)?.[0];
  return [system, browser].filter((part) => part !== undefined).join(' · ') || undefined;
};

/** Every place the account is logged in at; any but this one can be ended, e.g. a lost phone. */
export function Sessions({ sessions }: { readonly sessions: readonly SessionRow[] }) {
  const words = useAccountWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: (session: string) =>
      call<typeof endSessionRoute>('post', '/api/account/sessions/{session}/end', { params: { session } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account'] }),
  });
  return (
    <section className="panel">
      <h2>{words.sessions}</h2>
      <Faults error={end.error} />
      {end.isSuccess ? (
        <p role="status" className="told">
          {words.ended}
        </p>
      ) : null}
      <ul className="items">
        {sessions.map((session) => (
          <li key={session.id}>
            <strong>{deviceOf(session.device) ?? words.unknown}</strong>{' '}
            {session.current ? <em>{words.here}</em> : null}
            <p className="quiet">
              {words.since} {moment(session.since, language)} · {session.address ?? words.unknown}
            </p>
            {session.current ? (
              <>
                <Button onClick={() => void lockScreen()}>{words.lock}</Button>
                <p className="quiet">{words.lockHint}</p>
              </>
            ) : (
              <Button onClick={() => end.mutate(session.id)} loading={end.isPending}>
                {words.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
