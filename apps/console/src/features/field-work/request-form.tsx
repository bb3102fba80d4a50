import type { FieldValues, HouseholdContact, RequestForm as Form } from '@lianxin/contract';
import { Button, Input } from 'antd';
import { useLanguage } from '../../app/language.js';
import { Loading } from '../../app/page-head.js';
import { FieldForm } from '../matters/field-form.js';
import { useHeldDraft } from './pocket/held-draft.js';
import type { NewCommand } from './pocket/outbox.js';
import { PutAway, usePutAway } from './put-away.js';
import { usePocketWords } from './words.js';

type Kind = Form['kinds'][number];
interface Request {
  readonly kind: string;
  readonly name: string;
  readonly phone: string;
  readonly fields: FieldValues;
}

/** Attachments go to the server by themselves and places are looked up there: neither works at a door without a line. */
const needsLine = new Set(['file', 'files', 'body', 'person', 'division', 'divisions']);
const asksOffline = (kind: Kind): Kind['fields'] =>
  kind.fields.filter((field) => field.type !== 'phone' && !needsLine.has(field.type));
/** A kind that demands what needs a line cannot be filed without one. */
const fitsOffline = (kind: Kind): boolean => !kind.fields.some((field) => field.required && needsLine.has(field.type));

const commandOf = (
  of: HouseholdContact,
  form: Form,
  kind: Kind,
  id: string,
  request: Request,
  labels: readonly [string, string],
): NewCommand => {
  const asks = asksOffline(kind);
  const fields = Object.fromEntries(
    Object.entries(request.fields).filter(([name]) => asks.some((field) => field.id === name)),
  );
  const text = Object.values(fields).find((value) => typeof value === 'string') ?? kind.title;
  return {
    id,
    lane: id,
    command: {
      kind: 'request',
      path: '/api/matters',
      json: {
        division: form.division,
        kind: kind.id,
        procedure: kind.procedure,
        fields,
        channel: 'visit',
        onBehalfOf: { name: request.name.trim(), ...(request.phone === '' ? {} : { phone: request.phone }) },
      },
      about: request.name.trim(),
      text,
      household: of.household,
      asked: [
        { at: ['onBehalfOf', 'name'], label: labels[0] },
        { at: ['onBehalfOf', 'phone'], label: labels[1] },
        ...asks
          .filter((field) => ['text', 'long-text'].includes(field.type))
          .map(({ id: name, title }) => ({ at: ['fields', name], label: title })),
      ],
    },
  };
};

/** Files what a household asks to have passed on (代为反映), into the outbox; both names are kept, and a receipt comes back. */
export function RequestForm({ of, form }: { readonly of: HouseholdContact; readonly form: Form }) {
  const { words, term } = useLanguage();
  const pocket = usePocketWords();
  const kinds = form.kinds.filter(fitsOffline);
  const held = useHeldDraft<Request>(`request.${of.household}`, { kind: '', name: '', phone: '', fields: {} });
  const put = usePutAway(held);
  if (held.draft === undefined) return <Loading />;
  const { value: request, commandId } = held.draft;
  const set = (change: Partial<Request>) => held.change({ ...request, ...change });
  const kind = kinds.find((one) => one.id === request.kind);
  const prefix = `request-${of.household}`;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (kind !== undefined) put.mutate([commandOf(of, form, kind, commandId, request, [pocket.who, pocket.phone])]);
      }}
    >
      <p className="quiet">{pocket.requestHint}</p>
      <div className="field">
        <label htmlFor={`${prefix}-name`}>{pocket.who}</label>
        <Input
          id={`${prefix}-name`}
          required
          maxLength={60}
          autoComplete="off"
          value={request.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${prefix}-phone`}>
          {pocket.phone}
          <span className="quiet">{words.matters.optional}</span>
        </label>
        <Input
          id={`${prefix}-phone`}
          type="tel"
          maxLength={20}
          autoComplete="off"
          value={request.phone}
          onChange={(event) => set({ phone: event.target.value })}
        />
      </div>
      <fieldset>
        <legend>{words.matters.kind}</legend>
        <div className="ticks">
          {kinds.map(({ id, title }) => (
            <label className="tick" key={id}>
              <input
                type="radio"
                name={`${prefix}-kind`}
                required
                checked={request.kind === id}
                onChange={() => set({ kind: id })}
              />
              {term(title)}
            </label>
          ))}
        </div>
      </fieldset>
      {kind === undefined ? null : (
        <>
          <FieldForm
            fields={asksOffline(kind)}
            values={request.fields}
            change={(fields) => set({ fields })}
            error={null}
            prefix={prefix}
            division={form.division}
          />
          {kind.fields.some((field) => needsLine.has(field.type)) ? <p className="quiet">{pocket.notOffline}</p> : null}
        </>
      )}
      <PutAway put={put} full={held.full} />
      <p>
        <Button type="primary" htmlType="submit" loading={put.isPending}>
          {pocket.request}
        </Button>
      </p>
    </form>
  );
}
