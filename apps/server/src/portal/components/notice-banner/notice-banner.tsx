import type { Child, FC } from 'hono/jsx';

export interface NoticeBannerProps {
  readonly title: string;
  /** `good` for what has just worked, `wait` for what needs the reader, `plain` for what is worth knowing. */
  readonly tone: 'good' | 'wait' | 'plain';
  readonly text?: string | undefined;
  /** Read out at once: only for the answer to what the person has just done. */
  readonly announce?: boolean | undefined;
  readonly children?: Child;
}

const marks = { good: '✓', wait: '…', plain: 'i' } as const;

/** Notice banner 提示: one message above the page, told apart by a mark and a border and not by colour alone. */
export const NoticeBanner: FC<NoticeBannerProps> = ({ title, tone, text, announce, children }) => (
  <div class={`notice-banner notice-${tone}`} role={announce ? 'status' : undefined}>
    <span class="notice-mark" aria-hidden="true">
      {marks[tone]}
    </span>
    <div class="notice-body">
      <p class="notice-title">{title}</p>
      {text ? <p class="notice-text">{text}</p> : null}
      {children}
    </div>
  </div>
);
