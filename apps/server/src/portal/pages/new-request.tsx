import type { FieldView, RequestForm } from '@lianxin/contract';
import type { FC } from 'hono/jsx';
import { Button } from '../components/button/button.js';
import { Choice } from '../components/choice/choice.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { ErrorSummary } from '../components/error-summary/error-summary.js';
import { KindCards } from '../components/kind-cards/kind-cards.js';
import type { KindCard } from '../components/kind-cards/kind-cards.js';
import { NoticeBanner } from '../components/notice-banner/notice-banner.js';
import { Reveal } from '../components/reveal/reveal.js';
import { emptyDraft } from '../forms/draft.js';
import type { Draft, Problem } from '../forms/draft.js';
import { FieldInput } from '../forms/field-input.js';
import { sortFields } from '../forms/request-fields.js';
import type { SortedFields } from '../forms/request-fields.js';
import type { PageSetting } from '../setting.js';
import type { VillageView } from '../village.view.js';
import { Frame } from './frame.js';
import { trailOf } from './village.js';

/** The id of the form: the switches of the page belong to it, so that changing the language sends it along. */
export const requestFormId = 'request';

export interface NewRequestProps {
  readonly setting: PageSetting;
  readonly village: Pick<VillageView, 'code' | 'name' | 'path'>;
  readonly form: RequestForm;
  /** Server-made: the same pair sent twice is answered by the same receipt. */
  readonly ticket: { readonly commandId: string; readonly formToken: string };
  readonly kind: string;
  readonly draft?: Draft | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** The first four kinds wear the four colours in the order in which the pack lists them. */
const tints = ['need', 'affair', 'hardship', 'worry'] as const;

const cardsOf = (setting: PageSetting, kinds: RequestForm['kinds']): readonly KindCard[] => {
  const words = setting.words.request;
  return [
    ...kinds.map((kind, index) => ({
      value: kind.id,
      mark: kind.title.replace(/^民/, '').slice(0, 1),
      title: kind.title,
      example: kind.promise ?? '',
      tint: tints[index] ?? ('plain' as const),
    })),
    { value: '', mark: words.kindMarks.unsure, title: words.kindUnsure, example: words.kindUnsureNote },
  ];
};

const AgainstPerson: FC<{
  setting: PageSetting;
  about: NonNullable<SortedFields['aboutPerson']>;
  chosen: boolean;
  draft: Draft;
  problems: readonly Problem[];
}> = ({ setting, about, chosen, draft, problems }) => {
  const words = setting.words.request;
  const touched = about.fields.some((field) => draft.texts[field.id]?.some((text) => text !== ''));
  return (
    <Reveal summary={words.againstSummary} text={words.againstText} open={chosen || touched}>
      <Choice
        id="about"
        name="about"
        legend={words.againstTitle}
        kind="checkbox"
        options={[{ value: about.kind, label: words.againstCheck }]}
        chosen={chosen ? [about.kind] : []}
      />
      {about.fields.map((field) => (
        <FieldInput setting={setting} field={field} draft={draft} problems={problems} />
      ))}
    </Reveal>
  );
};

/** `/v/{code}/requests/new`: choose a kind or just write; everything else may stay empty. */
export const NewRequest: FC<NewRequestProps> = (props) => {
  const { setting, village, form, ticket, kind, draft = emptyDraft, problems = [] } = props;
  const words = setting.words.request;
  const here = `/v/${village.code}/requests/new`;
  const fields = sortFields(form);
  const shared = { setting, draft, problems };
  const inputs = (some: readonly FieldView[]) => some.map((field) => <FieldInput {...shared} field={field} />);
  return (
    <Frame
      setting={setting}
      title={words.title}
      trail={[...trailOf(setting, village.path), { href: `/v/${village.code}`, label: village.name }]}
      carries={form.kinds.length > 0 ? requestFormId : undefined}
    >
      <h1>{words.title}</h1>
      {form.kinds.length === 0 ? (
        <EmptyState
          text={setting.words.village.servicesNone}
          next={{ href: `/v/${village.code}/requests/paper`, label: words.paperLink }}
        />
      ) : (
        <>
          <p class="lead">{words.lead}</p>
          {problems.length > 0 ? (
            <ErrorSummary
              title={problems.some(({ field }) => field) ? words.problems(problems.length) : words.refused}
              kept={words.kept}
              codeWords={setting.words.code}
              items={problems.map((problem) => (problem.field ? { ...problem, code: undefined } : problem))}
            />
          ) : null}
          <div id="draft-notice" hidden>
            <NoticeBanner title={words.draft} tone="plain">
              <button class="button button-quiet" type="button" id="draft-forget">
                {words.draftForget}
              </button>
            </NoticeBanner>
          </div>
          <form
            id={requestFormId}
            method="post"
            action={here}
            enctype="multipart/form-data"
            accept-charset="utf-8"
            data-draft={village.code}
          >
            <input type="hidden" name="command" value={ticket.commandId} />
            <input type="hidden" name="form-token" value={ticket.formToken} />
            <KindCards
              id="kind"
              name="kind"
              legend={words.kind}
              hint={words.kindHint}
              error={problems.find(({ field }) => field === 'kind')?.message}
              cards={cardsOf(setting, [...fields.kinds])}
              chosen={kind === '' && draft === emptyDraft ? undefined : kind}
            />
            {inputs(fields.first)}
            {inputs(fields.rest)}
            {fields.byKind.map(({ title, fields: more }) => (
              <Reveal
                summary={words.more(title)}
                text={words.moreHint}
                open={more.some((field) => draft.texts[field.id]?.some((text) => text !== '') === true)}
              >
                {inputs(more)}
              </Reveal>
            ))}
            {fields.aboutPerson ? (
              <AgainstPerson {...shared} about={fields.aboutPerson} chosen={kind === fields.aboutPerson.kind} />
            ) : null}
            <div class="privacy-note">
              <p>
                <strong>{words.privacyTitle}</strong> {words.privacy} <a href="/help#kept">{words.privacyLink}</a>
              </p>
            </div>
            <div class="button-row">
              <Button label={words.send} />
            </div>
          </form>
          <p class="muted">
            {words.paper}
            <a href={`/v/${village.code}/requests/paper`}>{words.paperLink}</a>
            {words.paperEnd}
          </p>
        </>
      )}
    </Frame>
  );
};
