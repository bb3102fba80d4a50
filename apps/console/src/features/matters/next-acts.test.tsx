import type { MatterDetail, NextActView } from '@lianxin/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { ConfigProvider } from 'antd';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LanguageProvider } from '../../app/language.js';
import { NextActs } from './next-acts.js';

afterEach(cleanup);
beforeEach(() => sessionStorage.clear());

const act = (given: Partial<NextActView> & Pick<NextActView, 'act' | 'title'>): NextActView => ({
  kind: 'outcome',
  by: ['承办人'],
  mine: true,
  allowed: true,
  faults: [],
  fields: [],
  source: [],
  needsSecret: false,
  ...given,
});

const show = (nextActs: readonly NextActView[]) =>
  render(
    <LanguageProvider>
      <QueryClientProvider client={new QueryClient()}>
        <ConfigProvider button={{ autoInsertSpace: false }}>
          <NextActs
            matter={{ id: 'matter', version: 3, division: '999901001201', nextActs } as unknown as MatterDetail}
          />
        </ConfigProvider>
      </QueryClientProvider>
    </LanguageProvider>,
  );

describe('what may be done next', () => {
  it('offers my acts as buttons, one of them first', () => {
    const { container } = show([
      act({ act: 'report', title: '报告' }),
      act({ act: 'transfer', title: '转办', kind: 'assign', fields: [{ id: 'to', type: 'office' } as never] }),
    ]);
    expect(container.querySelectorAll('.ant-btn-primary')).toHaveLength(1);
    expect(screen.getByRole('button', { name: '报告' }).className).toContain('ant-btn-primary');
    expect(screen.getByRole('button', { name: '转办' })).toBeTruthy();
  });

  it('greys what cannot be done yet, with what is missing, the article and the cure', () => {
    show([
      act({
        act: 'close',
        title: '办结',
        allowed: false,
        faults: [
          {
            code: 'feedback-missing',
            what: '还没有向群众反馈。',
            why: '办法第五条',
            cure: '先反馈。',
            source: ['TEA-5'],
            params: {},
          },
        ],
      }),
    ]);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '办结' }).disabled).toBe(true);
    const reason = screen.getByText(/还没有向群众反馈/);
    expect(reason.textContent).toContain('先反馈。');
    expect(reason.textContent).toContain('办法第五条');
  });

  it('tells what others may do, by name of office, and offers none of it', () => {
    show([act({ act: 'confirm', title: '确认解决了', mine: false, allowed: false, by: ['提出人'] })]);
    expect(screen.queryByRole('button', { name: '确认解决了' })).toBeNull();
    const others = screen.getByText('其他人可以办的').closest('details');
    expect(within(others as HTMLElement).getByText('提出人')).toBeTruthy();
    expect(screen.getByText('目前没有需要您办的环节。')).toBeTruthy();
  });

  it('asks what an act needs before it is confirmed, and lets one go back', () => {
    show([
      act({
        act: 'feedback',
        title: '反馈',
        kind: 'note',
        fields: [
          {
            id: 'said',
            title: '反馈内容',
            type: 'long-text',
            required: true,
            choices: [],
            unit: null,
            help: null,
            personal: false,
          },
        ],
      }),
    ]);
    fireEvent.click(screen.getByRole('button', { name: '反馈' }));
    expect(document.activeElement?.textContent).toBe('反馈');
    expect(document.activeElement?.tagName).toBe('H3');
    expect(screen.getByLabelText('反馈内容')).toBeTruthy();
    expect(screen.getByRole('button', { name: '确认：反馈' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '取消' }));
    expect(screen.queryByLabelText('反馈内容')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '反馈' }));
  });
});
