import { describe, expect, it } from 'vitest';
import * as domain from './index.js';
import { teaClubCalendar } from './calendar/tea-club-calendar.js';

declare global {
  interface ImportMeta {
    /** Vite reads the files at transform time; the test needs no file system. */
    glob<T>(patterns: readonly string[], options: { query: string; import: string; eager: true }): Record<string, T>;
  }
}

const sources = import.meta.glob<string>(
  ['./{share,date,fault,condition,calendar,division,roll}/*.ts', '!./**/*.test.ts'],
  { query: '?raw', import: 'default', eager: true },
);

/** What the examples may speak of besides the domain itself. */
const SCENE = {
  calendar: teaClubCalendar(),
  february: { from: domain.plainDate('2026-02-01'), to: domain.plainDate('2026-02-28') },
  memberships: Array.from({ length: 12 }, (_, index): domain.Membership => ({
    person: `m${index}`,
    body: 'tea-club',
    time: { from: domain.plainDate('2020-01-01') },
  })),
};

const examples = Object.entries(sources).flatMap(([file, text]) =>
  [...text.matchAll(/@example (.+?) \/\/ => (.+)$/gm)].map(([, code = '', expected = '']) => ({
    file,
    code,
    expected,
  })),
);

const scope: Record<string, unknown> = { ...domain, ...SCENE };

/** Runs one line of a doc comment with the domain's own names in scope. */
const run = (code: string): unknown => {
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- the text comes from this repository's own comments
  const evaluate = new Function(...Object.keys(scope), `return (${code});`) as (...values: unknown[]) => unknown;
  return evaluate(...Object.values(scope));
};

describe('examples in doc comments', () => {
  it('are found', () => {
    expect(examples.length).toBeGreaterThan(15);
    const written = Object.values(sources)
      .join('\n')
      .match(/@example/g)?.length;
    expect(examples.length).toBe(written);
  });

  it.each(examples)('$code ($file)', ({ code, expected }) => {
    expect(run(code.trim())).toEqual(run(expected.replace(/ \*\/$/, '').trim()));
  });
});
