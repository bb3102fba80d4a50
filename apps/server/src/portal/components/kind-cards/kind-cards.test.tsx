import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { KindCards } from './kind-cards.js';
import type { KindCardsProps } from './kind-cards.js';

describe('kind-cards', () => {
  for (const { name, props } of examplesOf<KindCardsProps>('kind-cards')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<KindCards {...props} />)).toEqual([]);
    });
  }

  it('offers the kinds as one group of radio buttons with nothing chosen beforehand [DY-01]', () => {
    const [first] = examplesOf<KindCardsProps>('kind-cards');
    if (!first) throw new Error('no example');
    const document = toDocument(<KindCards {...first.props} />);
    const radios = [...document.querySelectorAll('input[type=radio]')];
    expect(new Set(radios.map((radio) => radio.getAttribute('name')))).toEqual(new Set(['kind']));
    expect(radios).toHaveLength(5);
    expect(radios.filter((radio) => radio.hasAttribute('checked'))).toHaveLength(0);
  });
});
