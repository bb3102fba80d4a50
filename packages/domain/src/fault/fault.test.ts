import { describe, expect, it } from 'vitest';
import { CURES, explainFault, fault, FAULTS, ok, refuse, valueOf, type FaultCode } from './index.js';
import { FAULT_GROUPS } from './faults.js';

const codes = Object.keys(FAULTS) as FaultCode[];
const placeholders = (sentence: string): string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

describe('fault 不符合项', () => {
  it('is defined once: no code stands in two groups (F1)', () => {
    const all = FAULT_GROUPS.flatMap((group) => Object.keys(group));
    expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
    expect(all.length).toBe(codes.length);
  });

  it('has a code in words, never a number (F1)', () => {
    expect(codes.filter((code) => !/^[a-z]+(?:-[a-z]+)*$/.test(code))).toEqual([]);
  });

  it('says what is wrong and what cures it in both languages, with the same details (F2)', () => {
    for (const code of codes) {
      const [whatZh, cureZh, whatEn, cureEn] = FAULTS[code];
      for (const sentence of [whatZh, cureZh]) expect(`${code}: ${sentence}`).toMatch(/: .*\p{Script=Han}.*。$/u);
      for (const sentence of [whatEn, cureEn]) expect(`${code}: ${sentence}`).toMatch(/: [^\p{Script=Han}]+[.?]$/u);
      const [zh, en] = [new Set(placeholders(whatZh + cureZh)), new Set(placeholders(whatEn + cureEn))];
      expect([code, ...zh]).toEqual([code, ...en]);
    }
  });

  it('is explained with its figures, its sources and its cure (F3)', () => {
    const tooFew = fault('attendance-too-low', { need: 20, have: 19 }, { source: ['LAW-VC-30b'] });
    expect(explainFault(tooFew, 'zh-CN')).toEqual({
      what: '到会人数不足：须到 20 人，实到 19 人。',
      why: '依据：LAW-VC-30b。',
      cure: '达到规定人数后再表决，或者另行召集。',
    });
    expect(explainFault(tooFew, 'en', (id) => `article ${id}`).why).toBe('Based on: article LAW-VC-30b.');
    const twice = fault('attendance-too-low', { need: 20, have: 19 }, { source: ['LAW-VC-30a', 'LAW-VC-30b'] });
    expect(explainFault(twice, 'en', () => 'Article 30').why).toBe('Based on: Article 30.');
  });

  it('leaves the reason out where none is known, rather than inventing one (F3)', () => {
    expect(explainFault(fault('not-found'), 'zh-CN')).not.toHaveProperty('why');
  });

  it('names a better cure where the case has one (F3)', () => {
    const cured = fault('attendance-too-low', { need: 20, have: 19 }, { cure: 'adjourn-and-reconvene' });
    expect(explainFault(cured, 'en').cure).toBe(CURES['adjourn-and-reconvene']?.en);
  });

  it('leaves no placeholder unfilled in any sentence (F3)', () => {
    for (const code of codes) {
      const params = Object.fromEntries(placeholders(FAULTS[code].join('')).map((name) => [name, 7]));
      for (const locale of ['zh-CN', 'en'] as const) {
        const said = explainFault({ code, params }, locale);
        expect(`${code}: ${said.what}${said.cure}`).not.toMatch(/[{}]/);
      }
    }
  });

  it('carries a value or at least one fault, and throws where the caller was wrong to be sure (F4)', () => {
    expect(valueOf(ok(3))).toBe(3);
    expect(() => valueOf(refuse(fault('not-found')))).toThrow('not-found');
  });
});
