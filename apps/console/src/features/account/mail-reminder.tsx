import { useState } from 'react';
import type { readOwnMailRoute, removeOwnMailRoute, saveOwnMailRoute } from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useReminderWords } from './reminder-words.js';

/** Where the digest of the own inbox goes (邮件提醒); nothing unless the person asks. */
export function MailReminder() {
  const words = useReminderWords();
  const client = useQueryClient();
  const [address, setAddress] = useState('');
  const own = useQuery({
    queryKey: ['own-mail'],
    queryFn: () => call<typeof readOwnMailRoute>('get', '/api/account/mail', {}),
  });
  const onSuccess = () => client.invalidateQueries({ queryKey: ['own-mail'] });
  const saving = useMutation({
    mutationFn: () =>
      call<typeof saveOwnMailRoute>('post', '/api/account/mail', { json: { address }, commandId: newCommandId() }),
    onSuccess: () => {
      setAddress('');
      return onSuccess();
    },
  });
  const stopping = useMutation({
    mutationFn: () =>
      call<typeof removeOwnMailRoute>('post', '/api/account/mail/removal', { commandId: newCommandId() }),
    onSuccess,
  });
  const kept = own.data?.address ?? null;
  return (
    <section className="panel" aria-labelledby="own-mail">
      <h2 id="own-mail">{words.mail}</h2>
      <p className="quiet">{words.mailLead}</p>
      <Faults error={own.error ?? saving.error ?? stopping.error} />
      {own.data?.available === false ? <p>{words.unavailable}</p> : null}
      {kept === null ? null : (
        <p role="status">{own.data?.confirmed === true ? words.confirmed(kept) : words.unconfirmed(kept)}</p>
      )}
      {own.data?.available === true ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            saving.mutate();
          }}
        >
          <div className="field">
            <label htmlFor="own-mail-address">{kept === null ? words.address : words.otherAddress}</label>
            <Input
              id="own-mail-address"
              type="email"
              required
              maxLength={200}
              autoComplete="email"
              value={address}
              onChange={(event) => setAddress(event.target.value)}
            />
          </div>
          <p className="row left">
            <Button htmlType="submit" loading={saving.isPending}>
              {words.save}
            </Button>
            {kept === null ? null : (
              <Button loading={stopping.isPending} onClick={() => stopping.mutate()}>
                {words.stop}
              </Button>
            )}
          </p>
        </form>
      ) : null}
    </section>
  );
}
