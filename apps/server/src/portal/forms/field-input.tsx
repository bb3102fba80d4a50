import type { FieldView } from '@lianxin/contract';
import type { FC } from 'hono/jsx';
import { Choice } from '../components/choice/choice.js';
import { FileUpload } from '../components/file-upload/file-upload.js';
import { TextArea } from '../components/text-area/text-area.js';
import { TextField } from '../components/text-field/text-field.js';
import type { PageSetting } from '../setting.js';
import { idOfField, isFile, isLong, keptName, mostCharacters, nameOfField, textOf } from './draft.js';
import type { Draft, Problem } from './draft.js';

export interface FieldInputProps {
  readonly setting: PageSetting;
  readonly field: FieldView;
  readonly draft: Draft;
  readonly problems: readonly Problem[];
  /** Put in front of the id where the same field stands in several forms of a page. */
  readonly within?: string | undefined;
}

/** Pictures that a browser shows and the server can strip of where they were taken. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;

/** Field 栏目 of a procedure's form, asked in the way its type is asked everywhere; the pack's own words come first. */
export const FieldInput: FC<FieldInputProps> = ({ setting, field, draft, problems, within = '' }) => {
  const { words } = setting;
  const { request } = words;
  const plainId = idOfField(field.id);
  const id = `${within}${plainId}`;
  const name = nameOfField(field.id);
  const error = problems.find((problem) => problem.field === plainId)?.message;
  const optional = field.required ? undefined : words.optional;
  const value = textOf(draft, field.id);
  const label = field.unit ? `${field.title} (${field.unit})` : field.title;

  if (isFile(field)) {
    const kept = draft.kept[field.id]?.at(-1);
    return (
      <FileUpload
        id={id}
        name={name}
        label={label}
        hint={field.help ?? request.photoHint}
        error={error}
        optional={optional}
        accept={pictureTypes.join(',')}
        previewWords={request.photoPreview}
        kept={kept ? { words: request.photoKept, name: keptName(field.id), value: kept } : undefined}
      />
    );
  }
  if (isLong(field))
    return (
      <TextArea
        id={id}
        name={name}
        label={field.required ? label : `${label} ${words.optional}`}
        hint={field.help ?? (field.id === 'main-text' ? request.textHint : undefined)}
        rows={field.required ? 5 : 2}
        error={error}
        value={value}
        most={mostCharacters.long}
        countWords={request.count(mostCharacters.long)}
        leftWords={request.left}
        overWords={request.over}
      />
    );
  if (field.type === 'yes-no' || field.type === 'choice' || field.type === 'choices') {
    const options =
      field.type === 'yes-no'
        ? [{ value: 'yes', label }]
        : field.choices.map((choice) => ({ value: choice.value, label: choice.title }));
    return (
      <Choice
        id={id}
        name={name}
        legend={label}
        kind={field.type === 'choice' ? 'radio' : 'checkbox'}
        hint={field.help ?? undefined}
        error={error}
        options={options}
        chosen={draft.texts[field.id] ?? []}
      />
    );
  }
  const isPhone = field.type === 'phone';
  const isNumber = field.type === 'number' || field.type === 'money';
  const hints: Record<string, string> = { phone: request.phoneHint, place: request.placeHint };
  return (
    <TextField
      id={id}
      name={name}
      label={label}
      hint={field.help ?? hints[field.type]}
      error={error}
      value={value}
      optional={optional}
      type={isPhone ? 'tel' : field.type === 'date' ? 'date' : 'text'}
      inputmode={isPhone ? 'tel' : isNumber ? 'numeric' : undefined}
      autocomplete={isPhone ? 'tel' : 'off'}
      width={isPhone || isNumber || field.type === 'date' ? 'short' : 'full'}
    />
  );
};
