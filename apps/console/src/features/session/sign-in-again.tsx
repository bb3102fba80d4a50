import { useEffect, useRef } from 'react';
import { useClosed } from '../../app/expiry.js';
import { useLanguage } from '../../app/language.js';
import { useSessionWords } from './words.js';
import { SignInForm } from './sign-in-form.js';
import { Unlock } from './unlock.js';
import './session.css';

/**
 * Laid over a page whose session has ended (登录过期) or whose screen is locked (锁屏). The page stays below with everything typed into it;
 * afterwards the person presses the same button again. While it is locked, what the page shows is not to be read past the dialog.
 */
export function SignInAgain({ username, name }: { readonly username: string; readonly name: string }) {
  const { words } = useLanguage();
  const said = useSessionWords();
  const closed = useClosed();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (closed === undefined) dialog.current?.close();
    else if (dialog.current?.open === false) dialog.current.showModal();
  }, [closed]);
  return (
    <dialog
      ref={dialog}
      className={closed === 'locked' ? 'again locked' : 'again'}
      aria-labelledby="again-title"
      // Without a session nothing on the page below can be done, so the dialog stays.
      onCancel={(event) => event.preventDefault()}
      // A browser lets a second Escape through; then it is opened again.
      onClose={() => {
        if (closed !== undefined) dialog.current?.showModal();
      }}
    >
      {closed === undefined ? null : (
        <>
          <h2 id="again-title">{closed === 'locked' ? said.lockedTitle : words.session.expiredTitle}</h2>
          {closed === 'locked' ? <Unlock name={name} /> : <p>{words.session.expired}</p>}
          {closed === 'expired' ? <SignInForm username={username} /> : null}
        </>
      )}
    </dialog>
  );
}
