import type { Child, FC } from 'hono/jsx';

/** What every field says around its boxes: what is asked, what helps to answer, what is wrong with the answer. */
export interface Asked {
  readonly id: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** The ids that describe a field, in reading order; undefined when nothing does. */
export const describedBy = (id: string, parts: { hint?: unknown; error?: unknown }): string | undefined => {
  const ids = [parts.hint ? `${id}-hint` : '', parts.error ? `${id}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
};

/** The id of one of several answers; the first has the field's own, so that a link from the error summary lands on it. */
export const idOfOption = (id: string, index: number): string => (index === 0 ? id : `${id}-${index}`);

/** Hint and error before the box; the error says what to do, in a sentence, with a mark that does not rely on colour. */
const Advice: FC<Asked> = ({ id, hint, error }) => (
  <>
    {hint ? (
      <p class="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
    ) : null}
    {error ? (
      <p class="field-error" id={`${id}-error`}>
        <span class="field-error-mark" aria-hidden="true">
          !
        </span>
        {error}
      </p>
    ) : null}
  </>
);

export interface FieldProps extends Asked {
  readonly label: string;
  readonly optional?: string | undefined;
  readonly children?: Child;
}

/** Field 栏目: one box under a visible label, which the box's own `id` is tied to. */
export const Field: FC<FieldProps> = ({ id, label, optional, hint, error, children }) => (
  <div class={error ? 'field field-wrong' : 'field'}>
    <label class="field-label" for={id}>
      {label}
      {optional ? <span class="field-optional"> {optional}</span> : null}
    </label>
    <Advice id={id} hint={hint} error={error} />
    {children}
  </div>
);

export interface QuestionProps extends Asked {
  readonly legend: string;
  readonly children?: Child;
}

/** Question 选项组: several answers under one legend, read out as a group. */
export const Question: FC<QuestionProps> = ({ id, legend, hint, error, children }) => (
  <fieldset class={error ? 'field-wrong' : undefined} aria-describedby={describedBy(id, { hint, error })}>
    <legend>{legend}</legend>
    <Advice id={id} hint={hint} error={error} />
    {children}
  </fieldset>
);
