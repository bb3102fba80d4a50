import { describe, expect, it } from 'vitest';
import { examplesOf, whatIsWrong } from '../component-check.js';
import { SectionCard } from './section-card.js';
import type { SectionCardProps } from './section-card.js';

describe('section-card', () => {
  for (const { name, props } of examplesOf<SectionCardProps>('section-card')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<SectionCard {...props} />)).toEqual([]);
    });
  }
});
