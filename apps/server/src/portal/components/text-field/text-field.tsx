import type { FC } from 'hono/jsx';
import { describedBy, Field } from '../field/field.js';

export interface TextFieldProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly value?: string | undefined;
  readonly type?: 'text' | 'tel' | 'search' | 'date' | undefined;
  readonly autocomplete?: string | undefined;
  readonly inputmode?: 'text' | 'tel' | 'numeric' | 'search' | undefined;
  readonly maxlength?: number | undefined;
  /** How wide the box looks: a hint of how long the answer is. */
  readonly width?: 'full' | 'short' | undefined;
  readonly optional?: string | undefined;
}

/** Text field 单行输入: a short answer; a visible label always, a hint before the box, the error between both and it. */
export const TextField: FC<TextFieldProps> = (props) => {
  const { id, name, label, hint, error, value, type = 'text', width = 'full', optional } = props;
  return (
    <Field id={id} label={label} optional={optional} hint={hint} error={error}>
      <input
        class={`text-field text-field-${width}`}
        id={id}
        name={name}
        type={type}
        value={value ?? ''}
        autocomplete={props.autocomplete}
        inputmode={props.inputmode}
        maxlength={props.maxlength}
        aria-describedby={describedBy(id, { hint, error })}
        aria-invalid={error ? 'true' : undefined}
      />
    </Field>
  );
};
