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
import { useAccountWords } from './words.js';

/** One passkey, and its removal with the password. */
function Passkey({ passkey }: { readonly passkey: PasskeyRow }) {
  const words = useAccountWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const [password, setPassword] = useState('');
  const remove = useMutation({
    mutationFn: () =>
      call<typeof removePasskeyRoute>('post', '/api/account/passkeys/{passkey}/removal', {
        params: { passkey: passkey.id },
        json: { password },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account'] }),
  });
  return (
    <li>
      <strong>{passkey.name}</strong>
      <p className="quiet">
        {words.registered} {moment(passkey.since, language)}
        {passkey.lastUsed === null ? null : ` · ${words.lastUsed} ${moment(passkey.lastUsed, language)}`}
      </p>
      {removing ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            remove.mutate();
          }}
        >
          <DeviceFaults error={remove.error} />
          <div className="field">
            <label htmlFor={`remove-${passkey.id}`}>{words.current}</label>
            <Input
              id={`remove-${passkey.id}`}
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </div>
          <Button htmlType="submit" loading={remove.isPending}>
            {words.removeNow(passkey.name)}
          </Button>
        </form>
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
          <div className="field">
            <label htmlFor="passkey-password">{words.current}</label>
            <Input
              id="passkey-password"
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </div>
          <Button htmlType="submit" loading={add.isPending}>
            {words.addPasskey}
          </Button>
        </form>
      </PasskeysHere>
    </section>
  );
}
