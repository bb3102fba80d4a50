export {
  blind,
  finalize,
  isBlindedMessage,
  isSignature,
  modulusLength,
  saltLength,
  type Blinding,
  type IssuerKey,
  type RandomBytes,
} from './blind.js';
export { inverse, toBytes, toNumber } from './modular.js';
export type { Sha384 } from './pss.js';
