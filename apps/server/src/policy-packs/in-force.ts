/** First day, and the last day a rule still answers for. */
export interface InForce {
  readonly from: string;
  readonly to?: string | undefined;
}

/** Whether a rule answers for a day; both ends do. */
export const answersFor = (period: InForce, day: string): boolean =>
  period.from <= day && (period.to === undefined || day <= period.to);
