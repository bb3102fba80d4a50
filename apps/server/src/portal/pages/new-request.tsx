import type { FC } from 'hono/jsx';
import { Button } from '../components/button/button.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { ErrorSummary } from '../components/error-summary/error-summary.js';
import { KindCards } from '../components/kind-cards/kind-cards.js';
import type { KindCard } from '../components/kind-cards/kind-cards.js';
import { NoticeBanner } from '../components/notice-banner/notice-banner.js';
import { Reveal } from '../components/reveal/reveal.js';
import { emptyDraft } from '../forms/draft.js';
import type { Draft, Problem } from '../forms/draft.js';
import { FieldInput } from '../forms/field-input.js';
import { asAsked } from '../forms/request-fields.js';
import type { FieldAsked, RequestPage } from '../forms/request-fields.js';
import type { PageSetting } from '../setting.js';
import type { VillageView } from '../village.view.js';
import { Frame } from './frame.js';
import { trailOf } from './village.js';

/** The id of the form: the switches of the page belong to it, so that changing the language sends it along. */
const requestFormId = 'request';

export interface NewRequestProps {
  readonly setting: PageSetting;
  readonly village: Pick<VillageView, 'code' | 'name' | 'path'>;
  readonly page: RequestPage;
  /** Server-made: the same pair sent twice is answered by the same receipt. */
  readonly ticket: { readonly commandId: string; readonly formToken: string };
  /** The chosen kind; undefined before anything was chosen, empty for somebody who just writes. */
  readonly kind?: string | undefined;
  readonly draft?: Draft | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** The first four kinds wear the four colours in the order in which the pack lists them. */
const tints = ['need', 'affair', 'hardship', 'worry'] as const;

const cardsOf = (setting: PageSetting, page: RequestPage): readonly KindCard[] => {
  const words = setting.words.request;
  return [
    ...page.kinds.map((kind, index) => ({
      value: kind.id,
      mark: kind.title.replace(/^.*民(?=.)/, '').slice(0, 1),
      title: kind.title,
      example: kind.promise ?? '',
      tint: tints[index] ?? ('plain' as const),
    })),
    ...(page.unsorted
      ? [{ value: '', mark: words.kindMarks.unsure, title: words.kindUnsure, example: words.kindUnsureNote }]
      : []),
  ];
};

type Shared = { setting: PageSetting; draft: Draft; problems: readonly Problem[] };

const Inputs: FC<Shared & { fields: readonly FieldAsked[] }> = ({ setting, draft, problems, fields }) => (
  <>
    {asAsked(fields).map((field) => (
      <FieldInput setting={setting} field={field} draft={draft} problems={problems} />
    ))}
  </>
);

/** Complaints about a person: said plainly what happens with them, and where to write one. */
const AboutPerson: FC<Shared & { page: RequestPage }> = (props) => {
  const { setting, draft, page } = props;
  const words = setting.words.request;
  const isOwnPage = page.kinds.length === 1;
  const touched = page.aboutPerson.some(({ asked }) => draft.texts[asked]?.some((text) => text !== ''));
  if (isOwnPage)
    return (
      <>
        {page.aboutPerson.length > 0 ? (
          <NoticeBanner title={words.againstTitle} tone="plain" text={words.againstText} />
        ) : null}
        <Inputs {...props} fields={page.aboutPerson} />
      </>
    );
  // Where no procedure keeps a complaint away from its subject, saying nothing would let people write it here.
  if (page.aboutPerson.length === 0 && page.complaint === null)
    return (
      <Reveal summary={words.againstSummary} text={words.againstNowhere}>
        <p>
          <a href="/help#person">{words.againstHelp}</a>
        </p>
      </Reveal>
    );
  return (
    <Reveal summary={words.againstSummary} text={words.againstText} open={touched}>
      <Inputs {...props} fields={page.aboutPerson} />
      {page.complaint ? <Button label={words.againstGo} tone="secondary" name="for" value={page.complaint.id} /> : null}
    </Reveal>
  );
};

const Summary: FC<{ setting: PageSetting; problems: readonly Problem[] }> = ({ setting, problems }) => {
  const words = setting.words.request;
  return problems.length === 0 ? null : (
    <ErrorSummary
      title={problems.some(({ field }) => field) ? words.problems(problems.length) : words.refused}
      kept={words.kept}
      codeWords={setting.words.code}
      items={problems.map((problem) => (problem.field ? { ...problem, code: undefined } : problem))}
    />
  );
};

/** What else may be asked for, as buttons of the form: what was typed goes along. */
const Others: FC<{ setting: PageSetting; page: RequestPage }> = ({ setting, page }) => {
  const words = setting.words.request;
  return page.others.length === 0 ? null : (
    <Reveal summary={words.others} text={words.othersText}>
      <div class="button-row">
        {page.others.map((kind) => (
          <Button label={kind.title} tone="secondary" name="for" value={kind.id} />
        ))}
      </div>
    </Reveal>
  );
};

/** `/v/{code}/requests/new`: choose a kind or just write; everything else may stay empty. */
export const NewRequest: FC<NewRequestProps> = (props) => {
  const { setting, village, page, ticket, kind, draft = emptyDraft, problems = [] } = props;
  const words = setting.words.request;
  const shared = { setting, draft, problems };
  const [only, ...more] = page.kinds;
  const isAlone = more.length === 0;
  return (
    <Frame
      setting={setting}
      title={words.title}
      trail={[...trailOf(setting, village.path), { href: `/v/${village.code}`, label: village.name }]}
      carries={only ? requestFormId : undefined}
    >
      <h1>{isAlone && only ? only.title : words.title}</h1>
      {only === undefined ? (
        <EmptyState text={words.none} next={{ href: `/v/${village.code}/requests/paper`, label: words.paperLink }} />
      ) : (
        <>
          <p class="lead">{isAlone ? (only.promise ?? words.lead) : words.lead}</p>
          <Summary setting={setting} problems={problems} />
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
            action={`/v/${village.code}/requests/new`}
            enctype="multipart/form-data"
            accept-charset="utf-8"
            data-draft={village.code}
          >
            {/* The first button of a form is what the Enter key presses: it must be the one that sends. */}
            <button class="visually-hidden" type="submit" tabindex={-1} aria-hidden="true">
              {words.send}
            </button>
            <input type="hidden" name="command" value={ticket.commandId} />
            <input type="hidden" name="form-token" value={ticket.formToken} />
            {isAlone ? (
              <input type="hidden" name="kind" value={only.id} />
            ) : (
              <KindCards
                id="kind"
                name="kind"
                legend={words.kind}
                hint={page.unsorted ? words.kindHint : undefined}
                error={problems.find(({ field }) => field === 'kind')?.message}
                cards={cardsOf(setting, page)}
                chosen={kind}
              />
            )}
            <Inputs {...shared} fields={page.first} />
            {isAlone ? <AboutPerson {...shared} page={page} /> : null}
            <Inputs {...shared} fields={page.rest} />
            {isAlone ? null : <AboutPerson {...shared} page={page} />}
            {isAlone ? null : <Others setting={setting} page={page} />}
            <div class="privacy-note">
              <p>
                <strong>{words.privacyTitle}</strong> {words.privacy} <a href="/help#kept">{words.privacyLink}</a>
              </p>
            </div>
            <div class="button-row">
              <Button label={words.send} />
              {isAlone ? <Button label={words.back} tone="quiet" href={`/v/${village.code}/requests/new`} /> : null}
            </div>
          </form>
          {isAlone && page.aboutPerson.length > 0 ? (
            <p class="muted">{setting.words.paper.against}</p>
          ) : (
            <p class="muted">
              {words.paper} <a href={`/v/${village.code}/requests/paper`}>{words.paperLink}</a> {words.paperEnd}
            </p>
          )}
        </>
      )}
    </Frame>
  );
};
