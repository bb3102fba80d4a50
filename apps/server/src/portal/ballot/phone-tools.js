import { sha256, sha384 } from '../verify/sha2.js';
import { agree, publicOf } from './x25519.js';

/* What a phone's browser brings to the kernel: chance and AES from the browser, the rest in plain arithmetic. */

const aes = (key, usage) => crypto.subtle.importKey('raw', key, 'AES-GCM', false, [usage]);

export const phoneTools = {
  sha256,
  sha384,
  random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  publicOf,
  agree,
  encrypt: async (key, nonce, aad, text) =>
    new Uint8Array(
      await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, await aes(key, 'encrypt'), text),
    ),
  decrypt: async (key, nonce, aad, box) => {
    try {
      const parameters = { name: 'AES-GCM', iv: nonce, additionalData: aad };
      return new Uint8Array(await crypto.subtle.decrypt(parameters, await aes(key, 'decrypt'), box));
    } catch {
      return null;
    }
  },
};
