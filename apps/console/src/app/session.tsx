import type { readMeRoute, signOutRoute } from '@lianxin/contract';
import { RefusedError } from '@lianxin/contract/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './call.js';

/** Who is logged in, or null when nobody is. Everything a page offers depends on it, so it is asked once and kept. */
export function useMe() {
  return useQuery({
    queryKey: ['me'],
    queryFn: async () => {
      try {
        return await call<typeof readMeRoute>('get', '/api/me', {});
      } catch (error) {
        if (error instanceof RefusedError && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });
}

/** Ends the session on the server too and forgets what was read, since the next person may use the same machine. */
export function useSignOut() {
  const client = useQueryClient();
  return async () => {
    await call<typeof signOutRoute>('delete', '/api/session', {});
    client.clear();
    globalThis.location.assign('/console/');
  };
}
