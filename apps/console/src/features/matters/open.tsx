import type { FieldValues, openMatterRoute, Opened, requestFormRoute } from '@lianxin/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, Radio, Select } from 'antd';
import { useMemo } from 'react';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { useMe } from '../../app/session.js';
import { FieldForm } from './field-form.js';
import { useVillages } from './villages.js';

interface Entry {
  readonly division: string;
  readonly kind: string;
  readonly channel: 'counter' | 'phone' | 'paper' | 'visit';
  readonly name: string;
  readonly phone: string;
  readonly fields: FieldValues;
}

const empty: Entry = { division: '', kind: '', channel: 'counter', name: '', phone: '', fields: {} };

/** The slip to hand over. What it says is checked by the resident alone: staff-filed results are confirmed by someone drawn by lot. */
function Received({ opened, again }: { readonly opened: Opened; readonly again: () => void }) {
  const { words } = useLanguage();
  return (
    <section className="panel" role="status">
      <h2>{words.openFor.received}</h2>
      <p className="receipt-code">{opened.receipt.code}</p>
      <p>{opened.receipt.words}</p>
      <p className="row left">
        <a className="button" href={`${opened.receipt.track}/print`} target="_blank" rel="noreferrer">
          {words.openFor.printSlip}
        </a>
        <Link to="/matters/$id" params={{ id: opened.id }}>
          {words.openFor.goTo(opened.number)}
        </Link>
        <Button onClick={again}>{words.openFor.another}</Button>
      </p>
    </section>
  );
}

/** File for a resident (代为登记) who has no phone or came to the counter: both names are kept and a paper receipt prints. */
export function OpenPage() {
  const { words } = useLanguage();
  const me = useMe();
  const draft = useDraft<Entry>('open', empty);
  const entry = draft.value;
  const set = (change: Partial<Entry>) => draft.change({ ...entry, ...change });
  const villages = useVillages(me.data?.offices[0]?.division);
  const division = entry.division === '' ? (villages.length === 1 ? (villages[0]?.code ?? '') : '') : entry.division;
  const form = useQuery({
    queryKey: ['request-form', division],
    queryFn: () =>
      call<typeof requestFormRoute>('get', '/api/villages/{code}/request-form', { params: { code: division } }),
    enabled: division !== '',
  });
  const kind = useMemo(() => form.data?.kinds.find((one) => one.id === entry.kind), [form.data, entry.kind]);
  const open = useMutation({
    mutationFn: () =>
      call<typeof openMatterRoute>('post', '/api/matters', {
        json: {
          division,
          ...(kind === undefined ? {} : { kind: kind.id, procedure: kind.procedure }),
          fields: entry.fields,
          channel: entry.channel,
          onBehalfOf: { name: entry.name, ...(entry.phone === '' ? {} : { phone: entry.phone }) },
        },
        commandId: draft.commandId,
      }),
    onSuccess: () => draft.forget(),
  });
  if (open.data !== undefined) return <Received opened={open.data} again={open.reset} />;
  return (
    <>
      <header className="page-head">
        <h1>{words.nav.open}</h1>
        <p className="quiet">{words.openFor.lead}</p>
      </header>
      <form
        className="panel"
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate();
        }}
      >
        <Faults error={open.error} />
        <div className="field">
          <label htmlFor="open-village">{words.openFor.village}</label>
          <Select
            id="open-village"
            showSearch={{ optionFilterProp: 'label' }}
            value={division === '' ? null : division}
            onChange={(next: string) => set({ division: next })}
            options={villages.map(({ code, name }) => ({ value: code, label: name }))}
          />
        </div>
        <Faults error={form.error} />
        <div className="field">
          <span id="open-channel">{words.openFor.channel}</span>
          <Radio.Group
            aria-labelledby="open-channel"
            value={entry.channel}
            onChange={(event) => set({ channel: event.target.value as Entry['channel'] })}
            options={(['counter', 'phone', 'paper', 'visit'] as const).map((value) => ({
              value,
              label: words.openFor.channels[value],
            }))}
          />
        </div>
        <div className="field">
          <label htmlFor="open-name">{words.openFor.name}</label>
          <Input
            id="open-name"
            required
            maxLength={60}
            value={entry.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor="open-phone">
            {words.openFor.phone}
            <span className="quiet">（{words.matters.optional}）</span>
          </label>
          <Input
            id="open-phone"
            type="tel"
            maxLength={20}
            value={entry.phone}
            onChange={(event) => set({ phone: event.target.value })}
          />
        </div>
        {form.data === undefined ? null : (
          <div className="field">
            <span id="open-kind">{words.matters.kind}</span>
            <Radio.Group
              aria-labelledby="open-kind"
              value={entry.kind}
              onChange={(event) => set({ kind: event.target.value as string })}
              options={form.data.kinds.map(({ id, title }) => ({ value: id, label: title }))}
            />
          </div>
        )}
        {kind === undefined ? null : (
          <FieldForm
            fields={kind.fields}
            values={entry.fields}
            change={(fields) => set({ fields })}
            error={open.error}
            prefix="open"
          />
        )}
        <p>
          <Button
            type="primary"
            htmlType="submit"
            disabled={division === '' || kind === undefined}
            loading={open.isPending}
          >
            {words.openFor.submit}
          </Button>
        </p>
      </form>
    </>
  );
}
