import type { FieldValues, openMatterRoute, Opened, requestFormRoute } from '@lianxin/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { EntryForm } from '../../app/entry-form.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { PageHead } from '../../app/page-head.js';
import { homeOf, useMe } from '../../app/session.js';
import { FieldForm } from './field-form.js';
import { VillageSelect } from './village-select.js';
import { useVillages } from './villages.js';

const channels = ['counter', 'phone', 'paper', 'visit'] as const;

interface Entry {
  readonly division: string;
  readonly kind: string;
  readonly channel: (typeof channels)[number];
  readonly name: string;
  readonly phone: string;
  readonly fields: FieldValues;
}

const empty: Entry = { division: '', kind: '', channel: 'counter', name: '', phone: '', fields: {} };

/** The slip to hand over. A result of what staff filed is confirmed by someone drawn by lot, so there is no second secret on it. */
function Received({ opened, again }: { readonly opened: Opened; readonly again: () => void }) {
  const { words } = useLanguage();
  return (
    <>
      <PageHead title={words.openFor.received} />
      <section className="panel" role="status">
        <p className="receipt-code">{opened.receipt.code}</p>
        <p>{opened.receipt.words}</p>
        <p className="quiet">{words.openFor.slipHint}</p>
        <p className="row left">
          <a className="button strong" href={`${opened.receipt.track}/print`} target="_blank" rel="noreferrer">
            {words.openFor.printSlip}
          </a>
          <Link className="button" to="/matters/$id" params={{ id: opened.id }}>
            {words.openFor.goTo(opened.number)}
          </Link>
          <Button onClick={again}>{words.openFor.another}</Button>
        </p>
      </section>
    </>
  );
}

/** File for a resident (代为登记) who has no phone or came to the counter: both names are kept and a paper receipt prints. */
export function OpenPage() {
  const { words, term } = useLanguage();
  const me = useMe();
  const draft = useDraft<Entry>('open', empty);
  const entry = draft.value;
  const set = (change: Partial<Entry>) => draft.change({ ...entry, ...change });
  const villages = useVillages(homeOf(me.data));
  const division = entry.division === '' && villages.length === 1 ? (villages[0]?.code ?? '') : entry.division;
  const form = useQuery({
    queryKey: ['request-form', division],
    queryFn: () =>
      call<typeof requestFormRoute>('get', '/api/villages/{code}/request-form', { params: { code: division } }),
    enabled: division !== '',
  });
  const kinds = form.data?.kinds ?? [];
  const kind = kinds.find((one) => one.id === entry.kind);
  const open = useMutation({
    mutationFn: () =>
      call<typeof openMatterRoute>('post', '/api/matters', {
        json: {
          division,
          ...(kind === undefined ? {} : { kind: kind.id, procedure: kind.procedure }),
          // What belongs to another kind's form is not sent with this one.
          fields: Object.fromEntries(
            Object.entries(entry.fields).filter(([id]) => kind?.fields.some((field) => field.id === id) === true),
          ),
          channel: entry.channel,
          onBehalfOf: { name: entry.name.trim(), ...(entry.phone === '' ? {} : { phone: entry.phone }) },
        },
        commandId: draft.commandId,
      }),
    onSuccess: () => draft.forget(),
  });
  if (open.data !== undefined) return <Received opened={open.data} again={open.reset} />;
  return (
    <>
      <PageHead title={words.nav.open}>
        <p className="quiet">{words.openFor.lead}</p>
      </PageHead>
      <EntryForm sending={open} action={words.openFor.submit}>
        {villages.length === 1 ? (
          <p>
            {words.openFor.village}
            {words.colon}
            <strong>{villages[0]?.name}</strong>
          </p>
        ) : (
          <VillageSelect
            id="open-village"
            label={words.openFor.village}
            villages={villages}
            value={division}
            change={(code) => set({ division: code })}
          />
        )}
        <Faults error={form.error} />
        <fieldset>
          <legend>{words.openFor.channel}</legend>
          <div className="ticks">
            {channels.map((channel) => (
              <label className="tick" key={channel}>
                <input
                  type="radio"
                  name="channel"
                  checked={entry.channel === channel}
                  onChange={() => set({ channel })}
                />
                {words.openFor.channels[channel]}
              </label>
            ))}
          </div>
        </fieldset>
        <div className="field">
          <label htmlFor="open-name">{words.openFor.name}</label>
          <Input
            id="open-name"
            required
            maxLength={60}
            autoComplete="off"
            value={entry.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor="open-phone">
            {words.openFor.phone}
            <span className="quiet">{words.matters.optional}</span>
          </label>
          <Input
            id="open-phone"
            type="tel"
            maxLength={20}
            autoComplete="off"
            value={entry.phone}
            onChange={(event) => set({ phone: event.target.value })}
          />
        </div>
        {kinds.length === 0 ? null : (
          <fieldset>
            <legend>{words.matters.kind}</legend>
            <div className="ticks">
              {kinds.map(({ id, title, promise }) => (
                <label className="tick" key={id}>
                  <input
                    type="radio"
                    name="kind"
                    required
                    checked={entry.kind === id}
                    onChange={() => set({ kind: id })}
                  />
                  <span>
                    {term(title)}
                    {promise === null || promise.length > 12 ? null : <span className="quiet"> {term(promise)}</span>}
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        )}
        {kind === undefined ? null : (
          <FieldForm
            fields={kind.fields.filter((field) => field.type !== 'phone')}
            values={entry.fields}
            change={(fields) => set({ fields })}
            error={open.error}
            prefix="open"
            division={division}
          />
        )}
      </EntryForm>
    </>
  );
}
