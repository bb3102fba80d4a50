import type { Answer } from '@lianxin/server';

/** The faults of a command's answer; none where it was carried out. */
export const faultsOf = (answer: Answer) => ('faults' in answer ? answer.faults : []);

/** The codes of them. */
export const codesIn = (answer: Answer): string[] => faultsOf(answer).map((one) => one.code);

/** The id of what a command made; fails with the refusal where it made nothing. */
export const made = (answer: Answer): string => {
  if ('faults' in answer) throw new Error(JSON.stringify(answer.faults));
  return (answer.body as { id: string }).id;
};
