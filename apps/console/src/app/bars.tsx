import type { ReactNode } from 'react';

export interface Bar {
  readonly key: string;
  readonly label: ReactNode;
  readonly count: number;
  readonly of: number;
}

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
  const longest = Math.max(1, ...bars.map((bar) => bar.of));
  return (
    <table className={`bars ${tone}`}>
      <caption>{title}</caption>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.key}>
            <th scope="row">{bar.label}</th>
            <td className="figure">
              {bar.count}/{bar.of}
            </td>
            <td aria-hidden="true">
              <span className="bar" style={{ width: `${(100 * bar.of) / longest}%` }}>
                <span style={{ width: `${bar.of === 0 ? 0 : (100 * bar.count) / bar.of}%` }} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
