import { describe, expect, it } from 'vitest';
import { examplesOf, whatIsWrong } from '../component-check.js';
import { EmptyState } from './empty-state.js';
import type { EmptyStateProps } from './empty-state.js';

describe('empty-state', () => {
  for (const { name, props } of examplesOf<EmptyStateProps>('empty-state')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<EmptyState {...props} />)).toEqual([]);
    });
  }
});
