import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Bars } from './bars.js';
import { LanguageProvider } from './language.js';

afterEach(cleanup);

const bars = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ key: `${index}`, label: `村${index}`, count: index, of: 10 }));
const show = (props: Parameters<typeof Bars>[0]) =>
  render(
    <LanguageProvider>
      <Bars {...props} />
    </LanguageProvider>,
  );

describe('bars', () => {
  it('write count and base beside every bar, so that nobody reads a length', () => {
    show({ title: '超期/在办', tone: 'late', bars: [{ key: 'a', label: '上茶村', count: 2, of: 5 }] });
    expect(screen.getByRole('table', { name: '超期/在办' })).toBeTruthy();
    expect(screen.getByRole('rowheader', { name: '上茶村' })).toBeTruthy();
    expect(screen.getByText('2/5')).toBeTruthy();
  });

  it('are as long as their base and dark as their count', () => {
    const { container } = show({
      title: 't',
      tone: 'good',
      bars: [
        { key: 'a', label: 'a', count: 5, of: 10 },
        { key: 'b', label: 'b', count: 0, of: 5 },
        { key: 'c', label: 'c', count: 0, of: 0 },
      ],
    });
    const widths = [...container.querySelectorAll<HTMLElement>('.bar')].map((bar) => [
      bar.style.width,
      (bar.firstElementChild as HTMLElement).style.width,
    ]);
    expect(widths).toEqual([
      ['100%', '50%'],
      ['50%', '0%'],
      ['0%', '0%'],
    ]);
  });

  it('leave the rest of a long list one press away', () => {
    show({ title: 't', tone: 'late', bars: bars(11) });
    expect(screen.getByText('还有 3 项')).toBeTruthy();
    expect(screen.getAllByRole('table')).toHaveLength(2);
  });

  it('show nothing where there is nothing', () => {
    const { container } = show({ title: 't', tone: 'late', bars: [] });
    expect(container.textContent).toBe('');
  });
});
