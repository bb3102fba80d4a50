import { useState } from 'react';
import type {
  listWebhooksRoute,
  removeWebhookRoute,
  renewWebhookSecretRoute,
  switchWebhookRoute,
  testWebhookRoute,
  Webhook,
  WebhookAdded,
  WebhookDelivery,
} from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { Empty, Loading, PageHead } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { AddWebhook, Secret } from './add-webhook.js';
import './webhooks.css';
import { useWebhookWords } from './words.js';

/** How the last messages went, newest first. */
function Deliveries({ of }: { readonly of: Webhook }) {
  const words = useWebhookWords();
  const { language } = useLanguage();
  return (
    <Records<WebhookDelivery>
      caption={words.deliveries}
      rows={of.deliveries}
      keyOf={(row) => row.message}
      toneOf={(row) => (row.state === 'given-up' ? 'late' : '')}
      empty={words.noDeliveries}
      columns={[
        { title: words.what, main: true, render: (row) => words.allKinds[row.kind] ?? row.kind },
        { title: words.when, render: (row) => moment(row.triedAt ?? row.recordedAt, language) },
        {
          title: words.state,
          render: (row) =>
            row.attempts === 0 ? words.first : [words.states[row.state], row.said].filter(Boolean).join('：'),
        },
        { title: words.attempts, figure: true, render: (row) => row.attempts },
      ]}
    />
  );
}

/** One receiver: where to, whether it works, what can be done with it. */
function WebhookPanel({
  webhook,
  renewed,
}: {
  readonly webhook: Webhook;
  readonly renewed: (answer: WebhookAdded) => void;
}) {
  const words = useWebhookWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ['webhooks'] });
  const params = { id: webhook.id };
  const newest = webhook.deliveries[0]?.message;
  const testing = useMutation({
    /** Takes the newest message before it: while that is the newest, the test is on its way. */
    mutationFn: (_before: string | undefined) =>
      call<typeof testWebhookRoute>('post', '/api/webhooks/{id}/test', { params, commandId: newCommandId() }),
    onSuccess,
  });
  const renewing = useMutation({
    mutationFn: () =>
      call<typeof renewWebhookSecretRoute>('post', '/api/webhooks/{id}/secret', { params, commandId: newCommandId() }),
    onSuccess: (answer) => {
      renewed(answer);
      return onSuccess();
    },
  });
  const switching = useMutation({
    mutationFn: (on: boolean) =>
      call<typeof switchWebhookRoute>('post', '/api/webhooks/{id}/switch', {
        params,
        json: { on },
        commandId: newCommandId(),
      }),
    onSuccess,
  });
  const removing = useMutation({
    mutationFn: () =>
      call<typeof removeWebhookRoute>('post', '/api/webhooks/{id}/end', { params, commandId: newCommandId() }),
    onSuccess,
  });
  const isOn = webhook.offAt === null;
  return (
    <section className="panel" aria-labelledby={`webhook-${webhook.id}`}>
      <h2 id={`webhook-${webhook.id}`}>
        {webhook.title} <strong className="quiet">{isOn ? words.on : words.off}</strong>
      </h2>
      <p className="webhook-address">{webhook.url}</p>
      <p className="quiet">{webhook.kinds.map((kind) => words.allKinds[kind] ?? kind).join('；')}</p>
      {webhook.bothUntil === null ? null : (
        <p className="told">{words.bothUntil(moment(webhook.bothUntil, language))}</p>
      )}
      {webhook.offBecause === null || webhook.offAt === null ? null : (
        <p className="refusal" role="alert">
          {`${moment(webhook.offAt, language)} ${webhook.offBecause}`}
        </p>
      )}
      {isOn && webhook.failingSince !== null ? (
        <p className="refusal" role="alert">
          {words.failing(moment(webhook.failingSince, language))}
        </p>
      ) : null}
      <p className="row left no-print">
        <Button disabled={!isOn} loading={testing.isPending} onClick={() => testing.mutate(newest)}>
          {words.test}
        </Button>
        <Button
          loading={renewing.isPending}
          onClick={() => {
            if (globalThis.confirm(words.sureRenew(webhook.title))) renewing.mutate();
          }}
        >
          {words.renew}
        </Button>
        <Button
          loading={switching.isPending}
          onClick={() => {
            if (!isOn || globalThis.confirm(words.sureOff(webhook.title))) switching.mutate(!isOn);
          }}
        >
          {isOn ? words.turnOff : words.turnOn}
        </Button>
        <Button
          danger
          loading={removing.isPending}
          onClick={() => {
            if (globalThis.confirm(words.sureRemove(webhook.title))) removing.mutate();
          }}
        >
          {words.remove}
        </Button>
        {testing.isSuccess && testing.variables === newest ? <span role="status">{words.tested}</span> : null}
      </p>
      <Faults error={testing.error ?? renewing.error ?? switching.error ?? removing.error} />
      <Deliveries of={webhook} />
    </section>
  );
}

/** Webhooks of the county 推送, for its administrator. */
export function WebhooksPage() {
  const words = useWebhookWords();
  const [added, setAdded] = useState<WebhookAdded | null>(null);
  const list = useQuery({
    queryKey: ['webhooks'],
    queryFn: () => call<typeof listWebhooksRoute>('get', '/api/webhooks', {}),
    // What is on its way arrives while one looks.
    refetchInterval: 5_000,
  });
  return (
    <>
      <PageHead title={words.title}>
        <p className="quiet">{words.lead}</p>
      </PageHead>
      <Faults error={list.error} />
      {list.isPending ? <Loading /> : null}
      {added === null ? null : (
        <Secret
          key={added.secret}
          added={added}
          receiver={list.data?.rows.find(({ id }) => id === added.id)?.title}
          close={() => setAdded(null)}
        />
      )}
      {list.data === undefined ? null : (
        <>
          {list.data.rows.length === 0 ? <Empty text={words.none} /> : null}
          {list.data.rows.map((webhook) => (
            <WebhookPanel key={webhook.id} webhook={webhook} renewed={setAdded} />
          ))}
          <AddWebhook added={setAdded} />
        </>
      )}
    </>
  );
}
