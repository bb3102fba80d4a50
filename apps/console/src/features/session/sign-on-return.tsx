import type { endSignOnRoute } from '@lianxin/contract';
import { RefusedError } from '@lianxin/contract/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useSignedIn } from '../../app/session.js';
import { SecondStep } from './second-step.js';

const here = '/console/sign-on';

/** Whether the browser has just come back from the county's sign-on. */
export const isSignOnReturn = (): boolean => globalThis.location.pathname === here;

/**
 * Hands over what came back from the county's sign-on, once, and takes it out of the address: a log-in goes on to the first page, a
 * binding to the account. A refusal is said above what is shown otherwise.
 */
export function SignOnReturn({ children }: { readonly children: ReactNode }) {
  const signedIn = useSignedIn();
  const client = useQueryClient();
  const [search] = useState(() => globalThis.location.search);
  const sent = useRef(false);
  const end = useMutation({
    mutationFn: () => call<typeof endSignOnRoute>('post', '/api/session/sign-on', { json: { search: search || '?' } }),
    onSuccess: async ({ me, bound }) => {
      globalThis.history.replaceState(null, '', bound ? '/console/account' : '/console/');
      await signedIn(me);
      await client.invalidateQueries();
      globalThis.location.reload();
    },
  });
  const { mutate } = end;
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    globalThis.history.replaceState(null, '', here);
    mutate();
  }, [mutate]);
  const codes = end.error instanceof RefusedError ? end.error.faults.map((one) => one.code) : [];
  if (codes.includes('second-factor-needed'))
    return <SecondStep back={() => globalThis.location.assign('/console/')} />;
  if (end.isPending || end.isSuccess) return null;
  return (
    <>
      <Faults error={end.error} />
      {children}
    </>
  );
}
