import type {
  confirmSecondFactorRoute,
  offerSecondFactorRoute,
  removeSecondFactorRoute,
  SecondFactorOffer,
} from '@lianxin/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { PrintButton } from '../../app/page-head.js';
import { ByPassword } from './by-password.js';
import { useAccountWords } from './words.js';

/** What the authenticator needs, the recovery codes, and the first code that makes it count. Shown once. */
function Offer({ offer, done }: { readonly offer: SecondFactorOffer; readonly done: () => void }) {
  const words = useAccountWords();
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: () =>
      call<typeof confirmSecondFactorRoute>('post', '/api/account/second-factor/confirmation', { json: { code } }),
    onSuccess: done,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate();
      }}
    >
      <p>{words.scan}</p>
      <img className="qr" alt={words.scan} src={`data:image/svg+xml,${encodeURIComponent(offer.picture)}`} />
      <details>
        <summary>{words.secret}</summary>
        <code data-testid="secret">{offer.secret}</code>
      </details>
      <h3>{words.recovery}</h3>
      <p className="quiet">{words.recoveryHint}</p>
      <ul className="codes" data-testid="recovery-codes">
        {offer.recoveryCodes.map((each) => (
          <li key={each}>
            <code>{each}</code>
          </li>
        ))}
      </ul>
      <PrintButton />
      <Faults error={confirm.error} />
      <div className="field">
        <label htmlFor="first-code">{words.code}</label>
        <Input
          id="first-code"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="\d{6}"
          required
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </div>
      <Button type="primary" htmlType="submit" loading={confirm.isPending}>
        {words.confirm}
      </Button>
    </form>
  );
}

/** Turns the second factor on with the password and a first code, or off with the password. */
export function SecondFactor({ on }: { readonly on: boolean }) {
  const words = useAccountWords();
  const client = useQueryClient();
  const [offer, setOffer] = useState<SecondFactorOffer>();
  const done = () => {
    setOffer(undefined);
    void client.invalidateQueries({ queryKey: ['account'] });
  };
  const change = async (password: string): Promise<void> => {
    const json = { password };
    if (!on) {
      setOffer(await call<typeof offerSecondFactorRoute>('post', '/api/account/second-factor', { json }));
      return;
    }
    await call<typeof removeSecondFactorRoute>('post', '/api/account/second-factor/removal', { json });
    done();
  };
  return (
    <section className="panel">
      <h2>{words.factor}</h2>
      <p role="status">{on ? words.factorOn : words.factorOff}</p>
      {offer === undefined ? (
        <ByPassword id="factor-password" action={on ? words.remove : words.begin} change={change} />
      ) : (
        <Offer offer={offer} done={done} />
      )}
    </section>
  );
}
