/** A figure 数字 as it is printed: what was measured, against what, in which rounds. Ratios travel between machines, rates do not. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  /** What the requirement asks for at least (or at most), in words. */
  readonly asked: string;
  readonly ratio: number | null;
  readonly ours: { readonly unit: string; readonly rounds: readonly number[] };
  readonly reference: { readonly title: string; readonly unit: string; readonly rounds: readonly number[] };
  /** Why a part could not be measured here. */
  readonly missing?: string;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

const rounded = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** One figure in words for a person at a terminal. */
export const describeFigure = (figure: Figure): string =>
  [
    `${figure.id}  ${figure.title}`,
    `    ratio ${figure.ratio === null ? 'not measured' : figure.ratio.toFixed(3)} (asked: ${figure.asked})`,
    `    ours ${rounded(median(figure.ours.rounds))} ${figure.ours.unit}  [${figure.ours.rounds.map(rounded).join(' ')}]`,
    figure.reference.rounds.length === 0
      ? `    ${figure.reference.title}: ${figure.missing ?? 'not measured'}`
      : `    ${figure.reference.title} ${rounded(median(figure.reference.rounds))} ${figure.reference.unit}  [${figure.reference.rounds.map(rounded).join(' ')}]`,
  ].join('\n');
