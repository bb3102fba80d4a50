/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- a table laid out as cards by CSS is a table to a screen reader only with its roles written out */
import type { ReactNode } from 'react';
import { useLanguage } from './language.js';
import { Empty, Loading } from './page-head.js';

/** A column of a list: its title, and what stands in it. `main` leads the card on a phone; `figure` lines up numbers. */
export interface Column<T> {
  readonly title: string;
  readonly render: (row: T) => ReactNode;
  readonly main?: boolean;
  readonly figure?: boolean;
}

/**
 * A list as a table (台账), and as cards where the screen is narrow: the same rows, each value with its column's title.
 *
 * A table of our own, because a list that scrolls sideways on a phone is no list, and roles are written out since a table whose
 * rows are laid out as blocks is otherwise no table to a screen reader.
 */
export function Records<T>({
  caption,
  rows,
  columns,
  keyOf,
  toneOf,
  loading = false,
  of,
  empty,
}: {
  readonly caption: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly keyOf: (row: T) => string;
  readonly toneOf?: (row: T) => string;
  readonly loading?: boolean;
  /** How many there are in all, where the page shows the first of them. */
  readonly of?: number;
  readonly empty: string;
}) {
  const { words } = useLanguage();
  if (loading) return <Loading />;
  if (rows.length === 0) return <Empty text={empty} />;
  return (
    <table className="records" role="table">
      <caption>
        {caption} <span className="count">{words.rows(of ?? rows.length)}</span>
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.title} role="columnheader" scope="col" className={column.figure ? 'figure' : ''}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row" className={toneOf?.(row) ?? ''}>
            {columns.map((column) => (
              <td
                key={column.title}
                role="cell"
                data-title={column.title}
                className={[column.main ? 'main' : '', column.figure ? 'figure' : ''].join(' ').trim()}
              >
                {column.render(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
