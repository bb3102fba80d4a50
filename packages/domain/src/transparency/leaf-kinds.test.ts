import { describe, expect, it } from 'vitest';
import { isLeafKind, leafProblems, personalDataIn } from './index.js';

describe('kinds of leaves', () => {
  it('refuses a kind that has no row, so that nothing unforeseen becomes public (T12)', () => {
    expect(isLeafKind('matter.open')).toBe(false);
    expect(isLeafKind('toString')).toBe(false);
    expect(leafProblems('request.filed', {})).toEqual(['no leaf kind request.filed']);
  });

  it('refuses a public part with a key that its kind does not have, or a fraction of a fen (T12)', () => {
    expect(leafProblems('ledger.post', { amount_fen: 123_400, subject: '道路维修' })).toEqual([]);
    expect(leafProblems('ledger.post', { amount_fen: 123_400, subject: '道路维修', payee: '张三' })).not.toEqual([]);
    expect(leafProblems('ledger.post', { amount_fen: 0.5, subject: '道路维修' })).not.toEqual([]);
  });

  it('refuses to tell a number below five of a private day (T12)', () => {
    const pub = { day: '2027-03-01', root: 'A'.repeat(43), size: 8 };
    expect(leafProblems('private.day', { ...pub, entries: 'fewer than 5' })).toEqual([]);
    expect(leafProblems('private.day', { ...pub, entries: 7 })).toEqual([]);
    expect(leafProblems('private.day', { ...pub, entries: 3 })).not.toEqual([]);
  });

  it('refuses a title with an identity number, a mobile number, a bank card or a name of the roll (T12)', () => {
    expect(personalDataIn('身份证 11010519491231002X 已核')).toBe('identity-number');
    expect(personalDataIn('联系电话138 0013 8000')).toBe('phone');
    expect(personalDataIn('电话：１３８００１３８０００')).toBe('phone');
    expect(personalDataIn('卡号6222021234567890129')).toBe(null);
    expect(personalDataIn('卡号4111 1111 1111 1111')).toBe('bank-card');
    expect(personalDataIn('付给茶小满劳务费', ['茶小满'])).toBe('name');
    expect(personalDataIn('凭证 202703010000012345，2027年3月1日，123400 分')).toBe(null);
    expect(leafProblems('board.publish', { board: '财务公开 13800138000' })).not.toEqual([]);
  });
});
