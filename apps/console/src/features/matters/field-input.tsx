import type { FieldValue, FieldView } from '@lianxin/contract';
import { Checkbox, Input, InputNumber, Radio, Select } from 'antd';
import { FileField } from './file-field.js';

interface Props {
  readonly field: FieldView;
  readonly id: string;
  readonly value: FieldValue | undefined;
  readonly change: (value: FieldValue | undefined) => void;
  readonly invalid: boolean;
}

const text = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');

/** The control that asks for one field of a form, chosen by the field's type in the pack. */
export function FieldInput({ field, id, value, change, invalid }: Props) {
  const described = {
    id,
    'aria-invalid': invalid,
    'aria-describedby': `${id}-help`,
    status: invalid ? ('error' as const) : ('' as const),
  };
  switch (field.type) {
    case 'long-text':
      return (
        <Input.TextArea
          {...described}
          rows={4}
          showCount
          maxLength={4000}
          value={text(value)}
          onChange={(event) => change(event.target.value)}
        />
      );
    case 'number':
    case 'money':
      return (
        <InputNumber
          {...described}
          min={0}
          {...(field.unit === null ? {} : { suffix: field.unit })}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => change(next ?? undefined)}
        />
      );
    case 'yes-no':
      return (
        <Checkbox id={id} checked={value === true} onChange={(event) => change(event.target.checked)}>
          {field.title}
        </Checkbox>
      );
    case 'choice':
    case 'body':
    case 'person':
      return field.choices.length > 0 && field.choices.length <= 6 ? (
        <Radio.Group
          id={id}
          value={value ?? null}
          onChange={(event) => change(event.target.value as string)}
          options={field.choices.map(({ value, title }) => ({ value, label: title }))}
        />
      ) : (
        <Select
          {...described}
          showSearch={{ optionFilterProp: 'label' }}
          allowClear
          value={text(value) === '' ? null : text(value)}
          onChange={(next: string | undefined) => change(next)}
          options={field.choices.map(({ value, title }) => ({ value, label: title }))}
        />
      );
    case 'choices':
      return (
        <Select
          {...described}
          mode={field.choices.length === 0 ? 'tags' : 'multiple'}
          showSearch={{ optionFilterProp: 'label' }}
          value={Array.isArray(value) ? value : []}
          onChange={(next: string[]) => change(next)}
          options={field.choices.map(({ value, title }) => ({ value, label: title }))}
        />
      );
    case 'file':
      return <FileField id={id} value={Array.isArray(value) ? value : []} change={change} />;
    case 'date':
      return <Input {...described} type="date" value={text(value)} onChange={(event) => change(event.target.value)} />;
    default:
      return (
        <Input
          {...described}
          type={field.type === 'phone' ? 'tel' : 'text'}
          value={text(value)}
          {...(field.unit === null ? {} : { suffix: field.unit })}
          onChange={(event) => change(event.target.value)}
        />
      );
  }
}
