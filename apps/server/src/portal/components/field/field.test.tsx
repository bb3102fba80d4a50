import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { Field, Question, type QuestionProps } from './field.js';

describe('field', () => {
  for (const { name, props } of examplesOf<QuestionProps>('field')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<Question {...props} />)).toEqual([]);
    });
  }

  it('ties label to box, and hint and error to the group, in reading order', () => {
    const box = toDocument(
      <Field id="p" label="电话" optional="（选填）">
        <input id="p" name="p" />
      </Field>,
    );
    expect(box.querySelector('label')?.getAttribute('for')).toBe('p');
    const group = toDocument(<Question id="k" legend="哪一类" hint="说明" error="请选一类" />);
    expect(group.querySelector('fieldset')?.getAttribute('aria-describedby')).toBe('k-hint k-error');
    expect([...group.querySelectorAll('p')].map((line) => line.id)).toEqual(['k-hint', 'k-error']);
  });
});
