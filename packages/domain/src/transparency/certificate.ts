import { fromBase64Url, utf8Bytes, toHex } from './bytes.js';
import type { Sha256 } from './bytes.js';
import { canonicalJson, parseCanonicalJson } from './canonical-json.js';
import type { CanonicalValue } from './canonical-json.js';

/** A share as a certificate writes it: the fraction, of whom, and whether the number itself is enough (以上) or not (过半数). */
export interface CertifiedShare {
  readonly fraction: string;
  readonly of: string;
  readonly strict: boolean;
}

/** Where the leaf of a step is. */
export interface LeafPlace {
  readonly origin: string;
  readonly index: number;
}

/** One step 环节 of a decision as its leaf has it, with the thresholds that were applied. */
export interface CertifiedStep {
  readonly stage: string;
  readonly title: string;
  readonly act: string;
  readonly on: string;
  readonly body: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly attendance: readonly CertifiedShare[];
  readonly approval: readonly CertifiedShare[];
  readonly source: readonly string[];
  /** Salted commitment to who recorded it, when, and under which number: no name, and yet it cannot be changed. */
  readonly recorded: string;
  readonly leaf: LeafPlace;
}

/** A publication 公示 of the decision: from the day it was posted until the day on which its time was found full. */
export interface CertifiedPublication {
  readonly stage: string;
  readonly title: string;
  readonly posted: string;
  readonly ended: string;
  /** Full days that it stood, the day of posting not counted. */
  readonly days: number;
  /** Full days that the rule asks for; absent where it counts otherwise. */
  readonly asked?: number;
  readonly objections: number;
  readonly source: readonly string[];
}

/**
 * Certificate 决议证书: who was entitled, who came, how the vote went, by which rule, and how long it was published. Everything in it is a
 * leaf of the public log or follows from one, so that anybody can compute it again; it holds no name.
 */
export interface Certificate {
  readonly kind: 'lianxin-certificate';
  readonly v: 1;
  readonly id: string;
  readonly issued: string;
  readonly matter: { readonly id: string; readonly kind: string; readonly number: string; readonly title?: string };
  /** Salted commitment to the title, which a reader of the file can be shown. */
  readonly subject: string;
  readonly place: { readonly division: string; readonly names: readonly string[] };
  readonly rule: {
    readonly pack: string;
    readonly version: string;
    readonly hash: string;
    readonly procedure: string;
    readonly title: string;
  };
  readonly result: { readonly id: string; readonly title: string; readonly on: string };
  readonly steps: readonly CertifiedStep[];
  readonly publications: readonly CertifiedPublication[];
}

/** A certificate with its proofs, as it is handed out: everything needed to check it without a network, for ever. */
export interface CertificateFile {
  readonly certificate: Certificate;
  /** Proof file of the certificate's own leaf. */
  readonly proof: string;
  /** Proof file of each step's leaf, in their order. */
  readonly steps: readonly string[];
}

/** The certificate as it is hashed. */
export function certificateText(certificate: Certificate): string {
  return canonicalJson(certificate as unknown as CanonicalValue);
}

/** The hash that stands in the certificate's leaf. */
export function certificateHash(sha256: Sha256, certificate: Certificate): string {
  return toHex(sha256(utf8Bytes(certificateText(certificate))));
}

/** Writes a certificate file. */
export function formatCertificateFile(file: CertificateFile): string {
  return canonicalJson(file as unknown as CanonicalValue);
}

/**
 * Reads a certificate file; null unless it is canonical and of this shape to the last key. A blank or a key that nobody knows would be a
 * place where somebody could write without anybody noticing.
 */
export function parseCertificateFile(text: string): CertificateFile | null {
  const value = parseCanonicalJson(text);
  return fits(value, fileShape) ? (value as unknown as CertificateFile) : null;
}

/** The text behind `#` of a certificate's code: `3.<county>.<id>`. It is public, so it may reach a server. */
export function formatCertificateCode(code: { readonly county: string; readonly id: string }): string {
  return `3.${code.county}.${code.id}`;
}

/** Reads it; null unless it is exactly what formatCertificateCode writes. A whole address is accepted too. */
export function parseCertificateCode(text: string): { readonly county: string; readonly id: string } | null {
  const found = /^3\.([0-9]{6})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text.trim().replace(/^.*#/s, ''));
  return found?.[1] === undefined || found[2] === undefined ? null : { county: found[1], id: found[2] };
}

/** What a value must look like: a test, a list of one shape, or an object with exactly these keys (`?` may be absent, `*` any key). */
type Shape = ((value: CanonicalValue) => boolean) | readonly [Shape] | { readonly [key: string]: Shape };

function fits(value: CanonicalValue | null | undefined, shape: Shape): boolean {
  if (value === null || value === undefined) return false;
  if (typeof shape === 'function') return shape(value);
  if (Array.isArray(shape)) return Array.isArray(value) && value.every((item: CanonicalValue) => fits(item, shape[0]));
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  const members = value as Readonly<Record<string, CanonicalValue>>;
  const shapes = shape as Readonly<Record<string, Shape>>;
  const any = shapes['*'];
  if (any !== undefined) return Object.values(members).every((member) => fits(member, any));
  const known = Object.keys(shapes).map((key) => key.replace('?', ''));
  if (Object.keys(members).some((key) => !known.includes(key))) return false;
  return Object.entries(shapes).every(([key, inner]) =>
    key.endsWith('?') && !Object.hasOwn(members, key.slice(0, -1)) ? true : fits(members[key.replace('?', '')], inner),
  );
}

const matching =
  (pattern: RegExp): Shape =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const words = matching(/^[^]{1,400}$/u);
const word = matching(/^[a-z0-9][a-z0-9./:-]{0,127}$/);
const day = matching(/^\d{4}-\d{2}-\d{2}$/);
const uuid = matching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const hash = matching(/^[0-9a-f]{64}$/);
const commitment: Shape = (value) => typeof value === 'string' && fromBase64Url(value)?.length === 32;
const count: Shape = (value) => typeof value === 'number' && value >= 0;
const share: Shape = {
  fraction: matching(/^\d{1,3}\/[1-9]\d{0,2}$/),
  of: word,
  strict: (value) => typeof value === 'boolean',
};
const certificateShape: Shape = {
  kind: matching(/^lianxin-certificate$/),
  v: (value) => value === 1,
  id: uuid,
  issued: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  matter: { id: uuid, kind: word, number: words, 'title?': words },
  subject: commitment,
  place: { division: matching(/^[0-9]{12}/), names: [words] },
  rule: { pack: word, version: word, hash, procedure: word, title: words },
  result: { id: word, title: words, on: day },
  steps: [
    {
      stage: word,
      title: words,
      act: word,
      on: day,
      body: words,
      counts: { '*': count },
      attendance: [share],
      approval: [share],
      source: [words],
      recorded: commitment,
      leaf: { origin: words, index: count },
    },
  ],
  publications: [
    {
      stage: word,
      title: words,
      posted: day,
      ended: day,
      days: count,
      'asked?': count,
      objections: count,
      source: [words],
    },
  ],
};
const proofText: Shape = (value) => typeof value === 'string' && value.length > 0 && value.length < 20_000;
const fileShape: Shape = { certificate: certificateShape, proof: proofText, steps: [proofText] };
