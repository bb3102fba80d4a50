import type { FieldValue, FieldView } from '@lianxin/contract';
import { Input, InputNumber } from 'antd';
import { useLanguage } from '../../app/language.js';
import { ChoiceList, LineList, PickOne } from './choice-input.js';
import { FileField } from './file-field.js';

interface Props {
  readonly field: FieldView;
  readonly id: string;
  /** The place the form is about; attachments are kept with it. */
  readonly division: string;
  readonly value: FieldValue | undefined;
  readonly change: (value: FieldValue | undefined) => void;
  readonly invalid: boolean;
}

const text = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');
const texts = (value: FieldValue | undefined): readonly string[] =>
  Array.isArray(value) ? value : typeof value === 'string' && value !== '' ? [value] : [];

/** The control that asks for one field of a form, chosen by the field's type in the pack. */
export function FieldInput({ field, id, division, value, change, invalid }: Props) {
  const { words, term } = useLanguage();
  const described = { id, 'aria-invalid': invalid, 'aria-describedby': `${id}-help` };
  const status = invalid ? ('error' as const) : ('' as const);
  switch (field.type) {
    case 'long-text':
      return (
        <Input.TextArea
          {...described}
          status={status}
          rows={4}
          maxLength={8000}
          required={field.required}
          value={text(value)}
          onChange={(event) => change(event.target.value)}
        />
      );
    case 'number':
    case 'money':
      return (
        <InputNumber
          {...described}
          status={status}
          min={0}
          required={field.required}
          {...(field.unit === null ? {} : { suffix: field.unit })}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => change(next ?? undefined)}
        />
      );
    case 'yes-no':
      return (
        <label className="tick">
          <input
            {...described}
            type="checkbox"
            checked={value === true}
            onChange={(event) => change(event.target.checked)}
          />
          {words.yes}
        </label>
      );
    case 'choices':
      return <ChoiceList id={id} field={field} value={texts(value)} change={change} />;
    case 'list':
      return field.choices.length > 0 ? (
        <ChoiceList id={id} field={field} value={texts(value)} change={change} />
      ) : (
        <LineList id={id} field={field} value={texts(value)} change={change} invalid={invalid} />
      );
    case 'file':
    case 'files':
      return (
        <FileField
          id={id}
          division={division}
          several={field.type === 'files'}
          value={texts(value)}
          change={(next) => change(field.type === 'files' ? [...next] : (next[0] ?? undefined))}
        />
      );
    case 'date':
      return (
        <Input
          {...described}
          status={status}
          type="date"
          required={field.required}
          value={text(value)}
          onChange={(event) => change(event.target.value)}
        />
      );
    default:
      if (field.choices.length > 0) {
        return <PickOne id={id} field={field} value={text(value)} change={change} invalid={invalid} />;
      }
      return (
        <Input
          {...described}
          status={status}
          type={field.type === 'phone' ? 'tel' : 'text'}
          required={field.required}
          value={text(value)}
          {...(field.unit === null ? {} : { suffix: term(field.unit) })}
          onChange={(event) => change(event.target.value)}
        />
      );
  }
}
