import type { listBodiesRoute } from '@lianxin/contract';
import type { CallOutput } from '@lianxin/contract/client';
import { Button, Input } from 'antd';
import type { ReactNode } from 'react';
import type { Sending } from '../../app/entry-form.js';
import { Faults } from '../../app/faults.js';
import { Field } from '../../app/fields.js';
import { usePeopleWords } from './words.js';

/** Kinds of body that stand in the Party tree and name the body above them. */
export const inPartyTree: readonly string[] = ['committee', 'branch', 'party-group'];

/** A labelled choice among bodies; without words for none, one has to be chosen. */
export function BodyField({
  id,
  label,
  bodies,
  none,
  value,
  change,
}: {
  readonly id: string;
  readonly label: string;
  readonly bodies: CallOutput<typeof listBodiesRoute>['bodies'];
  readonly none?: string;
  readonly value: string;
  readonly change: (body: string) => void;
}) {
  return (
    <Field id={id} label={label}>
      <select id={id} required={none === undefined} value={value} onChange={(event) => change(event.target.value)}>
        <option value="">{none ?? '—'}</option>
        {bodies.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Why something is ended on the very day it began (登记有误): asked for on that day alone, when it is the withdrawal of a mistake. */
export function MistakeField({
  id,
  from,
  on,
  value,
  change,
}: {
  readonly id: string;
  readonly from: string;
  readonly on: string;
  readonly value: string;
  readonly change: (reason: string) => void;
}) {
  const said = usePeopleWords();
  if (on !== from) return null;
  return (
    <Field id={id} label={said.mistake}>
      <Input
        id={id}
        required
        minLength={2}
        maxLength={200}
        aria-describedby={`${id}-help`}
        value={value}
        onChange={(event) => change(event.target.value)}
      />
      <p id={`${id}-help`} className="quiet">
        {said.mistakeHelp(from)}
      </p>
    </Field>
  );
}

/** A folded form that saves one thing: what was refused, and what may be done instead, stand above its button, that it was saved below. */
export function SaveForm({
  title,
  lead,
  save,
  instead,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly save: Sending & { readonly isSuccess: boolean };
  readonly instead?: ReactNode;
  readonly children: ReactNode;
}) {
  const said = usePeopleWords();
  return (
    <details className="panel">
      <summary>{title}</summary>
      {lead === undefined ? null : <p className="quiet">{lead}</p>}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {children}
        <Faults error={save.error} />
        {instead}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {said.save}
        </Button>
        {save.isSuccess ? <p role="status">{said.saved}</p> : null}
      </form>
    </details>
  );
}
