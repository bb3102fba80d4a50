import type { AccountView, changePasswordRoute } from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { setClosed } from '../../app/expiry.js';
import { Faults } from '../../app/faults.js';
import { CurrentPassword } from './current-password.js';
import { useAccountWords } from './words.js';

/** Changes the password; afterwards the log-in lies over the page, since every session has ended. */
export function ChangePassword({ rules }: { readonly rules: AccountView['passwordRules'] }) {
  const words = useAccountWords();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => call<typeof changePasswordRoute>('post', '/api/account/password', { json: { current, next } }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      setClosed('expired');
    },
  });
  return (
    <section className="panel">
      <h2>{words.password}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Faults error={change.error} />
        <CurrentPassword id="current-password" value={current} change={setCurrent} />
        <div className="field">
          <label htmlFor="new-password">{words.next}</label>
          <Input
            id="new-password"
            type="password"
            autoComplete="new-password"
            required
            minLength={rules.leastLength}
            aria-describedby="new-password-hint"
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
          <p id="new-password-hint" className="quiet">
            {words.nextHint(rules)}
          </p>
        </div>
        <Button htmlType="submit" loading={change.isPending}>
          {words.change}
        </Button>
      </form>
    </section>
  );
}
