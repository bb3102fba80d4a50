import type { FC } from 'hono/jsx';
import type { OwnRecord } from '../../records/index.js';
import { Button } from '../components/button/button.js';
import { ErrorSummary, type ErrorSummaryItem } from '../components/error-summary/error-summary.js';
import { NoticeBanner } from '../components/notice-banner/notice-banner.js';
import { SectionCard } from '../components/section-card/section-card.js';
import { SummaryList } from '../components/summary-list/summary-list.js';
import { TextArea } from '../components/text-area/text-area.js';
import { TextField } from '../components/text-field/text-field.js';
import type { Ticket } from '../matter-desk.js';
import type { PageSetting } from '../setting.js';
import { showDay, showMoment } from '../words/days.js';
import { ownRecordWords } from '../words/own-record.js';
import { Frame } from './frame.js';

interface Props {
  readonly setting: PageSetting;
  readonly code: string;
  readonly problems: readonly ErrorSummaryItem[];
}

/** `/own-record/{county}/{id}`: where the code of a slip is typed; nothing of the record is told before. */
export const RecordCodePage: FC<Props> = ({ setting, code, problems }) => {
  const words = ownRecordWords(setting.language);
  return (
    <Frame setting={setting} title={words.title} unlisted>
      {problems.length > 0 ? (
        <ErrorSummary title={words.problem} items={problems} codeWords={setting.words.code} />
      ) : null}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <form method="post">
        <input type="hidden" name="do" value="open" />
        <TextField
          id="code"
          name="code"
          label={words.code}
          hint={words.codeHint}
          value={code}
          error={problems[0]?.message}
          width="short"
          maxlength={16}
          autocomplete="off"
        />
        <Button label={words.open} />
      </form>
    </Frame>
  );
};

const Hidden: FC<{ code: string; record: OwnRecord; ticket: Ticket; does: string }> = (props) => (
  <>
    <input type="hidden" name="do" value={props.does} />
    <input type="hidden" name="code" value={props.code} />
    <input type="hidden" name="version" value={String(props.record.version)} />
    <input type="hidden" name="command" value={props.ticket.commandId} />
    <input type="hidden" name="form-token" value={props.ticket.formToken} />
  </>
);

/** What those who keep the record say to an objection. */
const AnswerOf: FC<{ setting: PageSetting; word: OwnRecord['words'][number] }> = ({ setting, word }) => {
  const words = ownRecordWords(setting.language);
  return word.answer === null || word.answeredAt === null ? (
    <p class="public-item-note">{words.unanswered}</p>
  ) : (
    <p class="public-item-answer">{`${words.answered(showMoment(word.answeredAt, setting.language).text)}：${word.answer}`}</p>
  );
};

/** The record as whom it is about sees it: what it says, its history, what was said of it, and the two things to say. */
export const OwnRecordPage: FC<
  Props & { record: OwnRecord; ticket: Ticket; text: string; said: 'confirmed' | 'objection' | null }
> = ({ setting, code, problems, record, ticket, text, said }) => {
  const words = ownRecordWords(setting.language);
  const { request } = setting.words;
  const day = (of: string): string => showDay(of, setting.language).text;
  const at = (of: string): string => showMoment(of, setting.language).text;
  return (
    <Frame setting={setting} title={words.title} unlisted withoutSwitches>
      {problems.length > 0 ? (
        <ErrorSummary title={words.problem} items={problems} codeWords={setting.words.code} />
      ) : null}
      {said === null ? null : (
        <NoticeBanner title={said === 'confirmed' ? words.saidConfirmed : words.saidObjection} tone="good" announce />
      )}
      <h1>{record.title}</h1>
      <p class="muted">{record.place}</p>
      {record.ended ? <NoticeBanner title={words.ended} tone="plain" /> : null}
      <SectionCard id="fields" title={words.fields}>
        <SummaryList rows={record.fields.map((field) => ({ label: field.title, value: field.text ?? words.empty }))} />
      </SectionCard>
      {record.words.length === 0 ? null : (
        <SectionCard id="words" title={words.words}>
          <ul class="public-items">
            {record.words.map((word) => (
              <li class="public-item">
                <p class="public-item-title">
                  {word.kind === 'confirmed'
                    ? words.confirmedOn(at(word.recordedAt))
                    : words.objected(at(word.recordedAt))}
                  {word.current ? '' : ` ${words.before}`}
                </p>
                {word.text === '' ? null : <p class="public-item-note">{word.text}</p>}
                {word.kind === 'objection' ? <AnswerOf setting={setting} word={word} /> : null}
              </li>
            ))}
          </ul>
        </SectionCard>
      )}
      {record.ended ? null : (
        <div class="screen-only">
          {record.confirms ? (
            <form method="post">
              <Hidden code={code} record={record} ticket={ticket} does="confirmed" />
              <Button label={words.confirm} />
              <p class="muted">{words.confirmHint}</p>
            </form>
          ) : null}
          <form method="post">
            <Hidden code={code} record={record} ticket={ticket} does="objection" />
            <TextArea
              id="text"
              name="text"
              label={words.objection}
              hint={words.objectionHint}
              value={text}
              rows={3}
              most={500}
              countWords={request.count(500)}
              leftWords={request.left}
              overWords={request.over}
            />
            <Button label={words.send} tone="secondary" />
          </form>
        </div>
      )}
      <SectionCard id="history" title={words.history}>
        <SummaryList
          rows={record.history.map((entry) => ({
            label: day(entry.on),
            value: [
              `${words.kinds[entry.kind]} · ${entry.by}${entry.correctedBy === null ? '' : ` · ${words.corrected}`}`,
              ...entry.fields.map((field) => `${field.title}：${field.from ?? '—'} → ${field.to ?? '—'}`),
            ],
            ...(entry.reason === '' ? {} : { note: entry.reason }),
          }))}
        />
      </SectionCard>
    </Frame>
  );
};
