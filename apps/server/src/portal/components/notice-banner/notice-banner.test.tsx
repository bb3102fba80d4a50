import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { NoticeBanner } from './notice-banner.js';
import type { NoticeBannerProps } from './notice-banner.js';

describe('notice-banner', () => {
  for (const { name, props } of examplesOf<NoticeBannerProps>('notice-banner')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<NoticeBanner {...props} />)).toEqual([]);
    });
  }

  it('is announced only when it answers what the person has just done', () => {
    expect(
      toDocument(<NoticeBanner title="已收到" tone="good" announce />).querySelector('[role=status]'),
    ).not.toBeNull();
    expect(toDocument(<NoticeBanner title="说明" tone="plain" />).querySelector('[role]')).toBeNull();
  });
});
