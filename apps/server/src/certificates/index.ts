import type { Feature } from '../http/feature.js';
import { certificatesRoutes } from './certificates.routes.js';
import { issueOnEnding } from './issue-certificate.js';

export {
  certificateFile,
  checkedCertificate,
  listCertificates,
  type CertificateLine,
  type CheckedCertificate,
} from './certificate-file.js';
export { askedWords, certificatePaper, doneWords } from './certificate-paper.js';
export { newestCertificateOf } from './certificates.store.js';
export { issueCertificate } from './issue-certificate.js';

/** Certificates of decisions 决议证书: issued when a decision ends, public, checkable without this server. */
export const certificatesFeature: Feature = {
  name: 'certificates',
  routes: certificatesRoutes,
  effects: [issueOnEnding],
};
