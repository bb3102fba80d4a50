import type { FieldValue, FieldView } from '@lianxin/contract';
import { Input } from 'antd';
import { useState } from 'react';
import { useLanguage } from '../../app/language.js';

interface Props<V> {
  readonly id: string;
  readonly field: FieldView;
  readonly value: V;
  readonly change: (value: FieldValue | undefined) => void;
}

/** More than this many choices are picked from a list that unfolds; fewer stand there to be pressed. */
const mostButtons = 5;

/** One of several (单选): buttons where they are few, the system's own list where they are many; both work by keyboard and thumb. */
export function PickOne({ id, field, value, change, invalid }: Props<string> & { readonly invalid: boolean }) {
  const { words, term } = useLanguage();
  const described = { 'aria-invalid': invalid, 'aria-describedby': `${id}-help` };
  if (field.choices.length > mostButtons) {
    return (
      <select
        id={id}
        {...described}
        required={field.required}
        value={value}
        onChange={(event) => change(event.target.value === '' ? undefined : event.target.value)}
      >
        <option value="">{words.choose}</option>
        {field.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {term(choice.title)}
          </option>
        ))}
      </select>
    );
  }
  return (
    <div className="ticks" role="radiogroup" aria-labelledby={`${id}-label`} aria-describedby={`${id}-help`} id={id}>
      {field.choices.map((choice) => (
        <label className="tick" key={choice.value}>
          <input
            type="radio"
            name={id}
            required={field.required}
            checked={value === choice.value}
            onChange={() => change(choice.value)}
          />
          {term(choice.title)}
        </label>
      ))}
    </div>
  );
}

/** Several of many (多选): a box of ticks with a word to narrow them by. */
export function ChoiceList({ id, field, value, change }: Props<readonly string[]>) {
  const { words, term } = useLanguage();
  const [narrow, setNarrow] = useState('');
  const shown = field.choices.filter((choice) => choice.title.includes(narrow) || value.includes(choice.value));
  return (
    <div role="group" aria-labelledby={`${id}-label`} id={id}>
      {field.choices.length > 10 ? (
        <Input
          aria-label={words.narrow}
          placeholder={words.narrow}
          value={narrow}
          onChange={(event) => setNarrow(event.target.value)}
        />
      ) : null}
      <div className="ticks box" role="group" aria-labelledby={`${id}-label`}>
        {shown.map((choice) => (
          <label className="tick" key={choice.value}>
            <input
              type="checkbox"
              checked={value.includes(choice.value)}
              onChange={(event) => {
                const next = event.target.checked
                  ? [...value, choice.value]
                  : value.filter((one) => one !== choice.value);
                change(next.length === 0 ? undefined : next);
              }}
            />
            {term(choice.title)}
          </label>
        ))}
      </div>
    </div>
  );
}

/** A list in one's own words (清单): a line each, as one would write it on paper. */
export function LineList({
  id,
  field,
  value,
  change,
  invalid,
}: Props<readonly string[]> & { readonly invalid: boolean }) {
  const { words } = useLanguage();
  const [typed, setTyped] = useState(value.join('\n'));
  const known = typed.split('\n').map((line) => line.trim());
  // Lines given from outside, e.g. the places that were ticked, replace what stands here.
  const shown = known.filter(Boolean).join('\n') === value.join('\n') ? typed : value.join('\n');
  return (
    <Input.TextArea
      id={id}
      aria-invalid={invalid}
      aria-describedby={`${id}-help`}
      rows={3}
      required={field.required}
      placeholder={words.oneALine}
      value={shown}
      onChange={(event) => {
        setTyped(event.target.value);
        const lines = event.target.value.split('\n').map((line) => line.trim());
        const next = lines.filter(Boolean);
        change(next.length === 0 ? undefined : next);
      }}
    />
  );
}
