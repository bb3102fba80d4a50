import type { FC } from 'hono/jsx';
import type { DisclosureContent } from '@lianxin/contract';
import type { BoardLine, VillageBoard } from '../../disclosures/index.js';
import { EmptyState } from '../components/empty-state/empty-state.js';
import { SectionCard } from '../components/section-card/section-card.js';
import type { PageSetting } from '../setting.js';
import { showDay } from '../words/days.js';
import { disclosureWords } from '../words/disclosures.js';

/** Bars of income and expense by kind: drawn, with every figure written beside it, so that nothing depends on seeing colours. */
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
    <svg class="board-bars" role="img" aria-label={words.plot(title)} viewBox={`0 0 360 ${rows.length * 40 + 4}`}>
      {rows.map((row, at) => (
        <g transform={`translate(0 ${at * 40})`}>
          <text x="0" y="14" font-size="13">
            {`${row.label} ${row.value.toFixed(2)} ${words.yuan}`}
          </text>
          <rect
            x="0"
            y="20"
            height="12"
            rx="2"
            width={Math.max(2, (row.value / most) * 356)}
            class={`board-bar-${row.way}`}
          />
        </g>
      ))}
    </svg>
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

/**
 * A table of what a village publishes, and cards on a phone: the same rows, each value with its column's title. The roles are written out,
 * since a table laid out as blocks is otherwise no table to a screen reader.
 */
export const BoardTable: FC<{
  head: readonly string[];
  rows: readonly (readonly { readonly text: string; readonly tone?: 'is-figure' | 'is-late' }[])[];
}> = ({ head, rows }) => (
  <table class="board-table" role="table">
    <thead role="rowgroup">
      <tr role="row">
        {head.map((title) => (
          <th role="columnheader" scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map((row) => (
        <tr role="row">
          {row.map(({ text, tone }, at) => (
            <td role="cell" data-title={head[at]} class={tone}>
              {text}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

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

/** On the village's own page: what was published lately, what still hangs and for how long, this period's accounts, and what is late. */
export const BoardCard: FC<{ setting: PageSetting; village: string; board: VillageBoard | undefined }> = ({
  setting,
  village,
  board,
}) => {
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
      {lines.length === 0 ? (
        <EmptyState text={said.noticesNone} />
      ) : (
        <BoardLines setting={setting} village={village} lines={lines} />
      )}
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
