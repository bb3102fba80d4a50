import { RefusedError } from '@lianxin/contract/client';
import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useAccountWords } from '../features/account/words.js';
import { IdleLock } from '../features/session/idle-lock.js';
import { PasswordEnds } from '../features/session/password-ends.js';
import { SignIn } from '../features/session/sign-in.js';
import { SignInAgain } from '../features/session/sign-in-again.js';
import { Faults } from './faults.js';
import { useLanguage } from './language.js';
import { Loading } from './page-head.js';
import { lastPerson, useHasPocket } from './pocket-mark.js';
import { leftPage, renew, useRenewal } from './renewal.js';
import { useMe, useSignOut, widest, type Person } from './session.js';

// Only for whoever carries a pocket: the first page of all others stays as light as it was.
const PocketKeeper = lazy(async () => ({
  default: (await import('../features/field-work/pocket-keeper.js')).PocketKeeper,
}));
const OfflineDoor = lazy(async () => ({
  default: (await import('../features/field-work/offline-door.js')).OfflineDoor,
}));

/**
 * What the menu leads to, in the order of a working day; an entry with duties is shown to those who have one of them.
 * The server refuses the others in any case.
 */
const places = [
  [
    'work',
    ['/today', 'today'],
    ['/inbox', 'inbox'],
    ['/matters', 'matters'],
    ['/open', 'open'],
    ['/start', 'start'],
    ['/decisions', 'decisions'],
    ['/meetings', 'meetings'],
    ['/secret-ballots', 'secretBallots'],
    ['/field', 'field'],
    ['/disclosures', 'disclosures'],
  ],
  ['overview', ['/leader', 'leader'], ['/topics', 'topics'], ['/reports', 'reports'], ['/coverage', 'coverage']],
  [
    'house',
    ['/first-steps', 'firstSteps', 'administer', 'appoint'],
    ['/people', 'people'],
    ['/grids', 'grids'],
    ['/households', 'households'],
    ['/log-ins', 'logIns', 'administer'],
    ['/webhooks', 'webhooks', 'administer'],
    ['/approvals', 'approvals'],
    ['/stations', 'stations'],
    ['/imports', 'imports', 'import', 'appoint'],
    ['/records', 'records'],
    ['/packs', 'packs'],
    ['/log', 'log', 'audit'],
  ],
] as const;

function Menu({ open, duties }: { readonly open: boolean; readonly duties: readonly string[] }) {
  const { words } = useLanguage();
  return (
    <nav className={`menu ${open ? 'open' : ''}`} id="menu" aria-label={words.nav.label}>
      {places.map(([group, ...links]) => (
        <ul key={group} aria-label={words.nav[group]}>
          {links
            .filter(([, , ...needs]) => needs.length === 0 || needs.some((duty) => duties.includes(duty)))
            .map(([to, name]) => (
              <li key={to}>
                <Link to={to} activeProps={{ 'aria-current': 'page' }}>
                  {words.nav[name]}
                </Link>
              </li>
            ))}
        </ul>
      ))}
    </nav>
  );
}

/** Where one has come by the menu, the keyboard begins at the page's beginning, as a page load would have it. */
function useArrival(arrived: () => void) {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
        if (!pathChanged) return;
        leftPage();
        arrived();
        if (fromLocation !== undefined) document.getElementById('content')?.focus({ preventScroll: true });
      }),
    [router, arrived],
  );
}

/** Offers a new version when one is ready (新版本); what is typed and what waits to be sent stays. */
function Renewal() {
  const { words } = useLanguage();
  if (!useRenewal()) return null;
  return (
    <p className="renewal no-print" role="status">
      {words.renewal.ready}{' '}
      <button type="button" className="link" onClick={renew}>
        {words.renewal.now}
      </button>
    </p>
  );
}

function Frame(props: {
  readonly name: string;
  readonly office: string | undefined;
  readonly duties: readonly string[];
  readonly me: Person;
}) {
  const { name, office, duties, me } = props;
  const carries = useHasPocket(me.person);
  const { words, choose, language } = useLanguage();
  const account = useAccountWords();
  const signOut = useSignOut();
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  useArrival(close);
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="top">
        <button
          type="button"
          className="menu-button"
          aria-expanded={open}
          aria-controls="menu"
          onClick={() => setOpen(!open)}
        >
          {words.nav.button}
        </button>
        <Link to="/today" className="brand">
          {words.product}
        </Link>
        <span className="who">
          <Link to="/account" title={account.title}>
            {name}
          </Link>
          {office === undefined ? null : <span className="quiet"> · {office}</span>}
        </span>
        {carries ? (
          <Suspense fallback={null}>
            <PocketKeeper me={me} />
          </Suspense>
        ) : null}
        <button type="button" className="link" onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')}>
          {words.language}
        </button>
        <button type="button" className="link" onClick={() => void signOut()}>
          {words.session.signOut}
        </button>
      </header>
      <Menu open={open} duties={duties} />
      <main id="content" tabIndex={-1}>
        <Renewal />
        <PasswordEnds days={me.passwordDaysLeft} />
        <Outlet />
      </main>
    </div>
  );
}

/** The frame of every page: who is here, where one can go, and the log-in in place of the page when nobody is. */
export function Shell() {
  const me = useMe();
  const last = lastPerson();
  const carries = useHasPocket(last);
  const { refetch } = me;
  const retry = useCallback(() => void refetch(), [refetch]);
  if (me.isPending) return <Loading />;
  // What was read before stays true when the line is down: the page is not taken away for it.
  if (me.data === undefined) {
    // No line, or something in between that answers in the server's place, e.g. the log-in page of a Wi-Fi.
    const away = !(me.error instanceof RefusedError) || me.error.status === 0;
    if (away && carries && last !== null) {
      return (
        <Suspense fallback={<Loading />}>
          <OfflineDoor person={last} retry={retry} />
        </Suspense>
      );
    }
    return (
      <main className="sign-in">
        <Faults error={me.error} />
      </main>
    );
  }
  if (me.data === null) return <SignIn />;
  return (
    <>
      <Frame name={me.data.name} office={widest(me.data)?.bodyName} duties={me.data.capabilities} me={me.data} />
      <SignInAgain username={me.data.username} name={me.data.name} />
      <IdleLock minutes={me.data.idleMinutes} />
    </>
  );
}
