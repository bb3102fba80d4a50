import type { FC } from 'hono/jsx';

export interface ErrorSummaryItem {
  readonly message: string;
  /** The field to jump to. */
  readonly field?: string | undefined;
  readonly cure?: string | undefined;
  /** The stable code, for someone who phones the office about it. */
  readonly code?: string | undefined;
}

export interface ErrorSummaryProps {
  readonly title: string;
  /** Says that what was typed is still there. */
  readonly kept?: string | undefined;
  readonly items: readonly ErrorSummaryItem[];
  readonly codeWords?: string | undefined;
}

/** Error summary 错误提示: everything that stands in the way, at the top, each a link to its field, with what would cure it. */
export const ErrorSummary: FC<ErrorSummaryProps> = ({ title, kept, items, codeWords }) => (
  <div class="error-summary" role="alert" aria-labelledby="error-summary-title" tabindex={-1} id="error-summary">
    <h2 class="error-summary-title" id="error-summary-title">
      {title}
    </h2>
    <ul class="error-summary-list">
      {items.map((item) => (
        <li>
          {item.field ? <a href={`#${item.field}`}>{item.message}</a> : <strong>{item.message}</strong>}
          {item.cure ? <span class="error-summary-cure">{item.cure}</span> : null}
          {item.code ? (
            <span class="error-summary-code">
              {codeWords} <code>{item.code}</code>
            </span>
          ) : null}
        </li>
      ))}
    </ul>
    {kept ? <p class="error-summary-kept">{kept}</p> : null}
  </div>
);
