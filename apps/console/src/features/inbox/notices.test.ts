import { describe, expect, it } from 'vitest';
import { noticeInEnglish } from './notices.js';

const term = (text: string): string =>
  ({ 办理: 'Handle', 公示期满: 'End the posting', 决议: 'the resolution' })[text] ?? text;

describe('a notice in English', () => {
  it('says the whole sentence, with its dates, figures and terms', () => {
    expect(noticeInEnglish('已超过办理期限（2026-11-20），请尽快办理并说明原因', term)).toBe(
      'Overdue since 2026-11-20: handle it soon and say why',
    );
    expect(noticeInEnglish('转来事项，请接收或者说明理由：办理', term)).toBe(
      'Passed to you, accept it or say why not: Handle',
    );
    for (const said of ['决议的公示天数已满，现在可以办“公示期满”', '决议的公示天数已满：公示期满'])
      expect(noticeInEnglish(said, term)).toBe(
        'The days of posting of the resolution are over; now do “End the posting”',
      );
    expect(noticeInEnglish('本人对“六到户”的登记有意见，请答复', term)).toBe(
      'Somebody objects to his record in “六到户”: answer',
    );
  });

  it('leaves alone what it does not know', () => {
    expect(noticeInEnglish('请村里看一看', term)).toBe('请村里看一看');
    expect(noticeInEnglish('办理', term)).toBe('Handle');
  });
});
