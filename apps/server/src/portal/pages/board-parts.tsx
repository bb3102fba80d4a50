import type { FC } from 'hono/jsx';
import type { DisclosureContent } from '@lianxin/contract';
import type { BoardLine, VillageBoard } from '../../disclosures/index.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { SectionCard } from '../components/section-card/section-card.js';
import type { PageSetting } from '../setting.js';
import { showDay } from '../words/days.js';
import { disclosureWords } from '../words/disclosures.js';
import type { HangingPosting } from '../../matters/index.js';
import { BoardTable } from './board-table.js';
import { PostingLines } from './postings.js';

/**
 * Bars of income and expense by kind, with every figure written above its bar in the page's own letters: nothing depends on seeing colours, and
 * a narrow screen does not shrink the words.
 */
export const Bars: FC<{ setting: PageSetting; title: string; bars: DisclosureContent['bars'] }> = ({
  setting,
  title,
  bars,
}) => {
  const words = disclosureWords(setting.language);
  if (bars.length === 0) return <></>;
  const most = Math.max(...bars.flatMap((bar) => [bar.income, bar.expense]), 1);
  const rows = bars.flatMap((bar) => [
    ...(bar.income > 0 ? [{ label: `${bar.title} ${words.income}`, value: bar.income, way: 'income' }] : []),
    ...(bar.expense > 0 ? [{ label: `${bar.title} ${words.expense}`, value: bar.expense, way: 'expense' }] : []),
  ]);
  return (
    <figure class="board-bars" aria-label={words.plot(title)}>
      {rows.map((row) => (
        <p>
          {`${row.label} ${row.value.toFixed(2)} ${words.yuan}`}
          <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect height="4" width={Math.max(0.6, (row.value / most) * 100)} class={`board-bar-${row.way}`} />
          </svg>
        </p>
      ))}
    </figure>
  );
};

/** Disclosures in a list, each with its day and how long it still hangs. */
export const BoardLines: FC<{ setting: PageSetting; village: string; lines: readonly BoardLine[] }> = ({
  setting,
  village,
  lines,
}) => {
  const words = disclosureWords(setting.language);
  return (
    <ul class="public-items">
      {lines.map((line) => (
        <li class="public-item">
          <p class="public-item-title">
            <a href={`/v/${village}/board/${line.id}`}>
              <strong>{line.title}</strong>
            </a>
          </p>
          <p class="public-item-note">
            {[
              words.boards[line.board],
              words.published(showDay(line.publishedOn, setting.language).text),
              ...(line.version > 1 ? [words.version(line.version)] : []),
              line.withdrawn === null
                ? words.left(line.daysLeft)
                : words.withdrawn(line.withdrawn.on, line.withdrawn.because),
            ].join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
};

/** What was published: its words, its table, its bars. */
export const Published: FC<{ setting: PageSetting; title: string; content: DisclosureContent }> = ({
  setting,
  title,
  content,
}) => (
  <>
    {content.paragraphs.map((text) => (
      <p>{text}</p>
    ))}
    <Bars setting={setting} title={title} bars={content.bars} />
    {content.table === null ? null : (
      <BoardTable
        head={content.table.head}
        rows={content.table.rows.map((row) =>
          row.map((text, at) => ({
            text,
            ...(content.table?.right?.includes(at) === true ? { tone: 'is-figure' } : {}),
          })),
        )}
      />
    )}
  </>
);

/** On the village's own page: what is posted and open to objection, what was published lately, what still hangs and for how long, this period's accounts, and what is late. */
export const BoardCard: FC<{
  setting: PageSetting;
  village: string;
  board: VillageBoard | undefined;
  postings: readonly HangingPosting[];
}> = ({ setting, village, board, postings }) => {
  const words = disclosureWords(setting.language);
  const { village: said } = setting.words;
  const lines = (board?.lines ?? []).filter((line) => line.withdrawn === null).slice(0, 5);
  // The longest late stand here; a page of red lines would hide what is there.
  const late = (board?.owed ?? [])
    .filter((duty) => duty.state === 'late')
    .toSorted((one, other) => other.daysLate - one.daysLate);
  const shown = late.slice(0, 5);
  const accounts = board?.accounts ?? null;
  return (
    <SectionCard id="notices" title={said.notices}>
      {postings.length + lines.length === 0 ? <EmptyState text={said.noticesNone} /> : null}
      {postings.length === 0 ? null : <PostingLines setting={setting} postings={postings} />}
      {lines.length === 0 ? null : <BoardLines setting={setting} village={village} lines={lines} />}
      {accounts === null ? null : (
        <>
          <h3>
            <a href={`/v/${village}/board/${accounts.id}`}>{accounts.title}</a>
          </h3>
          {accounts.content.paragraphs.slice(0, 1).map((text) => (
            <p>{text}</p>
          ))}
          <Bars setting={setting} title={accounts.title} bars={accounts.content.bars} />
        </>
      )}
      {late.length === 0 ? null : (
        <ul class="board-late">
          {shown.map((duty) => (
            <li>{`${duty.periodTitle}${duty.title}：${words.states.late}，${words.daysLate(duty.daysLate)}`}</li>
          ))}
          {late.length > shown.length ? <li>{words.moreLate(late.length - shown.length)}</li> : null}
        </ul>
      )}
      {board === undefined ? null : (
        <p class="screen-only">
          <a href={`/v/${village}/board`}>{words.all}</a>
        </p>
      )}
    </SectionCard>
  );
};
