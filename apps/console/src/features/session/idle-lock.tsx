import type { lockSessionRoute, readMeRoute } from '@lianxin/contract';
import { RefusedError } from '@lianxin/contract/client';
import { useEffect } from 'react';
import { call } from '../../app/call.js';
import { setClosed } from '../../app/expiry.js';
import { lastPerson, pocketMark } from '../../app/pocket-mark.js';

/** When somebody last did something in any window of this browser. */
const lastDeed = 'lianxin.last-deed';
const deeds = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Locks the screen now (锁屏): on the server first, so that nothing is answered to whoever sits down here next. Without a line it is locked
 * all the same, but for a machine that carries field work: its pocket closes under a PIN of its own, which opens without a line.
 */
export const lockScreen = async (): Promise<void> => {
  try {
    await call<typeof lockSessionRoute>('post', '/api/session/lock', {});
  } catch (error) {
    if (error instanceof RefusedError && error.status === 0 && pocketMark(lastPerson()) !== null) return;
  }
  setClosed('locked');
};

/**
 * Locks the screen once nobody has touched any window for so many minutes (闲置锁定), and tells the server from time to time that somebody
 * is still writing, so that a long text is not locked for want of requests.
 */
export function IdleLock({ minutes }: { readonly minutes: number }) {
  useEffect(() => {
    if (minutes === 0) return undefined;
    let told = Date.now();
    const touched = (): void => localStorage.setItem(lastDeed, String(Date.now()));
    touched();
    const look = (): void => {
      const at = Number(localStorage.getItem(lastDeed) ?? Date.now());
      if (Date.now() - at >= minutes * 60_000) {
        void lockScreen();
      } else if (at > told && Date.now() - told >= minutes * 20_000) {
        told = Date.now();
        void call<typeof readMeRoute>('get', '/api/me', {}).catch(() => undefined);
      }
    };
    const timer = setInterval(look, 10_000);
    for (const deed of deeds) addEventListener(deed, touched, { passive: true });
    return () => {
      clearInterval(timer);
      for (const deed of deeds) removeEventListener(deed, touched);
    };
  }, [minutes]);
  return null;
}
