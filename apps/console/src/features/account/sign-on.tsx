import type { AccountView, bindSignOnRoute, unbindSignOnRoute } from '@lianxin/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useAccountWords } from './words.js';

/** The binding to the county's sign-on (统一身份认证): begun or ended with the password. */
export function SignOn({ signOn }: { readonly signOn: NonNullable<AccountView['signOn']> }) {
  const words = useAccountWords();
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: async () => {
      if (!signOn.bound) {
        const { address } = await call<typeof bindSignOnRoute>('post', '/api/account/sign-on', { json: { password } });
        return globalThis.location.assign(address);
      }
      await call<typeof unbindSignOnRoute>('post', '/api/account/sign-on/removal', { json: { password } });
      await client.invalidateQueries({ queryKey: ['account'] });
    },
    onSettled: () => setPassword(''),
  });
  return (
    <section className="panel">
      <h2>{signOn.name}</h2>
      <p role="status">{signOn.bound ? words.bound : words.notBound}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Faults error={change.error} />
        <div className="field">
          <label htmlFor="sign-on-password">{words.current}</label>
          <Input
            id="sign-on-password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        <Button htmlType="submit" loading={change.isPending}>
          {signOn.bound ? words.unbind : words.bind}
        </Button>
      </form>
    </section>
  );
}
