import type { FC } from 'hono/jsx';

export interface TallyFigure {
  readonly figure: string;
  readonly label: string;
}

/** Tally 数字: a few counts side by side, the figure large, what it counts below; nothing that ranks a person or a village. */
export const Tally: FC<{ label: string; figures: readonly TallyFigure[] }> = ({ label, figures }) => (
  <dl class="tally" aria-label={label}>
    {figures.map(({ figure, label: counted }) => (
      <div class="tally-item">
        <dt>{counted}</dt>
        <dd>{figure}</dd>
      </div>
    ))}
  </dl>
);
