import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { ProgressSteps } from './progress-steps.js';
import type { ProgressStep } from './progress-steps.js';

type Props = { label: string; steps: ProgressStep[] };
const examples = examplesOf<Props>('progress-steps');

describe('progress-steps', () => {
  for (const { name, props } of examples) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<ProgressSteps {...props} />)).toEqual([]);
    });
  }

  it('says who holds it, until when, and that a date counted before the holidays are known is 暂定', () => {
    const [village] = examples;
    if (!village) throw new Error('no example');
    const now = toDocument(<ProgressSteps {...village.props} />).querySelector('[aria-current=step]');
    expect(now?.textContent).toContain('甲村联系服务群众工作办公室');
    expect(now?.querySelector('time')?.getAttribute('datetime')).toBe('2026-12-01');
    expect(now?.textContent).toContain('暂定');
  });

  it('shows since when and why a clock stands still', () => {
    const paused = examples[1];
    if (!paused) throw new Error('no example');
    expect(toDocument(<ProgressSteps {...paused.props} />).body.textContent).toContain(
      'Clock stopped since 20 November',
    );
  });
});
