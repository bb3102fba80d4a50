import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect } from 'react';
import { Loading } from '../../app/page-head.js';
import { OpenPocket } from './pin-form.js';
import { LostNotice } from './lost-notice.js';
import { beginPocket, heldMe } from './pocket/pocket.js';
import { usePocket } from './pocket/use-pocket.js';
import { usePocketWords } from './words.js';
import './field-work.css';

/** The console opened without a line (离线打开): with the PIN, today's households and the outbox are there; the rest waits. */
export function OfflineDoor({ person, retry }: { readonly person: string; readonly retry: () => void }) {
  const words = usePocketWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { status, lost } = usePocket();
  useEffect(() => {
    void beginPocket(person);
    globalThis.addEventListener('online', retry);
    return () => globalThis.removeEventListener('online', retry);
  }, [person, retry]);
  const opened = async () => {
    const held = await heldMe();
    if (held === undefined) return;
    await navigate({ to: '/field', replace: true });
    client.setQueryData(['me'], held.me, { updatedAt: held.saidAt });
  };
  return (
    <main className="offline-door">
      <h1>{words.noLine}</h1>
      <p>{status === 'open' ? words.tooLong : words.noLineLead}</p>
      {status === 'locked' ? <OpenPocket opened={opened} /> : status === 'open' || lost > 0 ? null : <Loading />}
      <LostNotice />
      <p>
        <Button onClick={retry}>{words.tryAgain}</Button>
      </p>
    </main>
  );
}
