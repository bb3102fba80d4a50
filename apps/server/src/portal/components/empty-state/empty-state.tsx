import type { Child, FC } from 'hono/jsx';

export interface EmptyStateProps {
  readonly text: string;
  /** What to do instead, when there is something. */
  readonly next?: { readonly href: string; readonly label: string } | undefined;
  readonly children?: Child;
}

/** Empty state 暂无: says that nothing is there and why, so that an empty page never looks like a broken one. */
export const EmptyState: FC<EmptyStateProps> = ({ text, next, children }) => (
  <div class="empty-state">
    <p>{text}</p>
    {next ? (
      <p>
        <a href={next.href}>{next.label}</a>
      </p>
    ) : null}
    {children}
  </div>
);
