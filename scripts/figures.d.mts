export type Figures = Readonly<Record<string, unknown>>;
export function readFigures(): Figures;
export const pages: Readonly<Record<string, (text: string, figures: Figures) => string>>;
export function keepBench(measured: readonly object[], command: string): void;
