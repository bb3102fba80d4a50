import { Link } from '@tanstack/react-router';
import { PageHead } from '../../app/page-head.js';
import { useAccountWords } from '../account/words.js';
import { SignOnReturn } from './sign-on-return.js';

/** The page somebody comes back to who was logged in all along: to bind the account. */
export function SignOnPage() {
  const words = useAccountWords();
  return (
    <SignOnReturn>
      <PageHead title={words.title}>
        <Link to="/account">{words.title}</Link>
      </PageHead>
    </SignOnReturn>
  );
}
