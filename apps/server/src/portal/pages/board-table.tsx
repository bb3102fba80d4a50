/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- a table laid out as cards by CSS is a table to a screen reader only with its roles written out */
import type { FC } from 'hono/jsx';

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
