import type { readMeRoute, signOutRoute } from '@lianxin/contract';
import { RefusedError, type CallOutput } from '@lianxin/contract/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './call.js';
import { forgetDrafts } from './draft.js';
import { setClosed } from './expiry.js';
import { useLanguage } from './language.js';
import { lastPerson, pocketMark, setLastPerson } from './pocket-mark.js';

/** Who is logged in, as the server says it. */
export type Person = CallOutput<typeof readMeRoute>;

/** Set when somebody logged out without a line: the session on the server is ended as soon as there is one. */
const owed = 'lianxin.log-out-owed';

const endSession = async (): Promise<void> => {
  await call<typeof signOutRoute>('delete', '/api/session', {});
  localStorage.removeItem(owed);
};

/** Who is logged in, or null when nobody is. Everything a page offers depends on it, so it is asked once and kept. */
export function useMe() {
  return useQuery({
    queryKey: ['me'],
    queryFn: async (): Promise<Person | null> => {
      if (lastPerson() === null) {
        if (localStorage.getItem(owed) !== null) await endSession().catch(() => undefined);
        return null;
      }
      try {
        return await call<typeof readMeRoute>('get', '/api/me', {});
      } catch (error) {
        if (!(error instanceof RefusedError) || error.status !== 401) throw error;
        // Whoever comes back to a locked screen finds the drafts of this page.
        if (!error.faults.some((fault) => fault.code === 'session-locked')) setLastPerson(null);
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

/** Reads again what is shown, whatever it is, after something was done that may show anywhere; who is logged in has not changed by it. */
export function useReadAnew() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
}

/** What a log-in changes: who is here, and that nothing has expired. Another person does not find the first one's drafts. */
export function useSignedIn() {
  const client = useQueryClient();
  const readAnew = useReadAnew();
  return async (me: Person) => {
    const before = lastPerson();
    if (before !== null && before !== me.person) forgetDrafts();
    localStorage.removeItem(owed);
    setLastPerson(me.person);
    client.setQueryData(['me'], me);
    setClosed(undefined);
    await readAnew();
  };
}

/**
 * Empties the pocket of field work; says false when the person would rather send first. It is turned to before: whoever logs out as soon as
 * the page is there does so before the page has.
 */
async function leavePocket(question: (unsent: number) => string): Promise<boolean> {
  const last = lastPerson();
  if (last === null || pocketMark(last) === null) return true;
  const { beginPocket, emptyPocket, pocketState } = await import('../features/field-work/pocket/pocket.js');
  // Where the phone's store cannot be opened there is nothing to take away, and nobody is to be kept from logging out.
  await beginPocket(last).catch(() => undefined);
  const { waiting, refused } = pocketState();
  if (waiting + refused > 0 && !globalThis.confirm(question(waiting + refused))) return false;
  await emptyPocket();
  return true;
}

/**
 * Ends the session on the server too and forgets what was read, since the next person may use the same machine. Without a line the
 * machine forgets at once, and the server is told as soon as it can be.
 */
export function useSignOut() {
  const client = useQueryClient();
  const { words } = useLanguage();
  return async () => {
    if (!(await leavePocket(words.session.unsentAtLogOut))) return;
    setLastPerson(null);
    try {
      await endSession();
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 0) throw error;
      localStorage.setItem(owed, 'yes');
    }
    forgetDrafts();
    client.clear();
    globalThis.location.assign('/console/');
  };
}
