import { useEffect, useRef } from 'react';
import { useExpired } from '../../app/expiry.js';
import { useLanguage } from '../../app/language.js';
import { SignInForm } from './sign-in-form.js';

/**
 * The log-in laid over a page whose session has ended (登录过期). The page stays below with everything typed into it; after the
 * log-in the person presses the same button again.
 */
export function SignInAgain({ username }: { readonly username: string }) {
  const { words } = useLanguage();
  const expired = useExpired();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (expired) dialog.current?.showModal();
    else dialog.current?.close();
  }, [expired]);
  return (
    <dialog
      ref={dialog}
      className="again"
      aria-labelledby="again-title"
      // Without a session nothing on the page below can be done, so the dialog stays.
      onCancel={(event) => event.preventDefault()}
    >
      {expired ? (
        <>
          <h2 id="again-title">{words.session.expiredTitle}</h2>
          <p>{words.session.expired}</p>
          <SignInForm username={username} />
        </>
      ) : null}
    </dialog>
  );
}
