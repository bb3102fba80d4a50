import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { QrCode } from './qr-code.js';
import type { QrCodeProps } from './qr-code.js';
import { encode } from 'uqr';

describe('qr-code', () => {
  for (const { name, props } of examplesOf<QrCodeProps>('qr-code')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<QrCode {...props} />)).toEqual([]);
    });
  }

  it('draws exactly the modules of the code', () => {
    const text = 'https://lianxin.example/r/D4N6K7Q-2M9XTD4-H8WPZ3R';
    const { data } = encode(text, { ecc: 'M', border: 3 });
    const path =
      toDocument(<QrCode text={text} label="码" />)
        .querySelector('path[fill="#000"]')
        ?.getAttribute('d') ?? '';
    const drawn = data.map((row) => row.map(() => false));
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)/g))
      for (let i = 0; i < Number(width); i += 1) (drawn[Number(y)] ?? [])[Number(x) + i] = true;
    expect(drawn).toEqual(data);
  });
});
