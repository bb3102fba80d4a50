import { Link } from '@tanstack/react-router';
import { useSessionWords } from './words.js';

/** Says that the password ends soon (密码到期提醒), with the way to change it; nothing while there is time. */
export function PasswordEnds({ days }: { readonly days: number | null }) {
  const said = useSessionWords();
  if (days === null) return null;
  return (
    <p className="told no-print" role="status">
      {said.passwordEnds(days)} <Link to="/account">{said.passwordChange}</Link>
    </p>
  );
}
