import type { NextActView, Tracking } from '@lianxin/contract';
import type { FC } from 'hono/jsx';
import { Button } from '../components/button/button.js';
import { ErrorSummary } from '../components/error-summary/error-summary.js';
import { NoticeBanner } from '../components/notice-banner/notice-banner.js';
import { ProgressSteps } from '../components/progress-steps/progress-steps.js';
import { QrCode } from '../components/qr-code/qr-code.js';
import { SectionCard } from '../components/section-card/section-card.js';
import { SummaryList } from '../components/summary-list/summary-list.js';
import type { PageSetting } from '../setting.js';
import { showDay, showMoment } from '../words/days.js';
import { Frame } from './frame.js';
import { MailProgress, type MailOutcome } from './mail.js';
import { ActCard } from './tracking-act.js';
import type { TriedAct } from './tracking-act.js';
import { stepsOf } from './tracking-steps.js';

export interface TrackProps {
  readonly setting: PageSetting;
  readonly receipt: string;
  readonly tracking: Tracking;
  /** The server's time, so that clocks are counted by it and not by the reader's. */
  readonly now: string;
  /** A ticket for each act that may be done now, by act id. */
  readonly tickets: Readonly<Record<string, { readonly commandId: string; readonly formToken: string }>>;
  readonly tried?: TriedAct | undefined;
  readonly justDone?: boolean | undefined;
  /** The form about mail, where a mail server is connected, with how the last press went. */
  readonly mail?: MailForm | undefined;
}

/** A ticket for the form about mail, and how the last press of it went. */
export interface MailForm {
  readonly ticket: { readonly commandId: string; readonly formToken: string };
  readonly outcome?: MailOutcome | undefined;
}

/** What waits for the resident comes first: an answer, then the last word, then a rating; going higher and withdrawing last. */
const urgency = ['answer', 'outcome', 'rate', 'note', 'sign', 'hand-up', 'withdraw'];
/** What an office waits for before it can go on, or asks for once. */
const waitsForTheResident = new Set(['answer', 'outcome', 'rate']);
const rank = (act: NextActView): number => {
  const place = urgency.indexOf(act.kind);
  return place < 0 ? urgency.length : place;
};

const Facts: FC<{ setting: PageSetting; tracking: Tracking }> = ({ setting, tracking }) => {
  const words = setting.words.track;
  const rows = [
    { label: words.number, value: tracking.number },
    { label: words.kind, value: tracking.kindTitle ?? tracking.procedureTitle },
    { label: words.subject, value: tracking.subject },
    { label: words.opened, value: showMoment(tracking.openedAt, setting.language).text },
    ...(tracking.state !== 'ended' && tracking.holder ? [{ label: words.holder, value: tracking.holder }] : []),
    ...(tracking.contact ? [{ label: words.contact, value: tracking.contact }] : []),
    ...(tracking.state !== 'ended' && tracking.due
      ? [
          {
            label: words.due,
            value: showDay(tracking.due, setting.language).text,
            note: tracking.provisional ? words.provisionalWhy : undefined,
          },
        ]
      : []),
  ];
  return (
    <div class="track-facts">
      <SummaryList rows={rows} />
    </div>
  );
};

const Waiting: FC<{ setting: PageSetting; tracking: Tracking }> = ({ setting, tracking }) => {
  const words = setting.words.track;
  if (tracking.claimed)
    return (
      <NoticeBanner title={words.claimed} tone="wait">
        <p class="notice-text">
          {words.claimedAt(showMoment(tracking.claimed.at, setting.language).text)}
          {tracking.claimed.text ? ` · ${words.claimedText} ${tracking.claimed.text}` : ''}
        </p>
      </NoticeBanner>
    );
  const asked = tracking.nextActs.some((act) => act.mine && act.allowed && act.kind === 'answer');
  return asked ? <NoticeBanner title={words.asked} tone="wait" text={words.askedText} /> : null;
};

const Blocked: FC<{ setting: PageSetting; acts: readonly NextActView[] }> = ({ setting, acts }) => {
  const words = setting.words.track;
  return acts.length === 0 ? null : (
    <section class="screen-only" aria-labelledby="not-now">
      <h3 id="not-now">{words.notNow}</h3>
      <ul class="blocked-list">
        {acts.map((act) => (
          <li>
            <strong>{act.title}</strong>
            {act.faults.map((fault) => (
              <span class="muted">
                {[fault.what, fault.why, fault.cure].filter(Boolean).join(' ')}
                {fault.source.length > 0 ? ` (${words.basis} ${fault.source.join(', ')})` : ''}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
};

const Proof: FC<{ setting: PageSetting; receipt: string; tracking: Tracking }> = ({ setting, receipt, tracking }) => {
  const words = setting.words.track;
  const states = {
    received: [words.logReceived, words.logReceivedText],
    logged: [words.logLogged, words.logLoggedText],
    witnessed: [words.logWitnessed, words.logWitnessedText],
  } as const;
  const [state, text] = states[tracking.log.state];
  return (
    <SectionCard id="log" title={words.log}>
      <p>
        <strong class="log-state">{state}</strong> {text}
      </p>
      <ul class="plain-links screen-only">
        {tracking.log.verify ? (
          <li>
            <a href={tracking.log.verify}>{words.logCheck}</a>
          </li>
        ) : null}
        {tracking.log.state === 'received' ? null : (
          <li>
            <a href={`/r/${receipt}/proof`} download>
              {words.proof}
            </a>{' '}
            <span class="muted">{words.proofText}</span>
          </li>
        )}
        <li>
          <a href={`/r/${receipt}/print`}>{words.printSlip}</a>
        </li>
      </ul>
    </SectionCard>
  );
};

const Stations: FC<{ setting: PageSetting; tracking: Tracking }> = ({ setting, tracking }) => {
  const words = setting.words.track;
  if (tracking.stations.length < 2) return null;
  return (
    <SectionCard id="stations" title={words.moved} note={words.movedNote}>
      <ol>
        {tracking.stations.map((station) => (
          <li>
            {[station.body, station.post].filter(Boolean).join(' ') || words.nobodyYet}
            <span class="muted">
              {' '}
              {words.since(showMoment(station.from, setting.language).text)}
              {station.until ? ` ${words.until(showMoment(station.until, setting.language).text)}` : ''}
            </span>
          </li>
        ))}
      </ol>
    </SectionCard>
  );
};

/** `/r/{receipt}`: each step, who holds it and until when, and what the holder of the receipt may do now. */
export const Track: FC<TrackProps> = ({ setting, receipt, tracking, now, tickets, tried, justDone, mail }) => {
  const words = setting.words.track;
  const mine = tracking.nextActs.filter((act) => act.mine).toSorted((a, b) => rank(a) - rank(b));
  const able = mine.filter((act) => act.allowed);
  const problems = tried?.problems ?? [];
  // Somebody who only looks came for where it stands; what they might do stands first when it is their turn, or when they just tried.
  const waiting = tried !== undefined || able.some((act) => waitsForTheResident.has(act.kind));
  const actions = (
    <section class="screen-only" aria-labelledby="actions">
      <h2 id="actions" class={waiting ? 'first-heading' : undefined}>
        {waiting || able.length === 0 ? words.actions : words.besides}
      </h2>
      {able.length === 0 ? <p class="muted">{words.actionsNone}</p> : null}
      {able.map((act, index) => (
        <ActCard
          setting={setting}
          receipt={receipt}
          version={tracking.version}
          act={act}
          ticket={tickets[act.act] ?? { commandId: '', formToken: '' }}
          open={index === 0 && ['answer', 'outcome'].includes(act.kind)}
          tried={tried}
        />
      ))}
      <Blocked setting={setting} acts={mine.filter((act) => !act.allowed)} />
    </section>
  );
  const steps = (
    <>
      <h2 class={waiting ? undefined : 'first-heading'}>{words.steps}</h2>
      <ProgressSteps label={words.steps} steps={stepsOf(setting, tracking, now)} />
    </>
  );
  return (
    <Frame
      setting={setting}
      title={words.title}
      trail={[
        { href: '/', label: setting.words.home },
        { href: `/v/${tracking.division}`, label: tracking.divisionName },
      ]}
      unlisted
    >
      <h1>{words.title}</h1>
      {problems.length > 0 ? (
        <ErrorSummary
          title={setting.words.problem.refusedTitle}
          kept={setting.words.request.kept}
          codeWords={setting.words.code}
          items={problems.map((problem) => ({
            ...problem,
            field: problem.field ? `${tried?.act ?? ''}-${problem.field}` : undefined,
          }))}
        />
      ) : null}
      {justDone ? <NoticeBanner title={words.done} tone="good" text={words.doneText} announce /> : null}
      <Waiting setting={setting} tracking={tracking} />
      <div class="columns">
        <div>{waiting ? [actions, steps] : [steps, actions]}</div>
        <div class="stack">
          <Facts setting={setting} tracking={tracking} />
          {tracking.rating ? (
            <p>
              {words.rated(
                words.ratingLevels.find(({ value }) => value === String(tracking.rating))?.label ??
                  String(tracking.rating),
              )}
            </p>
          ) : null}
          <Stations setting={setting} tracking={tracking} />
          {mail === undefined || tracking.state === 'ended' ? null : (
            <MailProgress setting={setting} receipt={receipt} ticket={mail.ticket} outcome={mail.outcome} />
          )}
          <Proof setting={setting} receipt={receipt} tracking={tracking} />
          <p class="muted screen-only">{words.shared}</p>
        </div>
      </div>
    </Frame>
  );
};

/** `/r/{receipt}/print`: the same on one sheet of paper, with the code to come back; the confirm secret is not on it. */
export const TrackSheet: FC<Pick<TrackProps, 'setting' | 'receipt' | 'tracking' | 'now'>> = (props) => {
  const { setting, receipt, tracking, now } = props;
  const { received, track: words } = setting.words;
  return (
    <Frame setting={setting} title={words.printSlip} unlisted>
      <div class="paper-head">
        <div>
          <h1>{words.title}</h1>
          <p class="receipt-slip-label">{received.codeLabel}</p>
          <p class="receipt-slip-code">{receipt}</p>
        </div>
        <QrCode text={`${setting.origin}/r/${receipt}`} label={received.qrLabel} />
      </div>
      <Facts setting={setting} tracking={tracking} />
      <h2>{words.steps}</h2>
      <ProgressSteps label={words.steps} steps={stepsOf(setting, tracking, now)} />
      <p class="muted">{received.keep}</p>
      <div class="button-row screen-only">
        <button class="button button-primary" type="button" data-print hidden>
          {setting.words.print}
        </button>
        <Button label={setting.words.back} href={`/r/${receipt}`} tone="secondary" />
      </div>
    </Frame>
  );
};
