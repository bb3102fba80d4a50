import type { secondStepRoute } from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useSignedIn } from '../../app/session.js';
import { useAccountWords } from '../account/words.js';
import { PasskeyLogIn } from './passkey-log-in.js';

/** The second step of a log-in (二次验证): the code of an authenticator, or a recovery code when the phone is not at hand. */
export function SecondStep({ back }: { readonly back: () => void }) {
  const words = useAccountWords();
  const signedIn = useSignedIn();
  const [recovering, setRecovering] = useState(false);
  const [code, setCode] = useState('');
  const step = useMutation({
    mutationFn: () =>
      call<typeof secondStepRoute>('post', '/api/session/second-factor', {
        json: recovering ? { recoveryCode: code } : { code },
      }),
    onSuccess: signedIn,
  });
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault();
        step.mutate();
      }}
    >
      <p role="status">{words.stepLead}</p>
      <Faults error={step.error} />
      <label htmlFor="second-code">{recovering ? words.recoveryCode : words.code}</label>
      <Input
        id="second-code"
        autoComplete="one-time-code"
        inputMode={recovering ? 'text' : 'numeric'}
        required
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="primary" htmlType="submit" block loading={step.isPending}>
        {words.signIn}
      </Button>
      <PasskeyLogIn />
      <p className="row">
        <button
          type="button"
          className="link"
          onClick={() => {
            setCode('');
            setRecovering(!recovering);
          }}
        >
          {recovering ? words.useCode : words.useRecovery}
        </button>
        <button type="button" className="link" onClick={back}>
          {words.back}
        </button>
      </p>
    </form>
  );
}
