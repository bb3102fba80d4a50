import { describe, expect, it } from 'vitest';
import { requestForm, tracking } from '../pages/made-up-views.js';
import { formInWords, trackingInWords } from './terms.js';

describe('terms of the rules in English', () => {
  it('leaves everything as the pack has it in zh-CN', () => {
    expect(formInWords(requestForm, 'zh-CN')).toBe(requestForm);
    expect(trackingInWords(tracking.open, 'zh-CN')).toBe(tracking.open);
  });

  it('says known terms in English and shows unknown ones as the pack has them', () => {
    const form = formInWords(requestForm, 'en');
    expect(form.kinds[0]?.title).toBe('Need 民需');
    expect(form.kinds[0]?.fields[0]?.title).toBe('What it is about');
    expect(form.kinds.at(-1)?.fields[0]?.title).toBe('反映的问题');
  });

  it('never changes what a resident wrote', () => {
    expect(trackingInWords(tracking.open, 'en').subject).toBe(tracking.open.subject);
  });
});
