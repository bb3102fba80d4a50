import type { FC } from 'hono/jsx';
import { idOfOption, Question } from '../field/field.js';

export interface RatingProps {
  readonly id: string;
  readonly name: string;
  readonly legend: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** Five levels, best first, as the national service rating names them. */
  readonly levels: readonly { readonly value: string; readonly label: string }[];
  readonly chosen?: string | undefined;
}

/** Rating 满意度: five radio buttons with words; nothing is chosen beforehand, since rating is voluntary and never nudged. */
export const Rating: FC<RatingProps> = ({ id, name, legend, hint, error, levels, chosen }) => (
  <Question id={id} legend={legend} hint={hint} error={error}>
    <div class="rating">
      {levels.map((level, index) => (
        <label class="rating-level" for={idOfOption(id, index)}>
          <input
            type="radio"
            id={idOfOption(id, index)}
            name={name}
            value={level.value}
            checked={level.value === chosen}
          />
          <span class="rating-number" aria-hidden="true">
            {level.value}
          </span>
          <span>{level.label}</span>
        </label>
      ))}
    </div>
  </Question>
);
