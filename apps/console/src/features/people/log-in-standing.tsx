import type { LogInRow } from '@lianxin/contract';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { useLogInWords } from './log-in-words.js';

/** How a log-in stands (账号状态): open or closed, locked, last used, and with what it proves itself. */
export function LogInStanding({ standing }: { readonly standing: LogInRow['standing'] }) {
  const said = useLogInWords();
  const { language } = useLanguage();
  if (standing === null) return null;
  const { closed, lockedUntil, lastSignedIn, sessions, secondFactor, passkeys, signOn } = standing;
  const rest = [
    lastSignedIn === null ? said.never : said.last(moment(lastSignedIn, language)),
    said.sessions(sessions),
    ...(secondFactor ? [said.second] : []),
    ...(passkeys > 0 ? [said.passkeys(passkeys)] : []),
    ...(signOn ? [said.signOn] : []),
  ];
  return (
    <>
      <strong>{closed ? said.closed : said.open}</strong>
      {lockedUntil === null ? null : <p className="told">{said.lockedUntil(moment(lockedUntil, language))}</p>}
      <p className="quiet">{rest.join(' · ')}</p>
    </>
  );
}
