import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { ReceiptSlip } from './receipt-slip.js';
import type { ReceiptSlipProps } from './receipt-slip.js';

describe('receipt-slip', () => {
  for (const { name, props } of examplesOf<ReceiptSlipProps>('receipt-slip')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<ReceiptSlip {...props} />)).toEqual([]);
    });
  }

  it('shows no secret on a slip that has none', () => {
    const [, paper] = examplesOf<ReceiptSlipProps>('receipt-slip');
    if (!paper) throw new Error('no example');
    expect(toDocument(<ReceiptSlip {...paper.props} />).querySelector('.receipt-slip-secret')).toBeNull();
  });
});
