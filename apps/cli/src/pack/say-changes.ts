import type { RuleChange } from '@lianxin/domain';

/** Old and new of rules as lines for a terminal: what no longer stands after “－”, what newly stands after “＋”. */
export const sayChanges = (changes: readonly RuleChange[]): string[] =>
  changes.flatMap(({ title, from, changes: sections }) => [
    '',
    from === null ? `《${title}》不再有` : `《${title}》${from} 起`,
    ...sections.flatMap(({ under, before, after }) => [
      ...(under === '' ? [] : [`  ${under}`]),
      ...before.map((line) => `    － ${line}`),
      ...after.map((line) => `    ＋ ${line}`),
    ]),
  ]);
