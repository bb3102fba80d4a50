import 'fake-indexeddb/auto';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import type { Person } from './session.js';

/** A person of this test's own: what lies on the phone outlives the file. */
const me = { person: 'p8', name: '网格长', division: null, offices: [], capabilities: [] } as unknown as Person;
const pin = '135790';
/** Where a log-out leads. */
let left: MockInstance<(url: string | URL) => void>;

/** What a page is made of that has only just been opened: nothing in it has turned to the pocket yet. */
const openPage = async () => {
  vi.resetModules();
  const [{ useSignOut }, { LanguageProvider }, pocket, { setLastPerson }, { visitOf }] = await Promise.all([
    import('./session.js'),
    import('./language.js'),
    import('../features/field-work/pocket/pocket.js'),
    import('./pocket-mark.js'),
    import('../features/field-work/pocket/outbox-model.js'),
  ]);
  const { result } = renderHook(useSignOut, {
    wrapper: ({ children }) => (
      <QueryClientProvider client={new QueryClient()}>
        <LanguageProvider>{children}</LanguageProvider>
      </QueryClientProvider>
    ),
  });
  return { signOut: result.current, pocket, setLastPerson, visitOf };
};

beforeEach(() => {
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(null, { status: 204 })),
  );
  left = vi.spyOn(globalThis.location, 'assign').mockImplementation(() => undefined);
  localStorage.clear();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a log-out straight after the page has opened', () => {
  it('takes the households off the phone, asks about what is unsent, and leaves that for its owner', async () => {
    const before = await openPage();
    before.setLastPerson('p8');
    // A PIN that costs nothing to guess: what a guess costs is not what this is about.
    await before.pocket.makePocket(me, pin, 1);
    await before.pocket.keepDay('p8', { households: [], cards: {}, form: null, fetchedAt: '2026-11-28T01:00:00Z' });
    await before.pocket.putInOutbox([{ id: 'c1', lane: 'c1', command: before.visitOf('水泵坏了') }]);
    expect(await before.pocket.heldDay()).toBeDefined();

    const stay = vi.fn(() => false);
    vi.stubGlobal('confirm', stay);
    const { signOut, pocket } = await openPage();
    await signOut();
    expect(stay).toHaveBeenCalledOnce();
    expect(localStorage.getItem('lianxin.person')).toBe('p8');

    vi.stubGlobal('confirm', () => true);
    const again = await openPage();
    await again.signOut();
    expect(left).toHaveBeenCalledWith('/console/');
    expect(localStorage.getItem('lianxin.person')).toBeNull();

    await pocket.beginPocket('p8');
    expect(await pocket.openPocket(pin)).toBe(true);
    expect(await pocket.heldDay()).toBeUndefined();
    expect(await pocket.heldMe()).toBeUndefined();
    expect(pocket.pocketState()).toMatchObject({ waiting: 1 });
  });
});
