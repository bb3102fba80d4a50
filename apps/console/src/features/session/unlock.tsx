import type { readMeRoute, unlockSessionRoute } from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useSignedIn, useSignOut } from '../../app/session.js';
import { PasskeyButton } from './passkey-button.js';
import { useSessionWords } from './words.js';

/** Opens a locked screen (解锁) with the password; or leaves it to somebody else, who logs in anew. */
export function Unlock({ name }: { readonly name: string }) {
  const said = useSessionWords();
  const signedIn = useSignedIn();
  const signOut = useSignOut();
  const [password, setPassword] = useState('');
  const unlock = useMutation({
    mutationFn: () => call<typeof unlockSessionRoute>('post', '/api/session/unlock', { json: { password } }),
    onSuccess: signedIn,
    onSettled: () => setPassword(''),
  });
  // The same person may have unlocked it in another window meanwhile.
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible')
        void call<typeof readMeRoute>('get', '/api/me', {}).then(signedIn, () => undefined);
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [signedIn]);
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault();
        unlock.mutate();
      }}
    >
      <p>{said.locked(name)}</p>
      <Faults error={unlock.error} />
      <label htmlFor="unlock-password">{said.password}</label>
      <Input
        id="unlock-password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="primary" htmlType="submit" block loading={unlock.isPending}>
        {said.unlock}
      </Button>
      <PasskeyButton
        send={(passkey) => call<typeof unlockSessionRoute>('post', '/api/session/unlock', { json: { passkey } })}
        done={signedIn}
      />
      <p className="row">
        <button type="button" className="link" onClick={() => void signOut()}>
          {said.somebodyElse}
        </button>
      </p>
    </form>
  );
}
