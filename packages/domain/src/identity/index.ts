export { checkCharacterOf } from './check-character.js';
export { compareIdentity, maskIdentityNumber, readIdentityNumber, type IdentityNumber } from './identity-number.js';
export { readCreditCode } from './credit-code.js';
export { maskName } from './name.js';
export { findPersonalData, personalDataIn, type PersonalDataFound, type PersonalDataKind } from './personal-data.js';
export { maskPhone, readPhone } from './phone.js';
