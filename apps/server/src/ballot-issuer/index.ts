/** Issuers of a secret ballot 签发: the step both share, and the second one as a process of its own. */
export { issuerKeyOf, signList, type IssuerPair } from './sign-blinded.js';
export { codesOf, issuerKeyIn, openIssuer, type SecondIssuer } from './second-issuer.js';
export { serveIssuer } from './serve-issuer.js';
