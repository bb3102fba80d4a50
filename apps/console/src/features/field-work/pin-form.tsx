import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { Person } from '../../app/session.js';
import { pinShape } from './pocket/pin-lock.js';
import { erasePocket, makePocket, openPocket } from './pocket/pocket.js';
import { sendNow } from './pocket/keep-sending.js';
import { usePocket } from './pocket/use-pocket.js';
import { usePocketWords } from './words.js';

function PinInput(props: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly set: (pin: string) => void;
}) {
  const { id, label, value, set } = props;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        className="pin"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        required
        maxLength={6}
        value={value}
        onChange={(event) => set(event.target.value)}
      />
    </div>
  );
}

/** Offers to carry today's households on this phone; chooses the PIN that opens them (设口令). */
export function MakePocket({ me }: { readonly me: Person }) {
  const words = usePocketWords();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const make = useMutation({ mutationFn: () => makePocket(me, pin) });
  const fault =
    pin === '' || again === '' ? null : !pinShape.test(pin) ? words.pinShape : pin === again ? null : words.pinDiffers;
  return (
    <details className="panel no-print">
      <summary>{words.carry}</summary>
      <p>{words.carryLead}</p>
      <p className="quiet">{words.carrySealed}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (pinShape.test(pin) && pin === again) make.mutate();
        }}
      >
        <PinInput id="pin" label={words.pin} value={pin} set={setPin} />
        <PinInput id="pin-again" label={words.pinAgain} value={again} set={setAgain} />
        {fault === null ? null : (
          <p className="field-fault" role="alert">
            {fault}
          </p>
        )}
        <Button type="primary" htmlType="submit" loading={make.isPending}>
          {words.makePin}
        </Button>
      </form>
    </details>
  );
}

/** Opens the pocket (输入口令). A forgotten PIN cannot be recovered: what lay under it goes, after a question. */
export function OpenPocket({ opened }: { readonly opened?: () => Promise<void> }) {
  const words = usePocketWords();
  const { waiting, refused } = usePocket();
  const [pin, setPin] = useState('');
  const open = useMutation({
    mutationFn: async () => {
      const right = await openPocket(pin);
      setPin('');
      if (!right) return false;
      await opened?.();
      void sendNow();
      return true;
    },
  });
  const erase = useMutation({
    mutationFn: async () => {
      if (globalThis.confirm(words.erase(waiting + refused))) await erasePocket();
    },
  });
  return (
    <form
      className="panel narrow"
      onSubmit={(event) => {
        event.preventDefault();
        if (pinShape.test(pin)) open.mutate();
      }}
    >
      <h2>{words.openTitle}</h2>
      <p className="quiet">{words.openLead}</p>
      {waiting + refused === 0 ? null : <p className="told">{words.lockedOutbox(waiting + refused)}</p>}
      <PinInput id="pin" label={words.pin} value={pin} set={setPin} />
      {open.data === false ? (
        <p className="field-fault" role="alert">
          {words.wrongPin}
        </p>
      ) : null}
      <p className="row left">
        <Button type="primary" htmlType="submit" loading={open.isPending}>
          {words.open}
        </Button>
        <Button onClick={() => erase.mutate()}>{words.forgotPin}</Button>
      </p>
    </form>
  );
}
