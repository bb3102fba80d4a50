import type { FC } from 'hono/jsx';

export interface PaginationProps {
  readonly label: string;
  readonly first?: { readonly href: string; readonly label: string } | undefined;
  readonly next?: { readonly href: string; readonly label: string } | undefined;
  readonly shown: string;
}

/**
 * Pagination 翻页: to the first page and to the next one.
 * Why no page numbers: lists page by the last row's key, so that page 900 costs what page 1 costs; there is no "page 7".
 */
export const Pagination: FC<PaginationProps> = ({ label, first, next, shown }) => (
  <nav class="pagination screen-only" aria-label={label}>
    <span class="pagination-shown">{shown}</span>
    {first ? (
      <a class="pagination-link" href={first.href} rel="prev">
        {first.label}
      </a>
    ) : null}
    {next ? (
      <a class="pagination-link" href={next.href} rel="next">
        {next.label}
      </a>
    ) : null}
  </nav>
);
