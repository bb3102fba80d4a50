import { seal, unseal, type Sealed } from './seal.js';

/**
 * The pocket's lock (口令锁): its key opens only with the person's PIN and a key of this device that no page can read out.
 *
 * Six digits alone are guessed in a minute from a copy of the storage. The device key takes part in every guess and cannot be
 * exported, and each guess costs 600,000 rounds, so a copy alone is no use and the phone itself is slow to answer.
 */
export interface PinLock {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly rounds: number;
  /** HMAC key, not extractable. */
  readonly deviceKey: CryptoKey;
  /** The pocket's own key, sealed under PIN and device key together. */
  readonly sealedKey: Sealed;
  /** Wrong guesses since it was last opened. */
  readonly wrong: number;
}

/** A PIN (口令) is six digits: short enough to be typed at a door. */
export const pinShape = /^\d{6}$/;

/** PBKDF2-HMAC-SHA-256 rounds, as OWASP advises in 2023. */
const manyRounds = 600_000;
const label = 'pocket-key';

const keyFrom = async (pin: string, lock: Pick<PinLock, 'salt' | 'rounds' | 'deviceKey'>): Promise<CryptoKey> => {
  const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt: lock.salt, iterations: lock.rounds };
  const ofPin = await crypto.subtle.deriveBits(derivation, material, 256);
  const ofBoth = await crypto.subtle.sign('HMAC', lock.deviceKey, ofPin);
  return crypto.subtle.importKey('raw', ofBoth, 'AES-GCM', false, ['encrypt', 'decrypt']);
};

const importKey = async (raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

/** Makes a lock for a new PIN, and the key it opens. */
export async function makeLock(pin: string, rounds = manyRounds): Promise<{ lock: PinLock; key: CryptoKey }> {
  const deviceKey = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const base = { salt: crypto.getRandomValues(new Uint8Array(16)), rounds, deviceKey };
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const sealedKey = await seal(await keyFrom(pin, base), label, [...raw]);
  return { lock: { ...base, sealedKey, wrong: 0 }, key: await importKey(raw) };
}

/** The pocket's key, or undefined when the PIN is another one. */
export async function openLock(lock: PinLock, pin: string): Promise<CryptoKey | undefined> {
  const opening = await keyFrom(pin, lock);
  try {
    return await importKey(Uint8Array.from(await unseal<number[]>(opening, label, lock.sealedKey)));
  } catch {
    return undefined;
  }
}
