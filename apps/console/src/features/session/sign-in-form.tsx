import type { signInRoute } from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { Faults, refusedWith } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { useSignedIn } from '../../app/session.js';
import { PasskeyLogIn } from './passkey-log-in.js';
import { SecondStep } from './second-step.js';
import { SignOnButton } from './sign-on-button.js';
import { useSessionWords } from './words.js';

/** Whether the password was right and only gives way to another now. */
const asksForAnother = (error: unknown): boolean =>
  refusedWith(error, 'password-expired') || refusedWith(error, 'password-first-use');

/** Name and password, and what is wrong with them. The password goes nowhere but into the request. */
export function SignInForm({ username: known = '' }: { readonly username?: string }) {
  const { words } = useLanguage();
  const signedIn = useSignedIn();
  const [username, setUsername] = useState(known);
  const [password, setPassword] = useState('');
  const [next, setNext] = useState('');
  const said = useSessionWords();
  /** The password is right and gives way to another: handed out, or expired. Stays once the first new one was refused. */
  const [changing, setChanging] = useState(false);
  const signIn = useMutation({
    mutationFn: () =>
      call<typeof signInRoute>('post', '/api/session', {
        json: { username, password, ...(changing ? { next } : {}) },
      }),
    onError: (error) => {
      if (asksForAnother(error)) setChanging(true);
    },
    onSuccess: async (me) => {
      setPassword('');
      setNext('');
      setChanging(false);
      await signedIn(me);
    },
  });
  const second = refusedWith(signIn.error, 'second-factor-needed');
  if (second) {
    return (
      <SecondStep
        back={() => {
          setPassword('');
          setChanging(false);
          signIn.reset();
        }}
      />
    );
  }
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate();
      }}
    >
      <Faults error={signIn.error} {...(asksForAnother(signIn.error) ? { title: said.oneMoreStep } : {})} />
      <label htmlFor="username">{words.session.username}</label>
      <Input
        id="username"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        required
        value={username}
        onChange={(event) => setUsername(event.target.value)}
      />
      <label htmlFor="password">{words.session.password}</label>
      <Input
        id="password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {changing ? (
        <>
          <label htmlFor="next-password">{said.next}</label>
          <Input
            id="next-password"
            type="password"
            autoComplete="new-password"
            aria-describedby="next-password-hint"
            required
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
          <p id="next-password-hint" className="quiet">
            {said.nextHint}
          </p>
        </>
      ) : null}
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        {words.session.signIn}
      </Button>
      <PasskeyLogIn />
      {/* It leads away, so it is not offered over a page with something typed into it. */}
      {known === '' ? <SignOnButton /> : null}
    </form>
  );
}
