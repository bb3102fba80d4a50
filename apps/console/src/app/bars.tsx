import type { ReactNode } from 'react';
import { useLanguage } from './language.js';

export interface Bar {
  readonly key: string;
  readonly label: ReactNode;
  readonly count: number;
  readonly of: number;
}

/** As many bars as a reader takes in at a glance; the rest is one press away. */
const atFirst = 8;

const rowOf = (bar: Bar, longest: number) => (
  <tr key={bar.key}>
    <th scope="row">{bar.label}</th>
    <td className="figure">
      {bar.count}/{bar.of}
    </td>
    <td className="length" aria-hidden="true">
      <span className="bar" style={{ width: `${(100 * bar.of) / longest}%` }}>
        <span style={{ width: `${bar.of === 0 ? 0 : (100 * bar.count) / bar.of}%` }} />
      </span>
    </td>
  </tr>
);

/**
 * A plot of counts within their bases (条形图): each bar is as long as its base, the dark part is the count, and both figures
 * stand beside it, so that nobody has to read a length.
 */
export function Bars({
  title,
  bars,
  tone,
}: {
  readonly title: string;
  readonly bars: readonly Bar[];
  readonly tone: 'late' | 'good';
}) {
  const { words } = useLanguage();
  const longest = Math.max(1, ...bars.map((bar) => bar.of));
  if (bars.length === 0) return null;
  const rest = bars.slice(atFirst);
  return (
    <>
      <table className={`bars ${tone}`}>
        <caption>{title}</caption>
        <tbody>{bars.slice(0, atFirst).map((bar) => rowOf(bar, longest))}</tbody>
      </table>
      {rest.length === 0 ? null : (
        <details>
          <summary>{words.moreRows(rest.length)}</summary>
          <table className={`bars ${tone}`}>
            <caption className="unseen">{title}</caption>
            <tbody>{rest.map((bar) => rowOf(bar, longest))}</tbody>
          </table>
        </details>
      )}
    </>
  );
}
