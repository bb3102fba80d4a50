import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { OpenEntry } from './outbox.js';
import { openOutbox, pocketState, watchPocket, type PocketState } from './pocket.js';

/** The pocket as a page sees it; drawn anew when it opens, closes or counts. */
export const usePocket = (): PocketState => useSyncExternalStore(watchPocket, pocketState);

/** What lies in the outbox, readable while the pocket is open. */
export function useOutbox(): readonly OpenEntry[] {
  const { status, waiting, refused } = usePocket();
  const entries = useQuery({
    queryKey: ['outbox', status, waiting, refused],
    queryFn: async () => (await openOutbox()?.read()) ?? [],
    enabled: status === 'open',
    gcTime: 0,
    placeholderData: (before) => before,
  });
  return status === 'open' ? (entries.data ?? []) : [];
}
