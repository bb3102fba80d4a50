/**
 * Sealing (密封): what a phone keeps of residents is written as AES-256-GCM under the pocket's key, and opens nowhere else.
 * The label is bound in: a sealed value that was moved to another place does not open there.
 */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Seals a value under a label, e.g. the command id it belongs to. */
export async function seal(key: CryptoKey, label: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const algorithm = { name: 'AES-GCM', iv, additionalData: bytesOf(label) };
  return { iv, data: await crypto.subtle.encrypt(algorithm, key, bytesOf(JSON.stringify(value))) };
}

/** What was sealed under this key and this label; rejects when either differs or a bit has changed. */
export async function unseal<T>(key: CryptoKey, label: string, sealed: Sealed): Promise<T> {
  const algorithm = { name: 'AES-GCM', iv: sealed.iv, additionalData: bytesOf(label) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, sealed.data))) as T;
}
