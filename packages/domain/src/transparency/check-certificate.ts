import type { Sha256 } from './bytes.js';
import { certificateHash, parseCertificateFile } from './certificate.js';
import type {
  Certificate,
  CertificateFile,
  CertifiedPublication,
  CertifiedShare,
  CertifiedStep,
} from './certificate.js';
import { parseNote } from './signed-note.js';
import { noteKey } from './signed-note.js';
import type { NoteKey } from './signed-note.js';
import { parseProofFile } from './tlog-proof.js';
import { checkProofFile } from './verify-file.js';
import type { Difference, ProofCheck, ProofOutcome } from './verify-file.js';

/** Why a certificate does not hold: a proof of it does not, or what it says does not follow from the log. */
export type CertificateDifference =
  | Difference
  /** Its hash is not the one in its leaf. */
  | 'certificate-changed'
  /** A step is not what its leaf says, or stands in the wrong order. */
  | 'step-differs'
  /** The counts of a step do not add up, or do not reach what the rule asks for. */
  | 'count-differs'
  /** A publication stood for fewer days than it says or the rule asks for. */
  | 'publication-differs'
  /** A signature stands under a checkpoint that nobody known made. */
  | 'unknown-signature';

/** What was computed again, so that it can be said in one line. */
export interface CertificateChecks {
  readonly steps: number;
  readonly votes: number;
  readonly publications: number;
  readonly leaves: number;
}

/** Outcome of checking a certificate. */
export type CertificateOutcome =
  | {
      readonly holds: true;
      readonly certificate: Certificate;
      readonly checks: CertificateChecks;
      /** The proof of the certificate's own leaf. */
      readonly outcome: Extract<ProofOutcome, { holds: true }>;
    }
  | { readonly holds: false; readonly difference: CertificateDifference };

/** In one line, what was checked. */
export function certificateCheckWords(checks: CertificateChecks): { readonly zh: string; readonly en: string } {
  const { steps, votes, publications, leaves } = checks;
  return {
    zh: `已重新核算：${steps} 个环节的名册人数、到会和票数（其中 ${votes} 次表决对照规则的比例），${publications} 次公示的天数，规则版本的哈希，以及 ${leaves} 页在公开册上的位置和签名，全部相符。`,
    en: `Computed again: roll, attendance and count of ${steps} steps (${votes} votes against the shares of the rule), the days of ${publications} publications, the hash of the rule, and place and signature of ${leaves} leaves of the public log. All agree.`,
  };
}

/** How a certificate is checked. */
export interface CertificateCheck extends Omit<ProofCheck, 'receipt'> {
  /** Told before each leaf is computed, and waited for: a slow device can say how far it is. */
  readonly beforeLeaf?: ((leaf: number, of: number) => Promise<void>) | undefined;
}

/**
 * Checks a certificate from its text alone, offline: nothing in it is believed that does not follow from leaves which the log's key
 * signed. Any one changed letter makes it differ.
 */
export async function checkCertificate(text: string, check: CertificateCheck): Promise<CertificateOutcome> {
  const file = parseCertificateFile(text);
  if (file === null) return differs('unreadable');
  const { certificate } = file;
  const leaves = certificate.steps.length + 1;
  await check.beforeLeaf?.(1, leaves);
  const own = await checkLeaf(file.proof, check);
  if (!own.holds) return differs(own.difference);
  const { pub, k: kind } = own.leaf;
  if (kind !== 'certificate' || pub['doc_sha256'] !== certificateHash(check.sha256, certificate))
    return differs('certificate-changed');
  if (pub['matter'] !== certificate.matter.id || own.leaf.d !== certificate.place.division)
    return differs('certificate-changed');
  const steps = await faultOfSteps(file, check);
  if (steps !== null) return differs(steps);
  if (!certificate.steps.every(countsHold)) return differs('count-differs');
  if (!certificate.publications.every((one) => publicationHolds(certificate, one)))
    return differs('publication-differs');
  return {
    holds: true,
    certificate,
    outcome: own,
    checks: {
      steps: certificate.steps.length,
      votes: certificate.steps.filter((step) => step.approval.length > 0).length,
      publications: certificate.publications.length,
      leaves,
    },
  };
}

/**
 * A proof, under the key of its own year: a county signs all its years with one key, and a decision may take longer than one. In a certificate
 * a signature of somebody unknown is refused: it would be a place where anything could be written.
 */
async function checkLeaf(
  proof: string,
  check: Omit<ProofCheck, 'receipt'>,
): Promise<ProofOutcome | { readonly holds: false; readonly difference: 'unknown-signature' }> {
  const file = parseProofFile(proof);
  const note = file === null ? null : parseNote(file.checkpoint);
  if (file === null || note === null) return { holds: false, difference: 'unreadable' };
  const key = keyOfYear(check.sha256, check.key, note.text.split('\n')[0] ?? '');
  const known = [key, ...(check.policy?.witnesses ?? []).map((witness) => witness.key)];
  const isKnown = (line: (typeof note.signatures)[number]): boolean =>
    known.some((one) => one.name === line.name && one.id.every((byte, at) => byte === line.keyId[at]));
  if (!note.signatures.every(isKnown)) return { holds: false, difference: 'unknown-signature' };
  return checkProofFile(proof, { ...check, key });
}

function keyOfYear(sha256: Sha256, key: NoteKey, origin: string): NoteKey {
  const county = key.name.replace(/\/\d{4}$/, '');
  const sameCounty = /\/\d{4}$/.test(origin) && origin.replace(/\/\d{4}$/, '') === county;
  return sameCounty ? noteKey(sha256, origin, key.publicKey) : key;
}

/** Each step must be what its leaf says, where it says, and after the one before. */
async function faultOfSteps(file: CertificateFile, check: CertificateCheck): Promise<CertificateDifference | null> {
  const { certificate } = file;
  if (file.steps.length !== certificate.steps.length || certificate.steps.length === 0) return 'step-differs';
  let before = '';
  let number = 0;
  for (const [at, step] of certificate.steps.entries()) {
    await check.beforeLeaf?.(at + 2, certificate.steps.length + 1);
    const outcome = await checkLeaf(file.steps[at] ?? '', check);
    if (!outcome.holds) return outcome.difference;
    const { leaf, checkpoint, file: proof } = outcome;
    const { origin, index } = step.leaf;
    if (checkpoint.origin !== origin || proof.index !== index) return 'step-differs';
    if (leaf.k !== 'decision' || leaf.d !== certificate.place.division) return 'step-differs';
    if (!leafSays(leaf.pub, certificate, step) || leaf.c['head'] !== step.recorded) return 'step-differs';
    if (at === 0 && leaf.c['subject'] !== certificate.subject) return 'step-differs';
    const order = `${origin.slice(-4)} ${String(index).padStart(16, '0')}`;
    if (order <= before || (leaf.n <= number && origin === certificate.steps[at - 1]?.leaf.origin))
      return 'step-differs';
    before = order;
    number = leaf.n;
  }
  return null;
}

const countKeys = ['entitled', 'households', 'present', 'households_present', 'for', 'against', 'abstained'];

function leafSays(pub: Readonly<Record<string, unknown>>, certificate: Certificate, step: CertifiedStep): boolean {
  const said = countKeys.every((key) => pub[key] === step.counts[key]);
  const extra = Object.keys(step.counts).some((key) => !countKeys.includes(key));
  return (
    said &&
    !extra &&
    pub['matter'] === certificate.matter.id &&
    pub['matter_kind'] === certificate.matter.kind &&
    pub['rule'] === certificate.rule.hash &&
    pub['step'] === step.stage &&
    pub['act'] === step.act &&
    pub['on'] === step.on
  );
}

/** The arithmetic of one step: nobody counted twice, and the shares reached that a passed vote needs, with whole numbers only. */
function countsHold(step: CertifiedStep): boolean {
  const { entitled, households, present, households_present: housesThere } = step.counts;
  const votes = (step.counts['for'] ?? 0) + (step.counts['against'] ?? 0) + (step.counts['abstained'] ?? 0);
  if (present !== undefined && (entitled === undefined || present > entitled || votes > present)) return false;
  if (housesThere !== undefined && (households === undefined || housesThere > households)) return false;
  if (step.attendance.length === 0 && step.approval.length === 0) return true;
  if (entitled === undefined || present === undefined) return false;
  const onlyFor = step.counts['against'] === undefined && step.counts['abstained'] === undefined;
  const bases: Readonly<Record<string, number | undefined>> = {
    entitled,
    'all-members': step.counts['entitled'],
    'registered-voters': entitled,
    present,
    voting: onlyFor ? present : votes,
  };
  const attended = (share: CertifiedShare): boolean =>
    share.of === 'households' ? reaches(share, housesThere, households) : reaches(share, present, bases[share.of]);
  const approved = (share: CertifiedShare): boolean => reaches(share, step.counts['for'], bases[share.of]);
  if (step.attendance.length > 0 && !step.attendance.some(attended)) return false;
  const carried = step.approval.length === 0 || step.approval.some(approved);
  return step.act === 'pass' ? carried : step.act !== 'reject' || !carried;
}

function reaches(share: CertifiedShare, count: number | undefined, base: number | undefined): boolean {
  const [upper, lower] = share.fraction.split('/').map(Number);
  if (count === undefined || base === undefined || base === 0 || count > base) return false;
  if (upper === undefined || lower === undefined) return false;
  return share.strict ? lower * count > upper * base : lower * count >= upper * base;
}

/** A publication must begin and end with steps of the certificate, and stand as long as it says. */
function publicationHolds(certificate: Certificate, one: CertifiedPublication): boolean {
  const posted = certificate.steps.some(
    (step) => step.stage === one.stage && step.act === 'post' && step.on === one.posted,
  );
  const ended = certificate.steps.some(
    (step) => step.stage === one.stage && step.act !== 'post' && step.on === one.ended,
  );
  const between = (Date.parse(`${one.ended}T00:00:00Z`) - Date.parse(`${one.posted}T00:00:00Z`)) / 86_400_000 - 1;
  return posted && ended && one.days === between && (one.asked === undefined || one.days >= one.asked);
}

function differs(difference: CertificateDifference): CertificateOutcome {
  return { holds: false, difference };
}
