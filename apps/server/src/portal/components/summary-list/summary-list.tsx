import type { FC } from 'hono/jsx';

export interface SummaryRow {
  readonly label: string;
  /** One line, or several. */
  readonly value: string | readonly string[];
  readonly note?: string | undefined;
}

/** Summary list 摘要: pairs of a name and what is known, read as a description list by a screen reader. */
export const SummaryList: FC<{ rows: readonly SummaryRow[] }> = ({ rows }) => (
  <dl class="summary-list">
    {rows.map((row) => (
      <div class="summary-row">
        <dt>{row.label}</dt>
        <dd>
          {typeof row.value === 'string'
            ? row.value
            : row.value.map((line) => <span class="summary-line">{line}</span>)}
          {row.note ? <span class="summary-note">{row.note}</span> : null}
        </dd>
      </div>
    ))}
  </dl>
);
