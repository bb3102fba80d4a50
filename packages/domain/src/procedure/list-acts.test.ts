import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FAULTS } from '../fault/index.js';
import { RULING_FAULTS } from './list-acts.js';

/** Faults of a rule that does not check, and of kernels that no ruling asks. */
const elsewhere = new Set([
  'act-by-nobody',
  'act-incomplete',
  'blank-unfilled',
  'clock-without-limit',
  'hand-up-blocked',
  'handler-would-confirm',
  'id-duplicate',
  'limit-never-starts',
  'offer-never-accepted',
  'outside-powers',
  'pause-never-ends',
  'recurrence-invalid',
  'result-undeclared',
  'result-unreachable',
  'stage-unreachable',
  'stage-without-exit',
  'threshold-without-source',
  'unknown-stage',
]);

const isCode = (text: string): boolean => Object.hasOwn(FAULTS, text);

test('the faults listed for case authors are those that the kernels of a ruling can give', () => {
  const given = ['procedure', 'roll', 'calendar', 'condition'].flatMap((kernel) => {
    const folder = new URL(`../${kernel}/`, import.meta.url);
    return readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'list-acts.ts')
      .flatMap((name) => {
        const quoted = readFileSync(new URL(name, folder), 'utf8').matchAll(/'([a-z]+(?:-[a-z]+)*)'/g);
        return [...quoted].map((match) => match[1] ?? '').filter(isCode);
      });
  });
  const expected = new Set(given.filter((code) => !elsewhere.has(code)));
  expect(RULING_FAULTS.toSorted()).toEqual([...expected].toSorted());
});
