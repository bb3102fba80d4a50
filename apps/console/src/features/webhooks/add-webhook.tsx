import { useEffect, useRef, useState } from 'react';
import type { addWebhookRoute, WebhookAdded, WebhookKind } from '@lianxin/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useWebhookWords } from './words.js';

/** The secret of a receiver, shown once, and into view wherever on the page it was asked for: whoever closes it has handed it over. */
export function Secret(props: {
  readonly added: WebhookAdded;
  readonly receiver: string | undefined;
  readonly close: () => void;
}) {
  const { added, receiver, close } = props;
  const words = useWebhookWords();
  const [copied, setCopied] = useState(false);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  return (
    <section ref={panel} tabIndex={-1} className="panel webhook-secret" role="status" aria-label={words.secret}>
      <h2>{receiver === undefined ? words.secret : words.secretOf(receiver)}</h2>
      <p>{words.secretLead}</p>
      <code>{added.secret}</code>
      <p className="row left">
        <Button
          onClick={() => {
            void navigator.clipboard.writeText(added.secret).then(() => setCopied(true));
          }}
        >
          {words.copy}
        </Button>
        <Button type="primary" onClick={close}>
          {words.close}
        </Button>
        {copied ? <span className="quiet">{words.copied}</span> : null}
      </p>
    </section>
  );
}

const offered = [
  'board.publish',
  'board.withdraw',
  'decision',
  'certificate',
  'role.grant',
  'role.revoke',
  'body.change',
  'pack.activate',
] as const satisfies readonly WebhookKind[];

/** Where to, and of what. What was typed stays until the answer says that it was taken. */
export function AddWebhook({ added }: { readonly added: (answer: WebhookAdded) => void }) {
  const words = useWebhookWords();
  const client = useQueryClient();
  const [title, setTitle] = useState('');
  const [url, setUrl] = useState('');
  const [kinds, setKinds] = useState<readonly WebhookKind[]>(['board.publish', 'board.withdraw', 'certificate']);
  const [commandId, setCommandId] = useState(newCommandId);
  const adding = useMutation({
    mutationFn: () =>
      call<typeof addWebhookRoute>('post', '/api/webhooks', { json: { title, url, kinds: [...kinds] }, commandId }),
    onSuccess: (answer) => {
      setTitle('');
      setUrl('');
      added(answer);
      void client.invalidateQueries({ queryKey: ['webhooks'] });
    },
    onSettled: () => setCommandId(newCommandId()),
  });
  return (
    <section className="panel" aria-labelledby="add-webhook">
      <h2 id="add-webhook">{words.add}</h2>
      <form
        className="webhook-form"
        onSubmit={(event) => {
          event.preventDefault();
          adding.mutate();
        }}
      >
        <label className="webhook-field">
          {words.name}
          <Input
            value={title}
            required
            maxLength={60}
            placeholder={words.nameHint}
            onChange={(event) => setTitle(event.target.value)}
          />
        </label>
        <label className="webhook-field">
          {words.url}
          <Input
            value={url}
            required
            type="url"
            maxLength={500}
            autoComplete="off"
            onChange={(event) => setUrl(event.target.value)}
          />
          <span className="quiet">{words.urlHint}</span>
        </label>
        <fieldset>
          <legend>{words.kinds}</legend>
          {offered.map((kind) => (
            <label key={kind}>
              <input
                type="checkbox"
                checked={kinds.includes(kind)}
                onChange={(event) =>
                  setKinds(event.target.checked ? [...kinds, kind] : kinds.filter((one) => one !== kind))
                }
              />
              {words.allKinds[kind]}
            </label>
          ))}
        </fieldset>
        <Faults error={adding.error} />
        <p>
          <Button type="primary" htmlType="submit" loading={adding.isPending} disabled={kinds.length === 0}>
            {words.add}
          </Button>
        </p>
      </form>
    </section>
  );
}
