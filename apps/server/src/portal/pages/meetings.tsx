import type { FC } from 'hono/jsx';
import type { PublicMeeting } from '../../meetings/index.js';
import { Button } from '../components/button/button.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { ErrorSummary } from '../components/error-summary/error-summary.js';
import { NoticeBanner } from '../components/notice-banner/notice-banner.js';
import { SectionCard } from '../components/section-card/section-card.js';
import { SummaryList } from '../components/summary-list/summary-list.js';
import { TextField } from '../components/text-field/text-field.js';
import type { PageSetting } from '../setting.js';
import type { FoundVillage } from '../villages.js';
import { showMoment } from '../words/days.js';
import { meetingWords } from '../words/meetings.js';
import { Frame } from './frame.js';
import { trailOf } from './village.js';

interface Shown {
  readonly setting: PageSetting;
  readonly village: FoundVillage;
  /** Matters that have a public page. */
  readonly decisions: ReadonlySet<string>;
}

const Meeting: FC<Shown & { meeting: PublicMeeting }> = ({ setting, village, decisions, meeting }) => {
  const words = meetingWords(setting.language);
  const rows = [
    { label: words.when, value: showMoment(meeting.meetsAt, setting.language).text },
    { label: words.where, value: meeting.room },
    ...(meeting.specialReason === null ? [] : [{ label: words.special, value: meeting.specialReason }]),
    ...(meeting.cancelledReason === null ? [] : [{ label: words.cancelled, value: meeting.cancelledReason }]),
  ];
  return (
    <div class="meeting-notice">
      <SectionCard
        id={`meeting-${meeting.id}`}
        title={meeting.title}
        note={`${meeting.bodyName} · ${words.states[meeting.state]}`}
      >
        <SummaryList rows={rows} />
        <h3>{words.agenda}</h3>
        <ol>
          {meeting.items.map((item) => (
            <li>
              {item.matter === null || !decisions.has(item.matter) ? (
                item.title
              ) : (
                <a href={`/v/${village.code}/decisions/${item.matter}`}>{item.title}</a>
              )}
              {item.result === null ? null : <strong>{` ${words.results[item.result]}`}</strong>}
              {item.tally === null ? null : <p class="muted">{words.tally(item.tally)}</p>}
              {item.conclusion === null ? null : <p class="muted">{item.conclusion}</p>}
            </li>
          ))}
        </ol>
      </SectionCard>
    </div>
  );
};

/** `/v/{code}/meetings`: what the villagers' meetings are called for and what they decided, in figures. */
export const MeetingsOfVillage: FC<Shown & { meetings: readonly PublicMeeting[] }> = (props) => {
  const { setting, village, decisions, meetings } = props;
  const words = meetingWords(setting.language);
  const here = { href: `/v/${village.code}`, label: village.name };
  return (
    <Frame setting={setting} title={`${village.name} ${words.title}`} trail={[...trailOf(setting, village.path), here]}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {meetings.length === 0 ? <EmptyState text={words.none} /> : null}
      {meetings.map((meeting) => (
        <Meeting setting={setting} village={village} decisions={decisions} meeting={meeting} />
      ))}
    </Frame>
  );
};

/** `/attend/{county}/{meeting}`: where somebody with a paper slip says that he has come; nothing else can be done here. */
export const AttendBySlip: FC<{
  setting: PageSetting;
  typed: string;
  problem?: { readonly message: string; readonly cure: string; readonly code: string } | undefined;
  here?: { readonly name: string; readonly title: string } | undefined;
}> = ({ setting, typed, problem, here }) => {
  const words = meetingWords(setting.language);
  return (
    <Frame setting={setting} title={words.attendTitle} unlisted>
      <h1>{words.attendTitle}</h1>
      {here === undefined ? null : <NoticeBanner tone="good" title={words.here(here.name, here.title)} announce />}
      {problem === undefined ? null : (
        <ErrorSummary title={words.attendTitle} items={[{ ...problem, field: 'code' }]} />
      )}
      {here !== undefined ? null : (
        <form method="post">
          <p>{words.attendLead}</p>
          <TextField
            id="code"
            name="code"
            label={words.code}
            hint={words.codeHint}
            value={typed}
            error={problem?.message}
            width="short"
            maxlength={16}
            autocomplete="off"
          />
          <Button label={words.send} />
        </form>
      )}
    </Frame>
  );
};
