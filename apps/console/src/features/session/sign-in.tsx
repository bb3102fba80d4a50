import { useEffect } from 'react';
import { useLanguage } from '../../app/language.js';
import { SignInForm } from './sign-in-form.js';
import { isSignOnReturn, SignOnReturn } from './sign-on-return.js';

/** The log-in (登录). Shown in place of the page that was asked for, so that after it the person is where they wanted to be. */
export function SignIn() {
  const { words, choose, language } = useLanguage();
  useEffect(() => {
    document.title = `${words.session.title} · ${words.product}`;
  }, [words]);
  return (
    <main className="sign-in">
      <div className="panel">
        <p className="brand">{words.product}</p>
        <h1>{words.session.title}</h1>
        <p className="quiet">{words.session.lead}</p>
        {isSignOnReturn() ? (
          <SignOnReturn>
            <SignInForm />
          </SignOnReturn>
        ) : (
          <SignInForm />
        )}
        <p className="row">
          <a href="/">{words.session.portal}</a>
          <button type="button" className="link" onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')}>
            {words.language}
          </button>
        </p>
      </div>
    </main>
  );
}
