export { AddressRefused, checkAddress, readNetworks, type CheckedAddress, type Resolve } from './checked-address.js';
export { postTo } from './post-to.js';
