import type { FieldView, NextActView } from '@lianxin/contract';
import type { FC } from 'hono/jsx';
import { Button } from '../components/button/button.js';
import { Rating } from '../components/rating/rating.js';
import { TextField } from '../components/text-field/text-field.js';
import { emptyDraft, idOfField, nameOfField } from '../forms/draft.js';
import type { Draft, Problem } from '../forms/draft.js';
import { FieldInput } from '../forms/field-input.js';
import type { PageSetting } from '../setting.js';

/** An act that was tried and refused: what was typed, and what stood in the way. */
export interface TriedAct {
  readonly act: string;
  readonly draft: Draft;
  readonly problems: readonly Problem[];
}

export interface ActCardProps {
  readonly setting: PageSetting;
  readonly receipt: string;
  readonly version: number;
  readonly act: NextActView;
  readonly ticket: { readonly commandId: string; readonly formToken: string };
  readonly open: boolean;
  readonly tried?: TriedAct | undefined;
}

/** The levels of a rating: the pack's own names where it has them, else the five of the national service rating. */
const levelsOf = (setting: PageSetting, field: FieldView) =>
  field.choices.length > 0
    ? field.choices.map((choice) => ({ value: choice.value, label: choice.title }))
    : setting.words.track.ratingLevels;

const isRating = (act: NextActView, field: FieldView): boolean =>
  act.kind === 'rate' && (field.type === 'number' || field.type === 'choice');

/** One thing the holder of a receipt may do now, folded until wanted; its own form, so that it works without a script. */
export const ActCard: FC<ActCardProps> = ({ setting, receipt, version, act, ticket, open, tried }) => {
  const words = setting.words.track;
  const mine = tried?.act === act.act ? tried : undefined;
  const draft = mine?.draft ?? emptyDraft;
  const problems = mine?.problems ?? [];
  const within = `${act.act}-`;
  const errorOf = (id: string): string | undefined => problems.find((problem) => problem.field === id)?.message;
  return (
    <details class="act-card screen-only" open={open || mine !== undefined} id={`act-${act.act}`}>
      <summary>{act.title}</summary>
      <form method="post" action={`/r/${receipt}`} enctype="multipart/form-data" accept-charset="utf-8">
        <input type="hidden" name="act" value={act.act} />
        <input type="hidden" name="version" value={String(version)} />
        <input type="hidden" name="command" value={ticket.commandId} />
        <input type="hidden" name="form-token" value={ticket.formToken} />
        {act.fields.map((field) =>
          isRating(act, field) ? (
            <Rating
              id={`${within}${idOfField(field.id)}`}
              name={nameOfField(field.id)}
              legend={field.title}
              hint={words.ratingHint}
              error={errorOf(idOfField(field.id))}
              levels={levelsOf(setting, field)}
              chosen={draft.texts[field.id]?.[0]}
            />
          ) : (
            <FieldInput setting={setting} field={field} draft={draft} problems={problems} within={within} />
          ),
        )}
        {act.needsSecret ? (
          <TextField
            id={`${within}secret`}
            name="secret"
            label={words.secretLabel}
            hint={words.secretHint}
            error={errorOf('secret')}
            autocomplete="off"
          />
        ) : null}
        <div class="button-row">
          <Button label={act.title} tone={act.kind === 'withdraw' ? 'warn' : 'primary'} />
        </div>
      </form>
    </details>
  );
};
