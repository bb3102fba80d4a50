import type { readAccountRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { Loading, PageHead } from '../../app/page-head.js';
import { MailReminder } from './mail-reminder.js';
import { PushReminder } from './push-reminder.js';
import { ChangePassword } from './change-password.js';
import { Passkeys } from './passkeys.js';
import { ReadsOfMe } from './reads-of-me.js';
import { SecondFactor } from './second-factor.js';
import { SignOn } from './sign-on.js';
import { Sessions } from './sessions.js';
import { useAccountWords } from './words.js';
import './account.css';

/** The own account (我的账号): password, second factor, sessions, and who read one's data. */
export function AccountPage() {
  const words = useAccountWords();
  const account = useQuery({
    queryKey: ['account'],
    queryFn: () => call<typeof readAccountRoute>('get', '/api/account', {}),
  });
  return (
    <div className="account">
      <PageHead title={words.title}>
        <p className="quiet">{words.lead}</p>
      </PageHead>
      <Faults error={account.error} />
      {account.data === undefined ? (
        <Loading />
      ) : (
        <>
          <SecondFactor on={account.data.secondFactor} />
          <Passkeys passkeys={account.data.passkeys} />
          {account.data.signOn === null ? null : <SignOn signOn={account.data.signOn} />}
          <Sessions sessions={account.data.sessions} />
          <PushReminder />
          <MailReminder />
          <ReadsOfMe />
          <ChangePassword rules={account.data.passwordRules} />
        </>
      )}
    </div>
  );
}
