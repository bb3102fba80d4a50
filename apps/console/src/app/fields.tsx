import { Input } from 'antd';
import type { ReactNode } from 'react';

/** A labelled line of a form. */
export function Field({
  id,
  label,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

/** A labelled line of text that has to be written. */
export function TextField({
  id,
  label,
  most,
  value,
  change,
}: {
  readonly id: string;
  readonly label: string;
  /** How many characters it takes. */
  readonly most: number;
  readonly value: string;
  readonly change: (text: string) => void;
}) {
  return (
    <Field id={id} label={label}>
      <Input id={id} required maxLength={most} value={value} onChange={(event) => change(event.target.value)} />
    </Field>
  );
}

/** A labelled day. */
export function DayField({
  id,
  label,
  value,
  change,
}: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly change: (day: string) => void;
}) {
  return (
    <Field id={id} label={label}>
      <input id={id} type="date" required value={value} onChange={(event) => change(event.target.value)} />
    </Field>
  );
}
