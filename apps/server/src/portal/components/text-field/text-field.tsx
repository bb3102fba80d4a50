import type { FC } from 'hono/jsx';

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

/** The ids that describe a field, in reading order; undefined when nothing does. */
export const describedBy = (id: string, parts: { hint?: unknown; error?: unknown }): string | undefined => {
  const ids = [parts.hint ? `${id}-hint` : '', parts.error ? `${id}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
};

/** The id of one of several answers; the first has the field's own, so that a link from the error summary lands on it. */
export const idOfOption = (id: string, index: number): string => (index === 0 ? id : `${id}-${index}`);

/** Error beside a field 字段错误: says what to do, in a sentence, with a mark that does not rely on colour. */
export const FieldError: FC<{ id: string; message?: string | undefined }> = ({ id, message }) =>
  message ? (
    <p class="field-error" id={`${id}-error`}>
      <span class="field-error-mark" aria-hidden="true">
        !
      </span>
      {message}
    </p>
  ) : null;

/** Text field 单行输入: a short answer; a visible label always, a hint before the box, the error between both and it. */
export const TextField: FC<TextFieldProps> = (props) => {
  const { id, name, label, hint, error, value, type = 'text', width = 'full', optional } = props;
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label class="field-label" for={id}>
        {label}
        {optional ? <span class="field-optional"> {optional}</span> : null}
      </label>
      {hint ? (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      <FieldError id={id} message={error} />
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
    </div>
  );
};
