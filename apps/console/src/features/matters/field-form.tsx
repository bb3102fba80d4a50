import type { FieldValues, FieldView } from '@lianxin/contract';
import { RefusedError } from '@lianxin/contract/client';
import { useLanguage } from '../../app/language.js';
import { FieldInput } from './field-input.js';

/** The faults that speak of one field, by its id or the title it has on the page, so that each is shown where it can be mended. */
function faultsOfField(error: unknown, field: Pick<FieldView, 'id' | 'title'>) {
  if (!(error instanceof RefusedError)) return [];
  return error.faults.filter((fault) => [field.id, field.title].includes(String(fault.params['field'] ?? '')));
}

/** The fields of a form with labels, help, and the reasons of a refusal beside the field they speak of. */
export function FieldForm({
  fields,
  values,
  change,
  error,
  prefix,
  division,
}: {
  readonly fields: readonly FieldView[];
  readonly values: FieldValues;
  readonly change: (values: FieldValues) => void;
  readonly error: unknown;
  readonly prefix: string;
  readonly division: string;
}) {
  const { words, term } = useLanguage();
  return (
    <>
      {fields.map((field) => {
        const id = `${prefix}-${field.id}`;
        const faults = faultsOfField(error, field);
        return (
          <div className="field" key={field.id}>
            <label htmlFor={id} id={`${id}-label`}>
              {term(field.title)}
              {field.required ? null : <span className="quiet">{words.matters.optional}</span>}
            </label>
            <div id={`${id}-help`}>
              {field.help === null ? null : <p className="quiet">{term(field.help)}</p>}
              {field.personal ? <p className="quiet">{words.matters.personal}</p> : null}
              {faults.map((fault) => (
                <p className="field-fault" key={fault.code}>
                  {fault.what} {fault.cure}
                </p>
              ))}
            </div>
            <FieldInput
              field={field}
              id={id}
              division={division}
              value={values[field.id]}
              invalid={faults.length > 0}
              change={(value) => {
                const { [field.id]: _before, ...rest } = values;
                change(value === undefined || value === '' ? rest : { ...rest, [field.id]: value });
              }}
            />
          </div>
        );
      })}
    </>
  );
}
