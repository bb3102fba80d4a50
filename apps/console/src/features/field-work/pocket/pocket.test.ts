import 'fake-indexeddb/auto';
import type { Person } from '../../../app/session.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lastPerson, pocketMark, setLastPerson } from '../../../app/pocket-mark.js';
import { keepDraft, readDraft } from './drafts.js';
import { visitOf } from './outbox-model.js';
import { shelfName } from './phone-shelf.js';
import {
  acceptLoss,
  beginPocket,
  emptyPocket,
  erasePocket,
  heldDay,
  heldMe,
  keepDay,
  keepMe,
  lockPocket,
  makePocket,
  mayStillSend,
  openOutbox,
  openPocket,
  openShelf,
  pocketState,
  putInOutbox,
  recount,
} from './pocket.js';

const me: Person = {
  person: 'p1',
  username: 'grid',
  name: '网格长',
  division: null,
  offices: [],
  capabilities: [],
} as unknown as Person;
const day = { households: [], cards: {}, form: null, fetchedAt: '2026-11-28T01:00:00.000Z' };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-28T01:00:00Z') });
  vi.stubGlobal('isSecureContext', true);
  localStorage.clear();
});
afterEach(async () => {
  await erasePocket();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Guesses that cost nothing, where it is not about what they cost. */
const quick = 1;
const oneUnsent = async (rounds = quick) => {
  await makePocket(me, '135790', rounds);
  await keepDay('p1', day);
  await putInOutbox([{ id: 'command-1', lane: 'command-1', command: visitOf('水泵坏了') }], 'draft.visit.h1');
};

describe('a pocket', () => {
  it('holds households for the day alone, in county time, and what is unsent beyond it', async () => {
    await oneUnsent();
    vi.setSystemTime(new Date('2026-11-28T15:59:00Z'));
    expect(await heldDay()).toEqual(day);
    vi.setSystemTime(new Date('2026-11-28T16:00:00Z'));
    expect(await heldDay()).toBeUndefined();
    expect(pocketState().waiting).toBe(1);
  });

  it('after seven days without the server no longer knows who works here, and still holds what is unsent or half written', async () => {
    await oneUnsent();
    const half = { value: '还有半句没', commandId: 'typed' };
    const before = openShelf();
    if (before === undefined) throw new Error('the pocket is closed');
    await keepDraft(before.shelf, before.key, 'visit.h1', half);
    lockPocket();
    vi.setSystemTime(new Date('2026-12-06T01:00:00Z'));
    await beginPocket('p1');
    expect(await openPocket('135790')).toBe(true);
    expect(await heldMe()).toBeUndefined();
    const after = openShelf();
    expect(after === undefined ? undefined : await readDraft(after.shelf, after.key, 'visit.h1')).toEqual(half);
    expect(pocketState()).toMatchObject({ status: 'open', waiting: 1 });
  });

  it('counts the seven days from the server’s last word, however often it is opened without a line', async () => {
    await oneUnsent();
    for (const at of ['2026-12-01T01:00:00Z', '2026-12-04T01:00:00Z']) {
      lockPocket();
      vi.setSystemTime(new Date(at));
      await openPocket('135790');
      const held = await heldMe();
      expect(held).toEqual({ me, saidAt: Date.parse('2026-11-28T01:00:00Z') });
      await keepMe(me, held?.saidAt ?? NaN);
    }
    lockPocket();
    vi.setSystemTime(new Date('2026-12-05T01:00:01Z'));
    await beginPocket('p1');
    await openPocket('135790');
    expect(await heldMe()).toBeUndefined();
  });

  it('takes the households away at the fifth wrong PIN, and nothing that is unsent', async () => {
    await oneUnsent();
    lockPocket();
    expect(await heldDay()).toBeUndefined();
    for (let tries = 1; tries <= 4; tries += 1) expect(await openPocket('000000')).toBe(false);
    expect(await openPocket('135790')).toBe(true);
    expect(await heldDay()).toEqual(day);
    lockPocket();
    for (let tries = 1; tries <= 5; tries += 1) await openPocket('000000');
    expect(await openPocket('135790')).toBe(true);
    expect(await heldDay()).toBeUndefined();
    expect(pocketState().waiting).toBe(1);
  });

  it('at log-out keeps what is unsent, sealed, and nothing else', async () => {
    await oneUnsent();
    await emptyPocket();
    expect(pocketState()).toMatchObject({ status: 'locked', waiting: 1 });
    await openPocket('135790');
    expect(await heldDay()).toBeUndefined();
    expect(await heldMe()).toBeUndefined();
    expect(pocketMark('p1')).toBe(1);
  });

  it('never sends in the name of somebody else who has logged in here', async () => {
    await oneUnsent();
    setLastPerson('p1');
    const first = openOutbox();
    if (first === undefined) throw new Error('the pocket is closed');
    expect(mayStillSend(first)).toBe(true);
    setLastPerson('p5');
    expect(lastPerson()).toBe('p5');
    expect(mayStillSend(first)).toBe(false);
    await beginPocket('p5');
    expect(pocketState()).toMatchObject({ status: 'none', waiting: 0 });
    // What the first was still sending does not go on once the second has a pocket here, nor do households come along.
    await makePocket({ ...me, person: 'p5' }, '246802', quick);
    expect(mayStillSend(first)).toBe(false);
    await keepDay('p1', day);
    expect(await heldDay()).toBeUndefined();
    await beginPocket('p1');
    expect(pocketState()).toMatchObject({ status: 'locked', waiting: 1 });
  });

  it('is that of whoever came last, however many ask at once, and a PIN that was slow to be proved opens no other', async () => {
    await oneUnsent(600_000);
    lockPocket();
    const opening = openPocket('135790');
    await Promise.all(['p1', 'p4', 'p1', 'p4'].map(beginPocket));
    expect(pocketState()).toMatchObject({ status: 'none', waiting: 0 });
    expect(await opening.catch(() => false)).toBe(false);
    expect(openOutbox()).toBeUndefined();
    await beginPocket('p1');
    expect(pocketState()).toMatchObject({ status: 'locked', waiting: 1 });
  });

  it('keeps nothing after a log-out that was still being sealed then', async () => {
    await oneUnsent();
    await Promise.all([keepDay('p1', { ...day, fetchedAt: 'late' }), emptyPocket()]);
    await openPocket('135790');
    expect(await heldDay()).toBeUndefined();
  });

  it('says how much was unsent when the browser has cleared it away, until somebody has read that', async () => {
    await oneUnsent();
    lockPocket();
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(shelfName('p1')).addEventListener('success', resolve);
    });
    // A round of sending that was under way ends now; it knows nothing anew.
    await recount();
    await beginPocket('p1');
    expect(pocketState()).toMatchObject({ status: 'none', lost: 1 });
    await beginPocket('p2');
    expect(pocketState()).toMatchObject({ status: 'none', lost: 0 });
    await beginPocket('p1');
    acceptLoss();
    expect(pocketState()).toMatchObject({ status: 'none', lost: 0 });
    expect(pocketMark('p1')).toBeNull();
  });

  it('of two persons lie on one phone, each counted for itself', async () => {
    await oneUnsent();
    await makePocket({ ...me, person: 'p2' }, '246802', quick);
    expect([pocketMark('p1'), pocketMark('p2')]).toEqual([1, 0]);
    await erasePocket();
    expect([pocketMark('p1'), pocketMark('p2')]).toEqual([1, null]);
    await beginPocket('p1');
    expect(pocketState()).toMatchObject({ status: 'locked', waiting: 1 });
  });

  it('asks the browser not to clear it away while something is unsent, and knows the answer', async () => {
    const persist = vi.fn(async () => false);
    const persisted = vi.fn(async () => true);
    vi.stubGlobal('navigator', { ...navigator, storage: { persist, persisted } });
    await oneUnsent();
    expect(pocketState().promised).toBe(false);
    lockPocket();
    persist.mockResolvedValue(true);
    await openPocket('135790');
    expect(persist).toHaveBeenCalledTimes(2);
    expect(pocketState().promised).toBe(true);
  });

  it('is not offered where the browser has nothing to seal with', async () => {
    vi.stubGlobal('isSecureContext', false);
    await beginPocket('p3');
    expect(pocketState().status).toBe('unsupported');
  });
});
