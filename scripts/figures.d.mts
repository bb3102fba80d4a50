export type Figures = Readonly<Record<string, unknown>>;
export function readFigures(): Figures;
export function withFigures(text: string, figures: Figures, language: string): string;
export const readmes: Readonly<Record<string, string>>;
export function keepBench(measured: readonly object[], command: string): void;
