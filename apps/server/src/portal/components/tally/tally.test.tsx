import { describe, expect, it } from 'vitest';
import { examplesOf, whatIsWrong } from '../component-check.js';
import { Tally } from './tally.js';
import type { TallyFigure } from './tally.js';

describe('tally', () => {
  for (const { name, props } of examplesOf<{ label: string; figures: TallyFigure[] }>('tally')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<Tally {...props} />)).toEqual([]);
    });
  }
});
