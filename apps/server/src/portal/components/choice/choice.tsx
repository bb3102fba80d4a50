import type { Child, FC } from 'hono/jsx';
import { idOfOption, Question } from '../field/field.js';

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
}

export interface ChoiceProps {
  readonly id: string;
  readonly name: string;
  readonly legend: string;
  readonly kind: 'radio' | 'checkbox';
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly options: readonly ChoiceOption[];
  readonly chosen?: readonly string[] | undefined;
  readonly children?: Child;
}

/** Choice 选择: a few answers under one question, each with a target as tall as a finger. */
export const Choice: FC<ChoiceProps> = ({ id, name, legend, kind, hint, error, options, chosen = [], children }) => (
  <Question id={id} legend={legend} hint={hint} error={error}>
    {options.map((option, index) => (
      <div class="choice">
        <input
          class="choice-input"
          type={kind}
          id={idOfOption(id, index)}
          name={name}
          value={option.value}
          checked={chosen.includes(option.value)}
          aria-describedby={option.hint ? `${id}-${index}-hint` : undefined}
        />
        <label class="choice-label" for={idOfOption(id, index)}>
          {option.label}
        </label>
        {option.hint ? (
          <p class="choice-hint" id={`${id}-${index}-hint`}>
            {option.hint}
          </p>
        ) : null}
      </div>
    ))}
    {children}
  </Question>
);
