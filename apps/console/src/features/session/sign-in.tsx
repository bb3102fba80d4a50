import type { signInRoute } from '@lianxin/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';

/** The log-in. Shown in place of the page that was asked for, so that after it the person is where they wanted to be. */
export function SignIn({ expired = false }: { readonly expired?: boolean }) {
  const { words, choose, language } = useLanguage();
  const client = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => call<typeof signInRoute>('post', '/api/session', { json: { username, password } }),
    onSuccess: (me) => {
      client.setQueryData(['me'], me);
    },
  });
  return (
    <main className="sign-in">
      <form
        className="panel"
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <p className="brand">{words.product}</p>
        <h1>{words.session.title}</h1>
        <p className="quiet">{expired ? words.session.expired : words.session.lead}</p>
        <Faults error={signIn.error} />
        <label htmlFor="username">{words.session.username}</label>
        <Input
          id="username"
          name="username"
          autoComplete="username"
          required
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
        <label htmlFor="password">{words.session.password}</label>
        <Input.Password
          id="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {words.session.signIn}
        </Button>
        <p className="row">
          <a href="/">{words.session.portal}</a>
          <button type="button" className="link" onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')}>
            {words.language}
          </button>
        </p>
      </form>
    </main>
  );
}
