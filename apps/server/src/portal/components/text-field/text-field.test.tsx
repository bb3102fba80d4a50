import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { TextField } from './text-field.js';
import type { TextFieldProps } from './text-field.js';

describe('text-field', () => {
  for (const { name, props } of examplesOf<TextFieldProps>('text-field')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<TextField {...props} />)).toEqual([]);
    });
  }

  it('ties label, hint and error to the box and keeps what was typed', () => {
    const document = toDocument(<TextField id="p" name="p" label="电话" hint="说明" error="请核对" value="138" />);
    const input = document.querySelector('input');
    expect(input?.getAttribute('aria-describedby')).toBe('p-hint p-error');
    expect(input?.getAttribute('aria-invalid')).toBe('true');
    expect(input?.getAttribute('value')).toBe('138');
  });
});
