import type { FC } from 'hono/jsx';
import type { HangingPosting, PublicPosting } from '../../matters/index.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { SectionCard } from '../components/section-card/section-card.js';
import type { PageSetting } from '../setting.js';
import { showDay } from '../words/days.js';
import { decisionWords } from '../words/decisions.js';
import { postingWords } from '../words/postings.js';

/** How long a posting hangs and until when one may object, in one line. */
const daysOf = (setting: PageSetting, posting: PublicPosting): string => {
  const words = postingWords(setting.language);
  const day = (text: string): string => showDay(text, setting.language).text;
  const { until, daysLeft, hangsUntil, objecting } = posting;
  return [
    daysLeft >= 0 ? words.until(day(until), daysLeft) : words.over(day(until)),
    ...(hangsUntil > until ? [words.stays(day(hangsUntil))] : []),
    objecting === null ? words.mayNot : words.mayObject(objecting.until === null ? null : day(objecting.until)),
  ].join(' · ');
};

const sinceOf = (setting: PageSetting, { what, posted, channels }: PublicPosting): string =>
  postingWords(setting.language).since(
    what,
    showDay(posted, setting.language).text,
    channels.join(setting.words.listMark),
  );

/** What hangs in a village now: each with its days, and the way to read it and to object. */
export const PostingLines: FC<{ setting: PageSetting; postings: readonly HangingPosting[] }> = ({
  setting,
  postings,
}) => {
  const words = postingWords(setting.language);
  return (
    <ul class="public-items">
      {postings.map((posting) => {
        const page = `/v/${posting.division}/decisions/${posting.matter}`;
        return (
          <li class="public-item">
            <p class="public-item-title">
              <a href={page}>
                <strong>{posting.subject ?? `${posting.title} ${decisionWords(setting.language).withheld}`}</strong>
              </a>
              <span class="public-item-state is-open">{words.hanging}</span>
            </p>
            <p class="public-item-note">{sinceOf(setting, posting)}</p>
            <p class="public-item-note">{daysOf(setting, posting)}</p>
            {posting.objecting === null ? null : (
              <p class="screen-only">
                <a href={`${page}#objection`}>{words.toObject}</a>
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
};

/** The postings of one decision, each with what was objected and answered. */
export const DecisionPostings: FC<{ setting: PageSetting; postings: readonly PublicPosting[] }> = ({
  setting,
  postings,
}) => {
  const words = postingWords(setting.language);
  if (postings.length === 0) return <></>;
  return (
    <SectionCard id="posting" title={words.posting} text={words.lead}>
      {postings.map((posting) => (
        <>
          <h3>{sinceOf(setting, posting)}</h3>
          {posting.down ? null : <p>{daysOf(setting, posting)}</p>}
          {posting.objections.length === 0 ? <EmptyState text={words.none} /> : null}
          <ul class="public-items">
            {posting.objections.map(({ text, answer }) => (
              <li class="public-item">
                <p class="public-item-title">
                  <strong>{`${words.objection}：${text ?? words.withheld}`}</strong>
                </p>
                <p class={answer === null ? 'public-item-note' : 'public-item-answer'}>
                  {answer === null ? words.waiting : `${words.answer}：${answer.text ?? words.withheld}`}
                </p>
              </li>
            ))}
          </ul>
        </>
      ))}
    </SectionCard>
  );
};
