import { personalDataIn } from '../identity/index.js';
import type { Certificate, CertifiedPublication, CertifiedShare, CertifiedStep, LeafPlace } from './certificate.js';
import { partsOfProcedure, isPublicDecision, type ProcedurePart } from './decision-step.js';
import { wholeSeconds, type Leaf } from './leaf.js';
import type { Procedure, Progress } from '../procedure/index.js';
import { describeParties, describeWho } from '../procedure/index.js';
import { termsOf, type Threshold } from '../share/index.js';

/** A step's leaf with its place in the log. */
export interface LoggedStep extends LeafPlace {
  readonly leaf: Leaf;
}

/** What a certificate is made from. */
export interface CertificateSource {
  readonly id: string;
  readonly issued: string;
  readonly matter: { readonly id: string; readonly kind: string; readonly number: string; readonly title: string };
  readonly place: Certificate['place'];
  readonly rule: { readonly pack: string; readonly version: string; readonly hash: string };
  readonly procedure: Procedure;
  readonly progress: Pick<Progress, 'state' | 'result' | 'ended' | 'counts'>;
  readonly steps: readonly LoggedStep[];
  /** The day, county time, on which it ended. */
  readonly endedOn: string;
  /** How many objections each publication met, by stage. */
  readonly objections?: Readonly<Record<string, number>>;
}

const sharesOf = (threshold: Threshold | { readonly setLocally: unknown } | undefined): readonly CertifiedShare[] => {
  if (threshold === undefined || 'setLocally' in threshold) return [];
  const shares = 'anyOf' in threshold ? threshold.anyOf : [threshold];
  return shares.map((share) => {
    const strict = 'moreThan' in share;
    const { upper, lower } = termsOf(strict ? share.moreThan : share.atLeast);
    return { fraction: `${upper}/${lower}`, of: share.of, strict };
  });
};

const countKeys = ['entitled', 'households', 'present', 'households_present', 'for', 'against', 'abstained'] as const;

const stepOf = (procedure: Procedure, parts: readonly ProcedurePart[], step: LoggedStep): CertifiedStep | null => {
  const { pub, c } = step.leaf;
  const found = parts.find(({ path }) => path === pub['step']);
  const { act, on, body } = pub;
  const { head } = c;
  if (found === undefined || typeof act !== 'string' || typeof on !== 'string' || head === undefined) return null;
  const { part, path, by } = found;
  const counts = Object.fromEntries(
    countKeys.flatMap((key) => {
      const value = pub[key];
      return typeof value === 'number' ? [[key, value] as const] : [];
    }),
  );
  const votes = part.vote !== undefined && counts['present'] !== undefined;
  return {
    stage: path,
    title: part.title,
    act,
    on,
    body: typeof body === 'string' ? describeWho(procedure, { body }) : describeParties(procedure, by),
    counts,
    attendance: votes ? sharesOf(part.vote?.attendance) : [],
    approval: votes ? sharesOf(part.vote?.approval) : [],
    source: [...(part.vote?.source ?? part.publish?.source ?? part.source ?? [])],
    recorded: head,
    leaf: { origin: step.origin, index: step.index },
  };
};

const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;

/** The publication of a part, from its last posting on; null where it was not posted or its time was not found full. */
const publicationOf = (
  { part, path }: ProcedurePart,
  steps: readonly CertifiedStep[],
  objections: Readonly<Record<string, number>>,
): CertifiedPublication | null => {
  const own = steps.filter((step) => step.stage === path);
  const ended = own.findLast((step) => step.act !== 'post');
  const posted = own.findLast((step) => step.act === 'post');
  if (part.publish === undefined || posted === undefined || ended === undefined) return null;
  const period: object = part.publish.noticePeriod;
  const asked = 'days' in period && typeof period.days === 'number' ? { asked: period.days } : {};
  return {
    stage: path,
    title: part.publish.what,
    posted: posted.on,
    ended: ended.on,
    days: daysBetween(posted.on, ended.on) - 1,
    ...asked,
    objections: objections[path] ?? 0,
    source: [...(part.publish.source ?? [])],
  };
};

/**
 * The certificate 决议证书 of a decision that has ended; null where there is none to give: the procedure tells nothing in public, it has not
 * ended, nobody voted, or a step is not in the log yet. A title that holds personal data is left out; its commitment stays.
 */
export function certificateOf(source: CertificateSource): Certificate | null {
  const { procedure, progress, matter } = source;
  const [first] = source.steps;
  if (!isPublicDecision(procedure) || progress.state !== 'ended' || progress.result === undefined) return null;
  const parts = partsOfProcedure(procedure);
  const steps = source.steps.map((step) => stepOf(procedure, parts, step));
  const whole = steps.filter((step) => step !== null);
  const subject = first?.leaf.c['subject'];
  if (subject === undefined || whole.length !== steps.length) return null;
  if (!whole.some((step) => step.act === 'pass' || step.act === 'reject')) return null;
  const publications = parts.flatMap((part) => publicationOf(part, whole, source.objections ?? {}) ?? []);
  const result = procedure.closes.results.find((one) => one.id === progress.result);
  return {
    kind: 'lianxin-certificate',
    v: 1,
    id: source.id,
    issued: wholeSeconds(source.issued),
    matter: {
      id: matter.id,
      kind: matter.kind,
      number: matter.number,
      ...(personalDataIn(matter.title) === null && matter.title !== '' ? { title: matter.title.slice(0, 200) } : {}),
    },
    subject,
    place: source.place,
    rule: { ...source.rule, procedure: procedure.id, title: procedure.title },
    result: { id: progress.result, title: result?.title ?? progress.result, on: source.endedOn },
    steps: whole,
    publications,
  };
}
