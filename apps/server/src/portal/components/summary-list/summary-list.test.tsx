import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { SummaryList } from './summary-list.js';
import type { SummaryRow } from './summary-list.js';

describe('summary-list', () => {
  for (const { name, props } of examplesOf<{ rows: SummaryRow[] }>('summary-list')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<SummaryList {...props} />)).toEqual([]);
      expect(toDocument(<SummaryList {...props} />).querySelectorAll('dt')).toHaveLength(props.rows.length);
    });
  }
});
