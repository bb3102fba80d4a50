import type { beginSignOnRoute, readWaysInRoute } from '@lianxin/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';

/** Leads to the county's sign-on (县级统一身份认证); not there where the county has none. */
export function SignOnButton() {
  const ways = useQuery({
    queryKey: ['ways-in'],
    queryFn: () => call<typeof readWaysInRoute>('get', '/api/session/ways-in', {}),
    staleTime: Infinity,
  });
  const leave = useMutation({
    mutationFn: () => call<typeof beginSignOnRoute>('post', '/api/session/sign-on/offer', {}),
    onSuccess: ({ address }) => globalThis.location.assign(address),
  });
  const name = ways.data?.signOn ?? null;
  if (name === null) return null;
  return (
    <>
      <Faults error={leave.error} />
      <Button block loading={leave.isPending} onClick={() => leave.mutate()}>
        {name}
      </Button>
    </>
  );
}
