import type { FC } from 'hono/jsx';
import { FieldError, describedBy, idOfOption } from '../text-field/text-field.js';

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
  <fieldset class={error ? 'field-wrong' : undefined} aria-describedby={describedBy(id, { hint, error })}>
    <legend>{legend}</legend>
    {hint ? (
      <p class="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
    ) : null}
    <FieldError id={id} message={error} />
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
  </fieldset>
);
