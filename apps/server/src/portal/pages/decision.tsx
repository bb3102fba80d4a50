import type { Child, FC } from 'hono/jsx';
import type { DecisionPage } from '../../decisions/index.js';
import { Button } from '../components/button/button.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { ErrorSummary, type ErrorSummaryItem } from '../components/error-summary/error-summary.js';
import { NoticeBanner } from '../components/notice-banner/notice-banner.js';
import { Reveal } from '../components/reveal/reveal.js';
import { SectionCard } from '../components/section-card/section-card.js';
import { SummaryList } from '../components/summary-list/summary-list.js';
import { Tally } from '../components/tally/tally.js';
import { TextArea } from '../components/text-area/text-area.js';
import { TextField } from '../components/text-field/text-field.js';
import type { Ticket } from '../matter-desk.js';
import type { PageSetting } from '../setting.js';
import type { FoundVillage } from '../villages.js';
import { showDay, showMoment } from '../words/days.js';
import { decisionWords } from '../words/decisions.js';
import { postingWords } from '../words/postings.js';
import { Frame } from './frame.js';
import { DecisionPostings } from './postings.js';
import { trailOf } from './village.js';

type Decision = DecisionPage['decision'];
type Kind = 'sign-up' | 'comment' | 'query' | 'objection';

interface Props {
  readonly setting: PageSetting;
  readonly village: FoundVillage;
  readonly page: DecisionPage;
}

/** What was typed into one of the forms, and what came of it. */
export interface SayState {
  readonly ticket: Ticket;
  readonly kind: Kind | null;
  readonly text: string;
  readonly name: string;
  readonly contact: string;
  readonly problems: readonly ErrorSummaryItem[];
  /** The day of the answer where one is owed; undefined when nothing was sent. */
  readonly said?: string | null | undefined;
}

const trailTo = (setting: PageSetting, village: FoundVillage) => [
  ...trailOf(setting, village.path),
  { href: `/v/${village.code}`, label: village.name },
  { href: `/v/${village.code}/decisions`, label: decisionWords(setting.language).title },
];

const subjectOf = (setting: PageSetting, decision: Decision): string =>
  decision.subject ?? `${decision.procedureTitle} ${decisionWords(setting.language).withheld}`;

const Facts: FC<{ setting: PageSetting; decision: Decision }> = ({ setting, decision }) => {
  const words = decisionWords(setting.language);
  const day = (text: string): string => showDay(text, setting.language).text;
  return (
    <SummaryList
      rows={[
        { label: words.number, value: decision.number },
        { label: words.kind, value: [decision.procedureTitle, decision.kindTitle ?? ''].filter(Boolean).join(' · ') },
        {
          label: words.standing,
          value: [words.states[decision.state], decision.standing ?? ''].filter(Boolean).join(' · '),
        },
        { label: words.opened, value: showMoment(decision.openedAt, setting.language).text },
        ...(decision.posted === null ? [] : [{ label: words.posted, value: day(decision.posted) }]),
      ]}
    />
  );
};

const channelOf = { 'sign-up': 'meeting', comment: 'comment', query: 'query' } as const;

/** What is typed into one of the forms, kept when it is refused. */
const SayText: FC<{ setting: PageSetting; kind: Kind; label: string; state: SayState }> = (props) => {
  const { setting, kind, label, state } = props;
  const { request } = setting.words;
  const mine = state.kind === kind;
  return (
    <TextArea
      id={`${kind}-text`}
      name="text"
      label={label}
      hint={decisionWords(setting.language).textHint}
      value={mine ? state.text : ''}
      error={mine ? state.problems[0]?.message : undefined}
      rows={3}
      most={500}
      countWords={request.count(500)}
      leftWords={request.left}
      overWords={request.over}
    />
  );
};

/** The form of one of them, with what makes a second press the same command. */
const SayForm: FC<{ decision: Decision; kind: Kind; state: SayState; children?: Child }> = (props) => {
  const { decision, kind, state, children } = props;
  return (
    <form method="post" action={`/v/${decision.village}/decisions/${decision.id}#said`} class="screen-only">
      <input type="hidden" name="command" value={state.ticket.commandId} />
      <input type="hidden" name="form-token" value={state.ticket.formToken} />
      <input type="hidden" name="kind" value={kind} />
      {children}
    </form>
  );
};

/** The form of an objection, while one is taken. */
const ObjectTo: FC<{ setting: PageSetting; decision: Decision; state: SayState }> = ({ setting, decision, state }) => {
  const words = postingWords(setting.language);
  if (decision.postings.every(({ objecting }) => objecting === null)) return <></>;
  return (
    <SectionCard id="objection" title={words.object}>
      <SayForm decision={decision} kind="objection" state={state}>
        <SayText setting={setting} kind="objection" label={words.what} state={state} />
        <Button label={words.send} />
      </SayForm>
    </SectionCard>
  );
};

/** One of the three other ways to take part; the fields for a name are folded away, since most people need none. */
const Say: FC<
  Props & { kind: keyof typeof channelOf; title: string; send: string; children?: Child; state: SayState }
> = (props) => {
  const { setting, page, kind, title, send, children, state } = props;
  const words = decisionWords(setting.language);
  const mine = state.kind === kind;
  return (
    <SectionCard id={kind} title={title} note={words.times(page.uses[channelOf[kind]])}>
      {children}
      <SayForm decision={page.decision} kind={kind} state={state}>
        {kind === 'sign-up' ? null : <SayText setting={setting} kind={kind} label={words.text} state={state} />}
        <Reveal summary={words.name} open={mine && `${state.name}${state.contact}` !== ''}>
          <TextField id={`${kind}-name`} name="name" label={words.name} value={mine ? state.name : ''} maxlength={40} />
          <TextField
            id={`${kind}-contact`}
            name="contact"
            label={words.contact}
            value={mine ? state.contact : ''}
            maxlength={60}
          />
        </Reveal>
        <Button label={send} tone={kind === 'comment' ? 'primary' : 'secondary'} />
      </SayForm>
    </SectionCard>
  );
};

/** Sitting in on the meeting: offered while one is ahead, else why there is nothing to sign up for. */
const SitIn: FC<Props & { state: SayState }> = (props) => {
  const { setting, village, page } = props;
  const { decision, meetings, next, uses } = page;
  const words = decisionWords(setting.language);
  if (next !== undefined)
    return (
      <Say {...props} kind="sign-up" title={words.signUp} send={words.signUpSend}>
        <p>{words.signUpNext(next.title, showMoment(next.meetsAt, setting.language).text, next.room)}</p>
      </Say>
    );
  return (
    <SectionCard id="sign-up" title={words.signUp} note={words.times(uses.meeting)}>
      <p>{decision.state === 'ended' ? words.signUpEnded : words.signUpNone}</p>
      {meetings.length === 0 ? null : (
        <p class="screen-only">
          <a href={`/v/${village.code}/meetings`}>{words.meetings}</a>
        </p>
      )}
    </SectionCard>
  );
};

const Words: FC<Props> = ({ setting, page }) => {
  const words = decisionWords(setting.language);
  const day = (text: string): string => showDay(text, setting.language).text;
  const shown = page.words.filter((word) => word.kind !== 'sign-up');
  return (
    <SectionCard id="words" title={words.words}>
      {shown.length === 0 ? <EmptyState text={words.noWords} /> : null}
      <ul class="public-items">
        {shown.map((word) => (
          <li class="public-item">
            <p class="public-item-title">
              <strong>{`${words[word.kind === 'query' ? 'query' : 'comment']}：${word.text}`}</strong>
            </p>
            {word.answer !== null ? (
              <p class="public-item-answer">{`${words.answer}：${word.answer}`}</p>
            ) : word.due !== null ? (
              <p class="public-item-note">{words.waiting(day(word.due))}</p>
            ) : null}
          </li>
        ))}
      </ul>
    </SectionCard>
  );
};

const saidWords = (setting: PageSetting, state: SayState): string => {
  const words = decisionWords(setting.language);
  if (state.kind === 'query') return words.queried(showDay(state.said ?? '', setting.language).text);
  if (state.kind === 'objection') return postingWords(setting.language).said;
  return state.kind === 'comment' ? words.commented : words.signedUp;
};

/** `/v/{code}/decisions/{id}`: one decision with its four channels: the file, the meeting, comments, the supervision committee. */
export const DecisionOnePage: FC<Props & { state: SayState }> = ({ setting, village, page, state }) => {
  const words = decisionWords(setting.language);
  const { decision, uses, certificate } = page;
  const here = `/v/${village.code}/decisions/${decision.id}`;
  const given = { setting, village, page, state };
  return (
    <Frame setting={setting} title={subjectOf(setting, decision)} trail={trailTo(setting, village)}>
      {state.problems.length > 0 ? (
        <ErrorSummary title={words.problem} items={state.problems} codeWords={setting.words.code} />
      ) : null}
      <div id="said">
        {state.said === undefined ? null : <NoticeBanner title={saidWords(setting, state)} tone="good" announce />}
      </div>
      <h1>{subjectOf(setting, decision)}</h1>
      <Facts setting={setting} decision={decision} />
      {certificate === null ? null : (
        <SectionCard id="certificate" title={words.certified} note={words.certifiedNote}>
          <p class="screen-only">
            <Button label={words.certificate} href={certificate} />
          </p>
        </SectionCard>
      )}
      <DecisionPostings setting={setting} postings={decision.postings} />
      <ObjectTo setting={setting} decision={decision} state={state} />
      <h2>{words.channels}</h2>
      <p class="muted">{words.channelsNote}</p>
      <Tally
        label={words.uses}
        figures={(['file', 'meeting', 'comment', 'query'] as const).map((channel) => ({
          figure: String(uses[channel]),
          label: words.useNames[channel],
        }))}
      />
      <SectionCard id="file" title={words.file} note={words.times(uses.file)}>
        <p>{words.fileNote}</p>
        <p class="screen-only">
          <Button label={words.file} href={`${here}/file`} tone="secondary" />
        </p>
      </SectionCard>
      <SitIn {...given} />
      <Say {...given} kind="comment" title={words.comment} send={words.commentSend} />
      <Say {...given} kind="query" title={words.query} send={words.querySend} />
      <p class="muted">{words.confidential}</p>
      <Words {...given} />
      <div class="paper-only">
        <h2>{words.paper}</h2>
        <p>{words.paperKind(page.next !== undefined)}</p>
        {Array.from({ length: 5 }, () => (
          <div class="paper-lines" />
        ))}
        <p>{`${words.name} ________________　${words.contact} ________________`}</p>
      </div>
    </Frame>
  );
};

/** `/v/{code}/decisions/{id}/file`: what was proposed and what was done, step by step; opening it is one use of the right to know. */
export const DecisionFilePage: FC<Props> = ({ setting, village, page }) => {
  const words = decisionWords(setting.language);
  const { decision, meetings, certificate } = page;
  const here = `/v/${village.code}/decisions/${decision.id}`;
  const day = (text: string): string => showDay(text, setting.language).text;
  return (
    <Frame
      setting={setting}
      title={words.file}
      trail={[...trailTo(setting, village), { href: here, label: subjectOf(setting, decision) }]}
    >
      <h1>{subjectOf(setting, decision)}</h1>
      <Facts setting={setting} decision={decision} />
      <SectionCard id="proposal" title={words.proposal}>
        <SummaryList
          rows={decision.proposal.map(({ title, text }) => ({ label: title, value: text ?? words.withheld }))}
        />
      </SectionCard>
      <SectionCard id="steps" title={words.steps}>
        {decision.steps.length === 0 ? <EmptyState text={words.noSteps} /> : null}
        <SummaryList
          rows={decision.steps.map((step) => ({
            label: day(step.on),
            value: `${step.title} · ${step.body}`,
            note: (['present', 'for', 'against', 'abstained'] as const)
              .flatMap((key) => (step.counts[key] === undefined ? [] : [`${words.counts[key]} ${step.counts[key]}`]))
              .join(setting.words.listMark),
          }))}
        />
      </SectionCard>
      <ul class="plain-links screen-only">
        {meetings.length === 0 ? null : (
          <li>
            <a href={`/v/${village.code}/meetings`}>{words.meetings}</a>
          </li>
        )}
        {certificate === null ? null : (
          <li>
            <a href={certificate}>{words.certificate}</a>
          </li>
        )}
        <li>
          <a href={here}>{words.back}</a>
        </li>
      </ul>
      <button class="button button-primary screen-only" type="button" data-print hidden>
        {setting.words.print}
      </button>
    </Frame>
  );
};

/** `/v/{code}/decisions`: what the village votes on and has voted on. */
export const DecisionListPage: FC<{
  setting: PageSetting;
  village: FoundVillage;
  decisions: readonly Decision[];
}> = ({ setting, village, decisions }) => {
  const words = decisionWords(setting.language);
  return (
    <Frame
      setting={setting}
      title={`${village.name} · ${words.title}`}
      trail={[...trailOf(setting, village.path), { href: `/v/${village.code}`, label: village.name }]}
    >
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {decisions.length === 0 ? <EmptyState text={words.none} /> : null}
      <ul class="plain-links">
        {decisions.map((decision) => (
          <li>
            <a href={`/v/${village.code}/decisions/${decision.id}`}>{subjectOf(setting, decision)}</a>{' '}
            <span class="muted">
              {[
                words.states[decision.state],
                decision.standing ?? '',
                showMoment(decision.openedAt, setting.language).text,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Frame>
  );
};
