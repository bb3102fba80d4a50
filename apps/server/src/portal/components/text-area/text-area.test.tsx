import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { TextArea } from './text-area.js';
import type { TextAreaProps } from './text-area.js';

describe('text-area', () => {
  for (const { name, props } of examplesOf<TextAreaProps>('text-area')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<TextArea {...props} />)).toEqual([]);
    });
  }

  it('keeps a text that looks like markup as text', () => {
    const words = { countWords: 'c', leftWords: 'l', overWords: 'o' };
    const typed = '</textarea><script>alert(1)</script>';
    const document = toDocument(<TextArea id="t" name="t" label="事" most={10} {...words} value={typed} />);
    expect(document.querySelector('textarea')?.textContent).toBe(typed);
    expect(document.querySelector('script')).toBeNull();
  });
});
