import 'fake-indexeddb/auto';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { ConfigProvider } from 'antd';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LanguageProvider } from '../../app/language.js';
import type { Person } from '../../app/session.js';
import { OutboxPage } from './outbox-page.js';
import { correctionForm, readDraft } from './pocket/drafts.js';
import { visitOf } from './pocket/outbox-model.js';
import type { Command } from './pocket/outbox.js';
import { erasePocket, lockPocket, makePocket, openOutbox, openShelf, putInOutbox, recount } from './pocket/pocket.js';

const pin = '135790';
const me = { person: 'p9', username: 'grid', name: '网格长', division: null, offices: [], capabilities: [] };
const command: Command = {
  ...visitOf('他家信教，要一副老花镜'),
  json: { household: 'h1', need: '他家信教，要一副老花镜', occurredAt: '2026-03-02T01:30:00.000Z' },
  asked: [
    { at: ['need'], label: '听到的需要' },
    { at: ['occurredAt'], label: '走访时间', moment: true },
  ],
};

/** Words of a correction that are kept in the pocket. */
const kept = async (): Promise<unknown> => {
  const open = openShelf();
  if (open === undefined) return undefined;
  return (await readDraft<Command['json']>(open.shelf, open.key, correctionForm('v1')))?.value.need;
};

/** A pocket with one visit that the server has refused, and the page that shows it. */
beforeEach(async () => {
  vi.stubGlobal('isSecureContext', true);
  // The browser of these tests knows no locks between windows; there is one window.
  const locks = { request: async (_name: string, work: () => Promise<unknown>) => work() };
  vi.spyOn(navigator, 'locks', 'get').mockReturnValue(locks as unknown as LockManager);
  await makePocket(me as unknown as Person, pin, 1);
  await putInOutbox([{ id: 'v1', lane: 'v1', command }]);
  const [entry] = (await openOutbox()?.read()) ?? [];
  if (entry === undefined) throw new Error('the visit is not in the outbox');
  const faults = [
    { code: 'note-not-a-need', what: '不是需要。', why: null, cure: '改写', source: [], params: {} },
  ] as const;
  await openOutbox()?.refused(entry, { status: 422, faults });
  await recount();
  render(
    <LanguageProvider>
      <QueryClientProvider client={new QueryClient()}>
        <ConfigProvider button={{ autoInsertSpace: false }}>
          <OutboxPage />
        </ConfigProvider>
      </QueryClientProvider>
    </LanguageProvider>,
  );
  fireEvent.click(await screen.findByRole('button', { name: '改一改再发' }));
});
afterEach(async () => {
  cleanup();
  await erasePocket();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const need = () => screen.findByLabelText<HTMLTextAreaElement>('听到的需要');
const typed = '要一副老花镜，三百度';

describe('a correction that is being typed in the outbox', () => {
  it('is there again, word for word, after the pocket has closed over it and was opened with the PIN', async () => {
    fireEvent.change(await need(), { target: { value: typed } });
    fireEvent.change(screen.getByLabelText('走访时间'), { target: { value: '2026-03-02T08:15' } });
    await expect.poll(kept).toBe(typed);
    act(() => lockPocket());
    expect(screen.queryByText('听到的需要')).toBeNull();
    fireEvent.change(screen.getByLabelText('口令（六位数）'), { target: { value: pin } });
    fireEvent.click(screen.getByRole('button', { name: '打开' }));
    expect((await need()).value).toBe(typed);
    expect(screen.getByLabelText<HTMLInputElement>('走访时间').value).toBe('2026-03-02T08:15');
  });

  it('goes only when its writer leaves it, and the words that were refused stand there again', async () => {
    fireEvent.change(await need(), { target: { value: typed } });
    await expect.poll(kept).toBe(typed);
    fireEvent.click(screen.getByRole('button', { name: '不改了' }));
    await expect.poll(kept).toBeUndefined();
    fireEvent.click(await screen.findByRole('button', { name: '改一改再发' }));
    expect((await need()).value).toBe('他家信教，要一副老花镜');
  });
});
