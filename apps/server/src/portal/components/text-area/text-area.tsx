import type { FC } from 'hono/jsx';
import { describedBy, Field } from '../field/field.js';

export interface TextAreaProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly value?: string | undefined;
  readonly rows?: number | undefined;
  readonly most: number;
  /** Says how many characters may be typed, before the script counts them down. */
  readonly countWords: string;
  /** The sentence the script fills in; `{left}` and `{over}` stand for the number. */
  readonly leftWords: string;
  readonly overWords: string;
}

/**
 * Text area 多行输入: a need in one's own words, with the number of characters allowed said beforehand.
 * Why no `maxlength`: it would cut off a pasted text without a word; too long is refused in words with the text kept.
 */
export const TextArea: FC<TextAreaProps> = (props) => {
  const { id, name, label, hint, error, value, rows = 6, most } = props;
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <textarea
        class="text-area"
        id={id}
        name={name}
        rows={rows}
        data-most={String(most)}
        data-count={`${id}-count`}
        aria-describedby={[describedBy(id, { hint, error }), `${id}-count`].filter(Boolean).join(' ')}
        aria-invalid={error ? 'true' : undefined}
      >
        {value ?? ''}
      </textarea>
      <p class="text-area-count" id={`${id}-count`} data-left={props.leftWords} data-over={props.overWords}>
        {props.countWords}
      </p>
    </Field>
  );
};
