import type { FieldValues, FieldView } from '@lianxin/contract';
import { RefusedError } from '@lianxin/contract/client';
import { useLanguage } from '../../app/language.js';
import { FieldInput } from './field-input.js';

/** The faults that speak of one field, so that each is shown where it can be mended. */
export function faultsOfField(error: unknown, field: string) {
  return error instanceof RefusedError ? error.faults.filter((fault) => fault.params['field'] === field) : [];
}

/** The fields of a form with labels, help, and the reasons of a refusal beside the field they speak of. */
export function FieldForm({
  fields,
  values,
  change,
  error,
  prefix,
}: {
  readonly fields: readonly FieldView[];
  readonly values: FieldValues;
  readonly change: (values: FieldValues) => void;
  readonly error: unknown;
  readonly prefix: string;
}) {
  const { words } = useLanguage();
  return (
    <>
      {fields.map((field) => {
        const id = `${prefix}-${field.id}`;
        const faults = faultsOfField(error, field.id);
        return (
          <div className="field" key={field.id}>
            <label htmlFor={id}>
              {field.title}
              {field.required ? null : <span className="quiet">（{words.matters.optional}）</span>}
            </label>
            <div id={`${id}-help`}>
              {field.help === null ? null : <p className="quiet">{field.help}</p>}
              {faults.map((fault) => (
                <p className="field-fault" key={fault.code}>
                  {fault.what} {fault.cure}
                </p>
              ))}
            </div>
            <FieldInput
              field={field}
              id={id}
              value={values[field.id]}
              invalid={faults.length > 0}
              change={(value) => {
                const { [field.id]: _before, ...rest } = values;
                change(value === undefined ? rest : { ...rest, [field.id]: value });
              }}
            />
          </div>
        );
      })}
    </>
  );
}
