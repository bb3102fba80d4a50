import { Link, Outlet } from '@tanstack/react-router';
import { SignIn } from '../features/session/sign-in.js';
import { Faults } from './faults.js';
import { useLanguage } from './language.js';
import { useMe, useSignOut } from './session.js';

/** What the menu leads to; the order is that of a working day. */
const places = [
  ['/today', 'today'],
  ['/inbox', 'inbox'],
  ['/matters', 'matters'],
  ['/open', 'open'],
  ['/leader', 'leader'],
  ['/reports', 'reports'],
  ['/people', 'people'],
  ['/coverage', 'coverage'],
  ['/packs', 'packs'],
] as const;

/** The frame of every page: who is here, where one can go, and the log-in in place of the page when nobody is. */
export function Shell() {
  const { words, choose, language } = useLanguage();
  const me = useMe();
  const signOut = useSignOut();
  if (me.isPending) return <p role="status">{words.loading}</p>;
  if (me.isError) {
    return (
      <main className="sign-in">
        <Faults error={me.error} />
      </main>
    );
  }
  if (me.data === null) return <SignIn />;
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="top">
        <Link to="/today" className="brand">
          {words.product}
        </Link>
        <span className="who">
          {me.data.name}
          {me.data.offices[0] === undefined ? null : <span className="quiet"> · {me.data.offices[0].bodyName}</span>}
        </span>
        <button type="button" className="link" onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')}>
          {words.language}
        </button>
        <button type="button" className="link" onClick={() => void signOut()}>
          {words.session.signOut}
        </button>
      </header>
      <nav className="menu" aria-label={words.nav.label}>
        <ul>
          {places.map(([to, name]) => (
            <li key={to}>
              <Link to={to} activeProps={{ 'aria-current': 'page' }}>
                {words.nav[name]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
