import type {
  addPasskeyRoute,
  offerPasskeyRoute,
  PasskeyAnswer,
  PasskeyRow,
  removePasskeyRoute,
} from '@lianxin/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { Empty } from '../../app/page-head.js';
import { DeviceFaults } from '../session/device-faults.js';
import { devicePasskeys, PasskeysHere } from '../session/passkey-device.js';
import { ByPassword } from './by-password.js';
import { CurrentPassword } from './current-password.js';
import { useAccountWords } from './words.js';

/** One passkey, and its removal with the password. */
function Passkey({ passkey }: { readonly passkey: PasskeyRow }) {
  const words = useAccountWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const remove = async (password: string) => {
    await call<typeof removePasskeyRoute>('post', '/api/account/passkeys/{passkey}/removal', {
      params: { passkey: passkey.id },
      json: { password },
    });
    await client.invalidateQueries({ queryKey: ['account'] });
  };
  return (
    <li>
      <strong>{passkey.name}</strong>
      <p className="quiet">
        {words.registered} {moment(passkey.since, language)}
        {passkey.lastUsed === null ? null : ` · ${words.lastUsed} ${moment(passkey.lastUsed, language)}`}
      </p>
      {removing ? (
        <ByPassword id={`remove-${passkey.id}`} action={words.removeNow(passkey.name)} change={remove} />
      ) : (
        <Button onClick={() => setRemoving(true)} aria-label={words.removeNow(passkey.name)}>
          {words.removePasskey}
        </Button>
      )}
    </li>
  );
}

/** The passkeys (通行密钥) of the own account: what they are, a new one with the password, and those there are. */
export function Passkeys({ passkeys }: { readonly passkeys: readonly PasskeyRow[] }) {
  const words = useAccountWords();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const add = useMutation({
    mutationFn: async () => {
      const offer = await call<typeof offerPasskeyRoute>('post', '/api/account/passkeys/offer', {
        json: { password },
      });
      const { startRegistration } = await devicePasskeys();
      const answer = await startRegistration({ optionsJSON: offer as never });
      await call<typeof addPasskeyRoute>('post', '/api/account/passkeys', {
        json: { name, answer: answer as unknown as PasskeyAnswer },
      });
    },
    onSuccess: async () => {
      setName('');
      await client.invalidateQueries({ queryKey: ['account'] });
    },
    onSettled: () => setPassword(''),
  });
  return (
    <section className="panel">
      <h2>{words.passkeys}</h2>
      <p className="quiet">{words.passkeysLead}</p>
      {passkeys.length === 0 ? <Empty text={words.noPasskeys} /> : null}
      <ul className="items" data-testid="passkeys">
        {passkeys.map((passkey) => (
          <Passkey key={passkey.id} passkey={passkey} />
        ))}
      </ul>
      <PasskeysHere otherwise={<p className="quiet">{words.passkeysNotHere}</p>}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate();
          }}
        >
          <DeviceFaults error={add.error} />
          {add.isSuccess ? (
            <p role="status" className="told">
              {words.passkeyAdded}
            </p>
          ) : null}
          <div className="field">
            <label htmlFor="passkey-name">{words.passkeyName}</label>
            <Input
              id="passkey-name"
              placeholder={words.passkeyNameHint}
              required
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </div>
          <CurrentPassword id="passkey-password" value={password} change={setPassword} />
          <Button htmlType="submit" loading={add.isPending}>
            {words.addPasskey}
          </Button>
        </form>
      </PasskeysHere>
    </section>
  );
}
