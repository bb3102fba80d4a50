import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMe, type Person } from '../../app/session.js';
import { keepSending } from './pocket/keep-sending.js';
import { beginPocket, idleMinutes, keepMe, lockPocket } from './pocket/pocket.js';
import { usePocket } from './pocket/use-pocket.js';
import { usePocketWords } from './words.js';
import './field-work.css';

/** Closes the pocket when nobody has touched the phone for a while, and when it is looked at again after such a while. */
function useIdleLock(open: boolean): void {
  useEffect(() => {
    if (!open) return undefined;
    let touched = Date.now();
    const touch = (): void => {
      touched = Date.now();
    };
    const look = (): void => {
      if (Date.now() - touched >= idleMinutes * 60_000) lockPocket();
    };
    const timer = setInterval(look, 15_000);
    const signs = ['pointerdown', 'keydown', 'input', 'scroll'] as const;
    for (const sign of signs) document.addEventListener(sign, touch, { passive: true, capture: true });
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      for (const sign of signs) document.removeEventListener(sign, touch, { capture: true });
      document.removeEventListener('visibilitychange', look);
    };
  }, [open]);
}

/** The pocket on every page: how much is unsent, sending by itself, closing by itself. */
export function PocketKeeper({ me }: { readonly me: Person }) {
  const words = usePocketWords();
  const client = useQueryClient();
  const { status, waiting, refused, lost } = usePocket();
  const open = status === 'open';
  const saidAt = useMe().dataUpdatedAt;
  useIdleLock(open);
  useEffect(() => {
    void beginPocket(me.person);
  }, [me.person]);
  useEffect(() => {
    if (!open) {
      // What was read from the pocket goes out of the page's memory with its key.
      client.removeQueries({ queryKey: ['carried'] });
      client.removeQueries({ queryKey: ['outbox'] });
      return undefined;
    }
    return keepSending(() => void client.invalidateQueries({ queryKey: ['carried'] }));
  }, [open, client]);
  useEffect(() => {
    // On a full phone the one kept before stays; the next time there is room it is kept anew.
    if (open) void keepMe(me, saidAt).catch(() => undefined);
  }, [open, me, saidAt]);
  if (lost === 0 && (status === 'none' || status === 'unsupported')) return null;
  return (
    <Link to="/field/$part" params={{ part: 'outbox' }} className="unsent" title={words.counterTitle}>
      {lost > 0 ? <strong>{words.counterLost(lost)}</strong> : words.counter(waiting)}
      {refused === 0 ? null : <strong> · {words.counterRefused(refused)}</strong>}
    </Link>
  );
}
