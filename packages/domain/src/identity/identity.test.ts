import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '../date/index.js';
import { explainFault } from '../fault/index.js';
import {
  checkCharacterOf,
  compareIdentity,
  maskIdentityNumber,
  maskPhone,
  readCreditCode,
  readIdentityNumber,
  readPhone,
} from './index.js';

const today = plainDate('2026-11-22');
const read = (text: string) => readIdentityNumber(text, today);
const codesOf = (result: { ok: boolean; faults?: readonly { code: string }[] }): string[] =>
  (result.faults ?? []).map((one) => one.code);

const anyNumber = fc
  .record({
    area: fc.integer({ min: 100_000, max: 999_999 }),
    day: fc.integer({ min: 0, max: 40_000 }),
    order: fc.integer({ min: 0, max: 999 }),
  })
  .map(({ area, day, order }) => {
    const birth = addDays(plainDate('1915-01-01'), day).replaceAll('-', '');
    const seventeen = `${area}${birth}${String(order).padStart(3, '0')}`;
    return seventeen + checkCharacterOf(seventeen);
  });

describe('identity number 公民身份号码', () => {
  it('reads the two examples of the standard', () => {
    expect(read('11010519491231002X')).toEqual({
      ok: true,
      value: { number: '11010519491231002X', birthDate: '1949-12-31', sex: 'female' },
    });
    expect(read('440524188001010014')).toMatchObject({ ok: true, value: { birthDate: '1880-01-01', sex: 'male' } });
  });

  it('refuses every single wrong digit (I1)', () => {
    fc.assert(
      fc.property(anyNumber, fc.nat(17), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        const digit = number.charAt(at) === 'X' ? 10 : Number(number[at]);
        const wrong = `${number.slice(0, at)}${(digit + by) % 10}${number.slice(at + 1)}`;
        expect(wrong === number || !read(wrong).ok).toBe(true);
      }),
    );
  });

  it('refuses every swap of two unequal neighbours (I1)', () => {
    fc.assert(
      fc.property(anyNumber, fc.nat(15), (number, at) => {
        const swapped = `${number.slice(0, at)}${number[at + 1]}${number[at]}${number.slice(at + 2)}`;
        expect(swapped === number || !read(swapped).ok).toBe(true);
      }),
    );
  });

  it('refuses a birthday that does not exist or lies ahead (I2)', () => {
    for (const birth of ['19990229', '19000229', '20261123', '19991301', '17991231']) {
      const seventeen = `110105${birth}002`;
      expect(codesOf(read(seventeen + checkCharacterOf(seventeen)))).toEqual(['identity-number-date']);
    }
    for (const birth of ['20000229', '20261122']) {
      const seventeen = `110105${birth}002`;
      expect(read(seventeen + checkCharacterOf(seventeen)).ok).toBe(true);
    }
  });

  it('names length and characters before anything else', () => {
    expect(codesOf(read('110105491231002'))).toEqual(['identity-number-length']);
    expect(codesOf(read('01010519491231002X'))).toEqual(['identity-number-characters']);
    expect(codesOf(read('1101051949123100XX'))).toEqual(['identity-number-characters']);
    expect(codesOf(read('110105194913310022'))).toEqual(['identity-number-date', 'identity-number-check']);
  });

  it('says which of sex and birthday disagrees, and only of what was entered (I3)', () => {
    const result = read('11010519491231002X');
    if (!result.ok) throw new Error('the example of the standard was refused');
    expect(compareIdentity(result.value, {})).toEqual([]);
    expect(compareIdentity(result.value, { sex: 'female', birthDate: '1949-12-31' })).toEqual([]);
    const faults = compareIdentity(result.value, { sex: 'male', birthDate: '1949-12-30' });
    expect(faults.map((one) => one.code)).toEqual(['identity-number-sex', 'identity-number-birth']);
  });

  it('never repeats the number in a fault (I4)', () => {
    fc.assert(
      fc.property(anyNumber, fc.nat(9), (number, last) => {
        const result = read(`${number.slice(0, 17)}${last}`);
        if (result.ok) return;
        const said = result.faults.map((one) => JSON.stringify([one, explainFault(one, 'zh-CN')])).join('');
        expect(said.includes(number.slice(0, 6)) || said.includes(number.slice(6, 14))).toBe(false);
      }),
    );
  });

  it('shows the last four characters and nothing of place or birthday (I5)', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        expect(maskIdentityNumber(number)).toBe(`**************${number.slice(14)}`);
      }),
    );
  });

  it('reads blanks, full-width digits and a small x as the same number (I6)', () => {
    const wanted = read('11010519491231002X');
    for (const text of ['110105 19491231 002x', '１１０１０５１９４９１２３１００２Ｘ', ' 11010519491231002x\n']) {
      expect(read(text)).toEqual(wanted);
    }
  });
});

describe('credit code 统一社会信用代码', () => {
  const known = '91350100M000100Y43';
  it('reads the example of the standard, small letters too (I6)', () => {
    expect(readCreditCode(known)).toEqual({ ok: true, value: known });
    expect(readCreditCode('91350100m000100y43 ')).toEqual({ ok: true, value: known });
  });

  it('refuses every single wrong character (I7)', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    for (let at = 0; at < 18; at += 1) {
      for (const character of alphabet) {
        if (character === known[at]) continue;
        expect(readCreditCode(known.slice(0, at) + character + known.slice(at + 1)).ok).toBe(false);
      }
    }
    expect(codesOf(readCreditCode('91350100M000100I43'))).toEqual(['credit-code-characters']);
    expect(codesOf(readCreditCode('91350100M000100Y4'))).toEqual(['credit-code-length']);
    expect(codesOf(readCreditCode('91350100M000100Y44'))).toEqual(['credit-code-check']);
  });
});

describe('phone 电话号码', () => {
  it('has one writing, and reading it again changes nothing (I6)', () => {
    for (const text of ['13800002345', '138 0000 2345', '+86 138-0000-2345', '１３８００００２３４５']) {
      expect(readPhone(text)).toEqual({ ok: true, value: '13800002345' });
    }
    expect(readPhone('025-8360 1234')).toEqual({ ok: true, value: '02583601234' });
    expect(readPhone('010-62345678')).toEqual({ ok: true, value: '01062345678' });
  });

  it('refuses what no phone can be, without repeating it (I4)', () => {
    for (const text of ['', '1380000234', '12800002345', '138000023456', '83601234', '110', '=1+1', '138000o2345']) {
      expect(codesOf(readPhone(text))).toEqual(['phone-invalid']);
    }
    const result = readPhone('99912345678');
    expect(JSON.stringify(result)).not.toContain('99912345678');
  });

  it('shows seven digits of a mobile at most (I5)', () => {
    expect(maskPhone('13800002345')).toBe('138****2345');
    expect(maskPhone('02583601234')).toBe('025****1234');
  });
});
