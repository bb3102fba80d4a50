import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { Choice } from './choice.js';
import type { ChoiceProps } from './choice.js';

describe('choice', () => {
  for (const { name, props } of examplesOf<ChoiceProps>('choice')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<Choice {...props} />)).toEqual([]);
    });
  }

  it('marks only what was chosen', () => {
    const options = [
      { value: 'a', label: '甲' },
      { value: 'b', label: '乙' },
    ];
    const document = toDocument(<Choice id="c" name="c" legend="选" kind="radio" options={options} chosen={['b']} />);
    expect(document.querySelector('input[checked]')?.getAttribute('value')).toBe('b');
  });
});
