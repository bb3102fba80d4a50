import type { AccountView, bindSignOnRoute, unbindSignOnRoute } from '@lianxin/contract';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../app/call.js';
import { ByPassword } from './by-password.js';
import { useAccountWords } from './words.js';

/** The binding to the county's sign-on (统一身份认证): begun or ended with the password. */
export function SignOn({ signOn }: { readonly signOn: NonNullable<AccountView['signOn']> }) {
  const words = useAccountWords();
  const client = useQueryClient();
  const change = async (password: string): Promise<void> => {
    if (!signOn.bound) {
      const { address } = await call<typeof bindSignOnRoute>('post', '/api/account/sign-on', { json: { password } });
      globalThis.location.assign(address);
      return;
    }
    await call<typeof unbindSignOnRoute>('post', '/api/account/sign-on/removal', { json: { password } });
    await client.invalidateQueries({ queryKey: ['account'] });
  };
  return (
    <section className="panel">
      <h2>{signOn.name}</h2>
      <p role="status">{signOn.bound ? words.bound : words.notBound}</p>
      <ByPassword id="sign-on-password" action={signOn.bound ? words.unbind : words.bind} change={change} />
    </section>
  );
}
