import { describe, expect, it } from 'vitest';
import { makeLock, openLock } from './pin-lock.js';
import { seal, unseal } from './seal.js';

describe('a pocket', () => {
  it('opens with its PIN alone, and only on the device that made it', async () => {
    const { lock, key } = await makeLock('246802', 10);
    const sealed = await seal(key, 'day', { need: '水泵' });
    const again = await openLock(lock, '246802');
    if (again === undefined) throw new Error('the right PIN does not open');
    expect(await unseal(again, 'day', sealed)).toEqual({ need: '水泵' });
    expect(await openLock(lock, '246803')).toBeUndefined();
    const { lock: other } = await makeLock('246802', 10);
    expect(await openLock({ ...lock, deviceKey: other.deviceKey }, '246802')).toBeUndefined();
    await expect(crypto.subtle.exportKey('raw', lock.deviceKey)).rejects.toThrow();
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('costs 600,000 rounds a guess unless a test says otherwise', async () => {
    expect((await makeLock('246802')).lock.rounds).toBe(600_000);
  });

  it('does not open what was changed or moved to another label', async () => {
    const { key } = await makeLock('246802', 10);
    const sealed = await seal(key, 'day', { need: '水泵' });
    await expect(unseal(key, 'draft', sealed)).rejects.toThrow();
    const flipped = new Uint8Array(sealed.data.slice(0));
    flipped[0] = (flipped[0] ?? 0) ^ 1;
    await expect(unseal(key, 'day', { ...sealed, data: flipped.buffer })).rejects.toThrow();
  });
});
