export {
  checkCharacterOf,
  compareIdentity,
  maskIdentityNumber,
  readIdentityNumber,
  type IdentityNumber,
} from './identity-number.js';
export { readCreditCode } from './credit-code.js';
export { maskPhone, readPhone } from './phone.js';
