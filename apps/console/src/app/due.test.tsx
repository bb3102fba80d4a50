import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Due } from './due.js';
import { LanguageProvider } from './language.js';
import { countyToday, dayAfter } from './today.js';

afterEach(cleanup);

const show = (props: Parameters<typeof Due>[0]) =>
  render(
    <LanguageProvider>
      <Due {...props} />
    </LanguageProvider>,
  );

describe('a due date', () => {
  it.each([
    ['2026-06-05', 0, '还有 4 天', 'calm'],
    ['2026-06-02', 0, '还有 1 天', 'soon'],
    ['2026-06-01', 0, '今天到期', 'soon'],
    ['2026-05-29', 3, '超期 3 天', 'late'],
  ])('%s with %i days overdue reads %s', (due, overdueDays, words, tone) => {
    const { container } = show({ due, overdueDays, provisional: false, today: '2026-06-01' });
    expect(screen.getByText(words)).toBeTruthy();
    expect(container.querySelector(`.due.${tone}`)).not.toBeNull();
    expect(container.querySelector('time')?.getAttribute('datetime')).toBe(due);
  });

  it('says when it is provisional and why', () => {
    show({ due: '2027-01-05', overdueDays: 0, provisional: true, today: '2026-12-30' });
    expect(screen.getByText('暂定').getAttribute('title')).toContain('放假');
  });

  it('says when there is none', () => {
    show({ due: null, overdueDays: 0, provisional: false });
    expect(screen.getByText('没有时限')).toBeTruthy();
  });

  it('counts from today in county time, whatever the machine thinks', () => {
    expect(countyToday(Date.parse('2026-06-01T17:00:00Z'))).toBe('2026-06-02');
    expect(dayAfter('2026-02-27', 2)).toBe('2026-03-01');
  });
});
