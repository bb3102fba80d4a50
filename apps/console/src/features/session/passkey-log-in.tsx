import type { passkeyLogInRoute } from '@lianxin/contract';
import { call } from '../../app/call.js';
import { useSignedIn } from '../../app/session.js';
import { PasskeyButton } from './passkey-button.js';

/** Logs in with a passkey: no name, no password, no second step. */
export function PasskeyLogIn() {
  const signedIn = useSignedIn();
  return (
    <PasskeyButton
      send={(answer) => call<typeof passkeyLogInRoute>('post', '/api/session/passkey', { json: { answer } })}
      done={signedIn}
    />
  );
}
