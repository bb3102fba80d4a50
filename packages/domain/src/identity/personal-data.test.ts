import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPersonalData, maskName } from './index.js';

describe('personal data in a text for everyone 个人信息', () => {
  it('names kind and place, counted in characters as they were typed (I8)', () => {
    expect(findPersonalData('付款人１３８ ００１３ ８０００，谢谢')).toEqual([{ kind: 'phone', at: 4, length: 13 }]);
    expect(findPersonalData('住3组12号，证110105194912310 02X')).toEqual([
      { kind: 'address', at: 2, length: 5 },
      { kind: 'identity-number', at: 9, length: 19 },
    ]);
    expect(findPersonalData('付给茶小满和茶大满', ['茶小满', '茶大满'])).toEqual([
      { kind: 'name', at: 3, length: 3 },
      { kind: 'name', at: 7, length: 3 },
    ]);
  });

  it('finds a mobile number wherever it stands and however it is spaced (I8)', () => {
    const around = fc.string({ unit: fc.constantFrom('茶', '水', '。', '元', '的') });
    const digits = fc.stringMatching(/^1[3-9]\d{9}$/u);
    fc.assert(
      fc.property(around, digits, around, fc.constantFrom('', ' ', '-'), (before, number, after, gap) => {
        const typed = `${number.slice(0, 3)}${gap}${number.slice(3, 7)}${gap}${number.slice(7)}`;
        const [found] = findPersonalData(`${before}${typed}${after}`);
        expect(found).toEqual({ kind: 'phone', at: [...before].length + 1, length: typed.length });
      }),
    );
  });

  it('lets amounts, dates, voucher numbers and public places pass (I8)', () => {
    for (const text of ['2026年3月1日支出12,800.00元', '凭证202703010000012345', '3组水渠', '省道205号线3组12号路灯']) {
      expect(findPersonalData(text)).toEqual([]);
    }
  });

  it('shows of a name the family name and nothing else (I9)', () => {
    expect(['王小明', '李四', '欧阳小明', '曹'].map(maskName)).toEqual(['王**', '李*', '欧阳**', '*']);
    fc.assert(
      fc.property(fc.array(fc.constantFrom('甲', '乙', '丙', '丁'), { minLength: 2, maxLength: 4 }), (name) => {
        const masked = maskName(name.join(''));
        expect([...masked]).toHaveLength(name.length);
        expect(masked.slice(1)).toBe('*'.repeat(name.length - 1));
      }),
    );
  });
});
