import type { readMeRoute, signOutRoute } from '@lianxin/contract';
import { RefusedError, type CallOutput } from '@lianxin/contract/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './call.js';
import { forgetDrafts } from './draft.js';
import { setExpired } from './expiry.js';

/** Who is logged in, as the server says it. */
export type Person = CallOutput<typeof readMeRoute>;

/** Holds the person who last logged in here; without it the server isn't asked, so that the log-in page starts without a refusal. */
const lastPerson = 'lianxin.person';

/** Who is logged in, or null when nobody is. Everything a page offers depends on it, so it is asked once and kept. */
export function useMe() {
  return useQuery({
    queryKey: ['me'],
    queryFn: async (): Promise<Person | null> => {
      if (localStorage.getItem(lastPerson) === null) return null;
      try {
        return await call<typeof readMeRoute>('get', '/api/me', {});
      } catch (error) {
        if (!(error instanceof RefusedError) || error.status !== 401) throw error;
        localStorage.removeItem(lastPerson);
        return null;
      }
    },
    staleTime: 300_000,
    // While the log-in lies over a page, the page must not be taken away by an answer of nobody.
    refetchOnWindowFocus: false,
  });
}

/** The division in which the person works, else lives: where lists and forms begin. */
export const homeOf = (me: Person | null | undefined): string => widest(me)?.division ?? me?.division ?? '';

const digits = (code: string): number => code.replace(/0+$/, '').length;

/** The office that reaches furthest: the server acts in that one. */
export const widest = (me: Person | null | undefined): Person['offices'][number] | undefined =>
  me?.offices.toSorted((a, b) => digits(a.division) - digits(b.division))[0];

/** What a log-in changes: who is here, and that nothing has expired. Another person does not find the first one's drafts. */
export function useSignedIn() {
  const client = useQueryClient();
  return async (me: Person) => {
    const before = localStorage.getItem(lastPerson);
    if (before !== null && before !== me.person) forgetDrafts();
    localStorage.setItem(lastPerson, me.person);
    client.setQueryData(['me'], me);
    setExpired(false);
    await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
  };
}

/** Ends the session on the server too and forgets what was read, since the next person may use the same machine. */
export function useSignOut() {
  const client = useQueryClient();
  return async () => {
    await call<typeof signOutRoute>('delete', '/api/session', {});
    localStorage.removeItem(lastPerson);
    forgetDrafts();
    client.clear();
    globalThis.location.assign('/console/');
  };
}
