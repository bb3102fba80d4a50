import type { Child, FC } from 'hono/jsx';

export interface RevealProps {
  readonly summary: string;
  readonly open?: boolean | undefined;
  readonly text?: string | undefined;
  readonly children?: Child;
}

/** Reveal 展开: what only some people need, one touch away; the browser's own element, so no script. */
export const Reveal: FC<RevealProps> = ({ summary, open, text, children }) => (
  <details class="reveal" open={open === true}>
    <summary class="reveal-summary">{summary}</summary>
    <div class="reveal-body">
      {text ? <p>{text}</p> : null}
      {children}
    </div>
  </details>
);
