import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { ErrorSummary } from './error-summary.js';
import type { ErrorSummaryProps } from './error-summary.js';

describe('error-summary', () => {
  for (const { name, props } of examplesOf<ErrorSummaryProps>('error-summary')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<ErrorSummary {...props} />)).toEqual([]);
    });
  }

  it('links each refusal to its field and shows cure and stable code', () => {
    const items = [{ message: '请写下您的事', field: 'text', cure: '写一句就行', code: 'field-missing' }];
    const document = toDocument(<ErrorSummary title="还差一处" codeWords="代码" items={items} />);
    expect(document.querySelector('a')?.getAttribute('href')).toBe('#text');
    expect(document.body.textContent).toContain('写一句就行');
    expect(document.querySelector('code')?.textContent).toBe('field-missing');
    expect(document.querySelector('[role=alert]')).not.toBeNull();
  });
});
