import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { Reveal } from './reveal.js';
import type { RevealProps } from './reveal.js';

describe('reveal', () => {
  for (const { name, props } of examplesOf<RevealProps>('reveal')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<Reveal {...props} />)).toEqual([]);
    });
  }

  it('is open when what is inside needs attention', () => {
    expect(
      toDocument(<Reveal summary="展开" open text="内容" />)
        .querySelector('details')
        ?.hasAttribute('open'),
    ).toBe(true);
  });
});
