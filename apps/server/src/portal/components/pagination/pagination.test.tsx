import { describe, expect, it } from 'vitest';
import { examplesOf, whatIsWrong } from '../component-check.js';
import { Pagination } from './pagination.js';
import type { PaginationProps } from './pagination.js';

describe('pagination', () => {
  for (const { name, props } of examplesOf<PaginationProps>('pagination')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<Pagination {...props} />)).toEqual([]);
    });
  }
});
