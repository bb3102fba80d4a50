import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { Rating } from './rating.js';
import type { RatingProps } from './rating.js';

describe('rating', () => {
  for (const { name, props } of examplesOf<RatingProps>('rating')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<Rating {...props} />)).toEqual([]);
    });
  }

  it('offers five levels and nudges towards none of them [DY-71]', () => {
    const [first] = examplesOf<RatingProps>('rating');
    if (!first) throw new Error('no example');
    const radios = [...toDocument(<Rating {...first.props} />).querySelectorAll('input[type=radio]')];
    expect(radios.map((radio) => radio.getAttribute('value'))).toEqual(['5', '4', '3', '2', '1']);
    expect(radios.some((radio) => radio.hasAttribute('checked'))).toBe(false);
  });
});
