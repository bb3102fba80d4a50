import { inflateSync } from 'node:zlib';
import { filesInPdf, parseCertificateFile, type FileInPdf } from '@lianxin/domain';

/** Whether a file says that it is a PDF. */
export const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';

/** The most that a file inside may unpack to; a certificate has a twentieth of it. */
const mostUnpacked = 2_097_152;

/** The text of a file inside; empty where it is damaged, which no certificate is. */
const textOf = ({ bytes, deflated }: FileInPdf): string => {
  try {
    return Buffer.from(deflated ? inflateSync(bytes, { maxOutputLength: mostUnpacked }) : bytes).toString('utf8');
  } catch {
    return '';
  }
};

/**
 * The certificate file inside a PDF; null where there is no file at all. A damaged one is given as it is, so that the check says 与册上不符 and
 * not that nothing was there.
 */
export const certificateInPdf = (bytes: Uint8Array): string | null => {
  const texts = filesInPdf(bytes).map(textOf);
  return texts.find((text) => parseCertificateFile(text) !== null) ?? texts[0] ?? null;
};
