import {
  checkCertificate,
  formatCertificateFile,
  parseCertificateFile,
  type CertificateFile,
  type CertificateOutcome,
} from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { leafProof, logTrust, proofOfEntry, sha256, verifyEd25519 } from '../log/index.js';
import { rulesIn } from '../policy-packs/index.js';
import { inContext, systemContext, type Tx } from '../storage/index.js';
import { certificatesOf, findCertificate } from './certificates.store.js';

/** A certificate with its proofs as text, or undefined: there is none, or its leaf is not under a signed checkpoint yet. */
export const certificateFile = async (deps: Deps, county: string, id: string): Promise<string | undefined> =>
  inContext(deps, systemContext(county, 'rt_journal'), async (tx) => fileIn(tx, county, id));

const fileIn = async (tx: Tx, county: string, id: string): Promise<string | undefined> => {
  const row = await findCertificate(tx, county, id);
  if (row === undefined) return undefined;
  const certificate = JSON.parse(row.body) as CertificateFile['certificate'];
  const proof = await proofOfEntry(tx, county, row.journal);
  const steps: string[] = [];
  for (const { leaf } of certificate.steps) {
    const step = await leafProof(tx, { county, year: Number(leaf.origin.slice(-4)), index: leaf.index });
    if (step === null) return undefined;
    steps.push(step);
  }
  return proof === null ? undefined : formatCertificateFile({ certificate, proof, steps });
};

/** A line in the list of a place's certificates. */
export interface CertificateLine {
  readonly id: string;
  readonly title: string | null;
  readonly result: string;
  readonly issuedAt: string;
}

/** The certificates of a place 决议证书目录, newest first. */
export const listCertificates = async (tx: Tx, division: string, most = 50): Promise<CertificateLine[]> => {
  const rows = await certificatesOf(tx, division.slice(0, 6), division, most);
  return rows.map(({ id, title, result, issued_at: issuedAt }) => ({ id, title, result, issuedAt }));
};

/** A certificate's file as it goes out, and what it states. */
export interface ReadCertificate {
  readonly text: string;
  readonly certificate: CertificateFile['certificate'];
}

/** Reads a certificate for people: once this has answered, the articles it rests on can be named. */
export const readCertificate = async (deps: Deps, county: string, id: string): Promise<ReadCertificate | undefined> => {
  const text = await certificateFile(deps, county, id);
  const file = text === undefined ? null : parseCertificateFile(text);
  if (text === undefined || file === null) return undefined;
  const { certificate } = file;
  // What the articles are called stands in the version it was decided under, which this server may not have read since it started.
  await rulesIn(deps, systemContext(county), [certificate.rule.hash]);
  return { text, certificate };
};

/** A certificate with its file and what came of computing everything in it again. */
export interface CheckedCertificate extends ReadCertificate {
  readonly outcome: CertificateOutcome;
}

/** Reads a certificate and checks it as anybody would, with the log's own key and the county's policy of witnesses. */
export const checkedCertificate = async (
  deps: Deps,
  county: string,
  id: string,
): Promise<CheckedCertificate | undefined> => {
  const read = await readCertificate(deps, county, id);
  if (read === undefined) return undefined;
  const trust = await logTrust(deps, county, Number(read.certificate.steps.at(-1)?.leaf.origin.slice(-4)));
  if (trust === undefined) return undefined;
  const outcome = await checkCertificate(read.text, { sha256, verify: verifyEd25519, ...trust });
  return { ...read, outcome };
};
